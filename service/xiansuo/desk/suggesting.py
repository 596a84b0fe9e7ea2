"""Suggest what to write (选题): hot matters and gaps in the year's work, fitted to whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.clue_batch import ClueBatch, clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.desk.feedback import standing_for
from xiansuo.desk.limits_told import archive_ended, list_ended
from xiansuo.desk.prompts import Prompt, prompt_of
from xiansuo.desk.suggestion_run import run_named
from xiansuo.desk.themes import list_themes, theme_among, themes_in_force
from xiansuo.desk.wishes import Found, about_wish
from xiansuo.ingest.characters import clean
from xiansuo.recommend.adoption import Chance
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.rank import Informant, Listed, Weights, rank
from xiansuo.recommend.standing import Standing
from xiansuo.recommend.texts import means, seen_from
from xiansuo.records import Level, Team, WorkTheme
from xiansuo.store import written

State = Literal["ok", "no_archive", "nothing_fits", "nothing_left"]

_LEVELS = (Level.DISTRICT, Level.CITY, Level.PROVINCE)
_OWN = 200

LOAD = 3
"""Claims that one informant should have open at most; beyond it the answer says so."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Prompts, best first. Where there are none, `state` and `notes` say why and what to do."""

    run: str
    now: dt.date
    state: State
    prompts: tuple[Prompt, ...]
    notes: tuple[str, ...]


def suggest(
    desk: Desk,
    *,
    now: dt.date,
    wish: str = "",
    unit: str = "",
    team: Team | None = None,
    region: str = "",
    author: str = "",
    sector: str = "",
    theme: str = "",
    limit: int = 10,
) -> Suggestions:
    """Suggest what to write; nothing later than `now` is seen.

    :param wish: what the informant has in mind, in free words; only prompts about it are given
        then.
    :param theme: id or name of a work theme; only prompts under it are given then.
    :raises NotFound: there is no such theme.
    """
    wish, unit, region, author, sector, theme = (clean(word)[0] for word in (wish, unit, region, author, sector, theme))
    stored = list_themes(desk)
    themes = _current(themes_in_force(desk, now), now)
    if theme:
        theme = theme_among(themes, theme).id
    batch = clue_batch(desk, now=now)
    asked = {
        "wish": wish,
        "unit": unit,
        "team": team,
        "region": region,
        "author": author,
        "sector": sector,
        "theme": theme,
    }
    weights = Weights.shipped()
    standing = standing_for(desk, day=now, author=author, unit=unit)
    run = run_named(desk, {**asked, "limit": limit}, batch, stored, standing, weights)
    notes = [] if themes else [_without_themes(stored, now)]
    if ended := list_ended(themes, now):
        notes.append(f"{ended}，仍按它推荐；可导入新的清单。")
    if ended := archive_ended(batch.last, now):
        notes.append(f"{ended}；近来的事这里看不出来，请先导入新的材料。")
    if not batch.documents and not themes:
        return Suggestions(run, now, "no_archive", (), ("档案里还没有材料，请先导入。", *notes))
    if not batch.documents:
        notes.append("档案里还没有材料，以下只来自中心工作清单。")
    informant = Informant(author, unit, team, region, sector)
    found = Found(list(batch.clues), batch.texts)
    if wish.strip():
        found = about_wish(desk, wish, found.clues, batch)
    if theme:
        found = Found([clue for clue in found.clues if clue.theme and clue.theme.id == theme], found.texts)
    if wish.strip() and not found.clues:
        where = "这项中心工作" if theme else "档案和中心工作"
        notes.insert(
            0,
            f"{where}里没有找到与“{wish.strip()[:30]}”明显相符的内容。可以写，但请先自行查证；也可以换个说法再试。",
        )
        return Suggestions(run, now, "nothing_fits", (), tuple(notes))
    clues, chances = _with_chances(found.clues, batch, informant)
    own = _own(desk, informant, batch, now)
    notes += _unknown(informant, own)
    listed = rank(clues, informant, own, weights, limit, standing)
    notes += _stands(listed, standing)
    if not listed.ranked:
        notes.append(_nothing_left(theme, themes))
    prompts = tuple(
        prompt_of(place, each, found.texts, batch.gap_of, informant, weights, chances.get(each.clue.id, ()))
        for place, each in enumerate(listed.ranked, start=1)
    )
    return Suggestions(run, now, "ok" if prompts else "nothing_left", prompts, tuple(notes))


def _with_chances(
    clues: Sequence[Clue], batch: ClueBatch, informant: Informant
) -> tuple[list[Clue], dict[str, tuple[Chance, ...]]]:
    """Add to each clue how likely it is adopted from this informant, where the archive tells; chances by clue."""
    made, chances = [], {}
    for clue in clues:
        own = [text.record for text in clue.texts]
        group = clue.theme.id if clue.theme else None
        told = [batch.adoption.chance(own, group, level, team=informant.team, unit=informant.unit) for level in _LEVELS]
        known = tuple(each for each in told if each is not None and each.all_adopted)
        if known:
            chances[clue.id] = known
        made.append(replace(clue, parts={**clue.parts, "adoption": known[0].probability}) if known else clue)
    return made, chances


def _own(desk: Desk, informant: Informant, batch: ClueBatch, now: dt.date) -> NDArray[np.float32]:
    """Read what the informant or their unit wrote lately, as seen from what the archive has in common."""
    with desk.database.read() as connection:
        numbers = written.latest_by(connection, now, author=informant.author, unit=informant.unit, limit=_OWN)
    texts = list(read_texts(desk, numbers).values())
    if not texts:
        return np.zeros((0, len(batch.ground.centre)), np.float32)
    return seen_from(batch.ground.centre, means(texts))


def _stands(listed: Listed, standing: Standing) -> list[str]:
    """Say what earlier prompts did to this list."""
    notes = []
    if standing.load >= LOAD:
        notes.append(f"手上还有 {standing.load} 件认领了没有报送，建议先写完再认领。")
    if listed.declined:
        notes.append(f"有 {listed.declined} 条说过“不适合我”，没有列出。")
    if listed.reported:
        notes.append(f"有 {listed.reported} 条已经按选题报送，没有列出。")
    return notes


def _nothing_left(asked: str, themes: Sequence[WorkTheme]) -> str:
    if asked:
        name = next(theme.name for theme in themes if theme.id == asked)
        return f"“{name}”下没有两人以上反映的同一件事，材料占比也不低于权重。"
    return "没有两人以上反映的同一件事，中心工作也没有明显空白。"


def _unknown(informant: Informant, own: NDArray[np.float32]) -> list[str]:
    """Say who is asked for and nowhere in the archive: the list is not fitted to them then."""
    asked = [name for name in (informant.author, informant.unit) if name]
    if not asked or len(own):
        return []
    return [f"档案里没有“{'、'.join(asked)}”报送的材料，没有按以往报送的内容调整。"]


def _without_themes(listed: Sequence[WorkTheme], now: dt.date) -> str:
    if not listed:
        return "还没有导入中心工作清单，只按热点推荐；可用 xiansuo themes import 导入。"
    return f"中心工作清单“{listed[0].version}”在 {now} 还没有开始，只按热点推荐；可导入当年的清单。"


def _current(themes: Sequence[WorkTheme], now: dt.date) -> list[WorkTheme]:
    """Leave out themes that have not begun; those that ended stay until a new list is imported."""
    return [theme for theme in themes if theme.since is None or theme.since <= now]
