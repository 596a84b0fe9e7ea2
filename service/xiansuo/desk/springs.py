"""Where clues spring from: topics, gaps in the year's work, proposals without an answer, adopted items to follow up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xiansuo.desk.desk import Desk
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.topics import hot_topics
from xiansuo.recommend.adoption import AdoptionPrior, Chance
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.clues import Clue, from_matter
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.matters import Ground, Matter, vector_of
from xiansuo.recommend.momentum import momentum
from xiansuo.recommend.openings import from_gap
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Level
from xiansuo.topics.heat import Window

MOST = 200
"""Topics that clues are made of, those most written about first."""

_FEW = 8
_EVERY = 1_000_000
_WINDOWS: tuple[tuple[Window, str], ...] = (
    ("quarter", "近三个月"),
    ("year", "近一年"),
    ("all", "全部时间"),
)


def clues_of(
    matters: Sequence[Matter],
    gaps: Sequence[Gap],
    ground: Ground,
    aligner: Aligner,
    texts: Mapping[str, ReadText],
) -> list[Clue]:
    """Make the clues of topics and gaps."""
    by_theme = {gap.theme.id: gap for gap in gaps}
    clues = [from_matter(matter, ground, aligner, by_theme) for matter in matters]
    for gap in gaps:
        if gap.size > 0:
            clue = from_gap(gap, ground, aligner, texts)
            # By what was written on it, as the topics are: else a list would say one thing as a topic and as a gap.
            clues.append(replace(clue, vector=vector_of(clue.texts, ground.centre)) if clue.texts else clue)
    return clues


def matters_of(desk: Desk, texts: Mapping[str, ReadText], now: dt.date, half_life: float) -> list[Matter]:
    """Take the topics of two people or more, those most written about just now first.

    They are told by the shortest window in which more than a few of them were spoken of.
    """
    if not texts:
        return []
    topics: list[HotTopic] = []
    label = ""
    for window, said in _WINDOWS:
        topics, label = list(hot_topics(desk, now=now, window=window, limit=_EVERY).topics), said
        if sum(bool(topic.parts.recent) for topic in topics) >= _FEW:
            break
    known = {topic.id: [texts[id].record for id in topic.members if id in texts] for topic in topics}
    moving = {topic.id: round(momentum(known[topic.id], now, half_life), 9) for topic in topics}
    topics.sort(key=lambda topic: (-moving[topic.id], topic.id))
    greatest = max(moving.values(), default=0.0) or 1.0
    return [_matter(topic, texts, moving[topic.id] / greatest, label) for topic in topics[:MOST]]


def _matter(topic: HotTopic, texts: Mapping[str, ReadText], share: float, window: str) -> Matter:
    spoken = topic.parts.recent > 0
    return Matter(
        topic.id,
        topic.name,
        topic.words,
        tuple(texts[id] for id in topic.members if id in texts),
        round(math.sqrt(share), 4),
        topic.voices,
        topic.parts.recent,
        topic.parts.past if topic.parts.earlier else None,
        # Nobody spoke of it lately: then only the whole is told.
        window if spoken else "",
    )


def with_chances(
    clues: Sequence[Clue], texts: Mapping[str, ReadText], aligner: Aligner, now: dt.date
) -> tuple[list[Clue], dict[str, tuple[Chance, ...]]]:
    """Add to each clue how likely what is written on it is adopted, where the archive tells; chances by clue."""
    group_of = {id: each.theme.id for id, each in aligner.aligned.items()}
    prior = AdoptionPrior((text.record for text in texts.values()), group_of, now)
    made, chances = [], {}
    for clue in clues:
        own = [text.record for text in clue.texts]
        group = clue.theme.id if clue.theme else None
        told = [prior.chance(own, group, level) for level in (Level.DISTRICT, Level.CITY, Level.PROVINCE)]
        known = tuple(each for each in told if each is not None and each.all_adopted)
        if known:
            chances[clue.id] = known
            clue = replace(clue, parts={**clue.parts, "adoption": known[0].probability})
        made.append(clue)
    return made, chances
