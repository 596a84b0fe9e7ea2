"""Suggest what to write (选题): hot matters and gaps in the year's work, fitted to whoever asks."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.prompts import Prompt, prompt_of
from xiansuo.desk.themes import list_themes, themes_in_force
from xiansuo.desk.topics import hot_topics
from xiansuo.desk.wishes import about_wish
from xiansuo.errors import NotFound
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.clues import Clue, from_matter
from xiansuo.recommend.gaps import Gap, find_gaps
from xiansuo.recommend.matters import Ground, Matter
from xiansuo.recommend.openings import from_gap
from xiansuo.recommend.rank import Informant, Weights, rank, wrote
from xiansuo.recommend.texts import ReadText, centre, means, seen_from
from xiansuo.records import Team, WorkTheme
from xiansuo.store import documents, runs, vectors
from xiansuo.topics.heat import Window

State = Literal["ok", "no_archive", "nothing_fits", "nothing_left"]

_TOPICS = 60
_FEW = 8
_WINDOWS: tuple[tuple[Window, str], ...] = (
    ("quarter", "近三个月"),
    ("year", "近一年"),
    ("all", "全部时间"),
)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Prompts, best first. Where there are none, `state` and `notes` say why and what to do."""

    run: str
    now: dt.date
    state: State
    prompts: tuple[Prompt, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Archive:
    texts: dict[str, ReadText]
    places: tuple[str, ...]
    seq: int


def suggest(
    desk: Desk,
    *,
    now: dt.date,
    wish: str = "",
    unit: str = "",
    team: Team | None = None,
    region: str = "",
    author: str = "",
    theme: str = "",
    limit: int = 10,
) -> Suggestions:
    """Suggest what to write; nothing later than `now` is seen.

    :param wish: what the informant has in mind, in free words; only prompts about it are given
        then.
    :param theme: id or name of a work theme; only prompts under it are given then.
    :raises NotFound: there is no such theme.
    """
    listed = list_themes(desk)
    themes = _current(themes_in_force(desk, now), now)
    if theme:
        theme = _theme_id(theme, themes)
    archive = _archive(desk, now)
    asked = {
        "wish": wish,
        "unit": unit,
        "team": team,
        "region": region,
        "author": author,
        "theme": theme,
    }
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    run = runs.run_id("suggest", {**asked, "limit": limit, "seq": archive.seq}, models, at)
    notes = _ended(themes, now) if themes else [_without_themes(listed, now)]
    if not archive.texts and not themes:
        return Suggestions(run, now, "no_archive", (), ("档案里还没有材料，请先导入。", *notes))
    if not archive.texts:
        notes.append("档案里还没有材料，以下只来自中心工作清单。")
    weights = Weights.shipped()
    ground = _ground(desk, archive, weights, now)
    aligner = Aligner(themes, ground.texts, ground.centre, desk.encoder.encode, desk.words.words)
    aligned = list(aligner.aligned.values())
    gaps = find_gaps(themes, aligned, {id: text.record for id, text in archive.texts.items()})
    clues = _clues(desk, archive, ground, aligner, gaps)
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
    informant = Informant(author, unit, team, region)
    notes += _unknown(informant, ground.texts)
    ranked = rank(clues, informant, ground, weights, limit)
    if not ranked:
        notes.append(_nothing_left(theme, themes))
    by_theme = {gap.theme.id: gap for gap in gaps}
    prompts = tuple(
        prompt_of(place, each, archive.texts, by_theme, informant, weights)
        for place, each in enumerate(ranked, start=1)
    )
    return Suggestions(run, now, "ok" if prompts else "nothing_left", prompts, tuple(notes))


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


def _archive(desk: Desk, now: dt.date) -> _Archive:
    with desk.reading() as (connection, _):
        stored = {
            each.number: each.document
            for each in documents.read(connection)
            if each.document.date is None or each.document.date <= now
        }
        read = vectors.read(connection, desk.encoder.id, desk.encoder.dimension, stored)
        texts = [ReadText(stored[item.number], item.spans, item.matrix.astype(np.float32)) for item in read]
        seq = documents.last_change(connection)
    texts.sort(key=lambda text: text.record.id)
    places = sorted({text.record.region for text in texts if text.record.region})
    return _Archive({text.record.id: text for text in texts}, tuple(places), seq)


def _ground(desk: Desk, archive: _Archive, weights: Weights, now: dt.date) -> Ground:
    texts = tuple(archive.texts.values())
    mean = means(texts) if texts else np.zeros((0, desk.encoder.dimension), np.float32)
    middle = centre(mean, desk.encoder.dimension)
    return Ground(texts, middle, weights.taken_up, archive.places, now, seen_from(middle, mean))


def _clues(desk: Desk, archive: _Archive, ground: Ground, aligner: Aligner, gaps: Sequence[Gap]) -> list[Clue]:
    by_theme = {gap.theme.id: gap for gap in gaps}
    clues = [from_matter(matter, ground, aligner, by_theme) for matter in _matters(desk, archive, ground.now)]
    return clues + [from_gap(gap, ground, aligner, archive.texts) for gap in gaps if gap.size > 0]


def _matters(desk: Desk, archive: _Archive, now: dt.date) -> list[Matter]:
    """Take the hot topics that someone spoke of in the shortest window that has more than a few."""
    if not archive.texts:
        return []
    topics: list[HotTopic] = []
    said = ""
    for window, label in _WINDOWS:
        if len(topics) < _FEW:
            found = hot_topics(desk, now=now, window=window, limit=_TOPICS).topics
            topics = [topic for topic in found if topic.parts.recent]
            said = label
    greatest = max((topic.heat for topic in topics), default=1.0)
    return [_matter(topic, archive.texts, topic.heat / greatest, said) for topic in topics]


def _matter(topic: HotTopic, texts: Mapping[str, ReadText], heat: float, window: str) -> Matter:
    return Matter(
        topic.id,
        topic.name,
        topic.words,
        tuple(texts[id] for id in topic.members if id in texts),
        round(math.sqrt(heat), 4),
        topic.voices,
        topic.parts.recent,
        topic.parts.past if topic.parts.earlier else None,
        window,
    )
