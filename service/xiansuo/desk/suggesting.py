"""Suggest what to write (选题): hot matters and gaps in the year's work, fitted to whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xiansuo.desk.desk import Desk
from xiansuo.desk.feedback import standing_for
from xiansuo.desk.grounds import ground_of, read_archive
from xiansuo.desk.prompts import Prompt, prompt_of
from xiansuo.desk.springs import clues_of, matters_of, with_chances
from xiansuo.desk.themes import list_themes, themes_in_force
from xiansuo.desk.wishes import about_wish
from xiansuo.errors import NotFound
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.gaps import find_gaps
from xiansuo.recommend.rank import Informant, Listed, Weights, rank, wrote
from xiansuo.recommend.standing import Standing
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Team, WorkTheme
from xiansuo.store import runs

State = Literal["ok", "no_archive", "nothing_fits", "nothing_left"]

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
    stored = list_themes(desk)
    themes = _current(themes_in_force(desk, now), now)
    if theme:
        theme = _theme_id(theme, themes)
    archive = read_archive(desk, now)
    asked = {
        "wish": wish,
        "unit": unit,
        "team": team,
        "region": region,
        "author": author,
        "sector": sector,
        "theme": theme,
    }
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    run = runs.run_id("suggest", {**asked, "limit": limit, "seq": archive.seq}, models, at)
    notes = _ended(themes, now) if themes else [_without_themes(stored, now)]
    if not archive.texts and not themes:
        return Suggestions(run, now, "no_archive", (), ("档案里还没有材料，请先导入。", *notes))
    if not archive.texts:
        notes.append("档案里还没有材料，以下只来自中心工作清单。")
    weights = Weights.shipped()
    ground = ground_of(desk, archive, weights, now)
    aligner = Aligner(themes, ground.texts, ground.centre, desk.encoder.encode, desk.words.words)
    aligned = list(aligner.aligned.values())
    gaps = find_gaps(themes, aligned, {id: text.record for id, text in archive.texts.items()})
    matters = matters_of(desk, archive.texts, now, weights.half_life)
    clues, chances = with_chances(clues_of(matters, gaps, ground, aligner, archive.texts), archive.texts, aligner, now)
    if theme:
        clues = [clue for clue in clues if clue.theme is not None and clue.theme.id == theme]
    if wish.strip():
        clues = about_wish(desk, wish, clues, archive.texts, ground, aligner, gaps)
        if not clues:
            notes.insert(
                0,
                f"档案和中心工作里没有找到与“{wish.strip()[:30]}”明显相符的内容。"
                "可以写，但请先自行查证；也可以换个说法再试。",
            )
            return Suggestions(run, now, "nothing_fits", (), tuple(notes))
    informant = Informant(author, unit, team, region, sector)
    notes += _unknown(informant, ground.texts)
    standing = standing_for(desk, day=now, author=author, unit=unit)
    listed = rank(clues, informant, ground, weights, limit, standing)
    notes += _stands(listed, standing)
    if not listed.ranked:
        notes.append(_nothing_left(theme, themes))
    by_theme = {gap.theme.id: gap for gap in gaps}
    prompts = tuple(
        prompt_of(place, each, archive.texts, by_theme, informant, weights, chances.get(each.clue.id, ()))
        for place, each in enumerate(listed.ranked, start=1)
    )
    return Suggestions(run, now, "ok" if prompts else "nothing_left", prompts, tuple(notes))


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


def _unknown(informant: Informant, texts: Sequence[ReadText]) -> list[str]:
    """Say who is asked for and nowhere in the archive: the list is not fitted to them then."""
    asked = [name for name in (informant.author, informant.unit) if name]
    if not asked or any(wrote(informant, text.record) for text in texts):
        return []
    return [f"档案里没有“{'、'.join(asked)}”报送的材料，没有按以往报送的内容调整。"]


def _ended(themes: Sequence[WorkTheme], now: dt.date) -> list[str]:
    """Say that the list is last year's; it is used all the same until there is a new one."""
    ends = [theme.until for theme in themes]
    latest = max((end for end in ends if end is not None), default=None)
    if latest is None or None in ends or latest >= now:
        return []
    return [f"中心工作清单“{themes[0].version}”到 {latest} 已经到期，仍按它推荐；可导入新的清单。"]


def _without_themes(listed: Sequence[WorkTheme], now: dt.date) -> str:
    if not listed:
        return "还没有导入中心工作清单，只按热点推荐；可用 xiansuo themes import 导入。"
    return f"中心工作清单“{listed[0].version}”在 {now} 还没有开始，只按热点推荐；可导入当年的清单。"


def _theme_id(named: str, themes: Sequence[WorkTheme]) -> str:
    for theme in themes:
        if named in (theme.id, theme.name):
            return theme.id
    raise NotFound(f"没有编号或名称为“{named}”的中心工作。", advice="请先用 xiansuo themes list 查看编号。")


def _current(themes: Sequence[WorkTheme], now: dt.date) -> list[WorkTheme]:
    """Leave out themes that have not begun; those that ended stay until a new list is imported."""
    return [theme for theme in themes if theme.since is None or theme.since <= now]
