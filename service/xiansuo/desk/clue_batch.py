"""All clues of a day (线索): made once for everybody, then ranked for whoever asks.

Of a large archive only those documents are read that clues may rest on: what is about a theme, what moves, what waits
for an answer or a follow-up, and what is near these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.aligned_archive import AlignedArchive
from xiansuo.desk.aligning import aligned, centre_of, weights_of
from xiansuo.desk.archive_heads import heads_until
from xiansuo.desk.batch_texts import keep_only, read_again
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import run_named
from xiansuo.desk.holding import holding
from xiansuo.desk.near_again import nearest_again
from xiansuo.desk.reported import reported
from xiansuo.desk.springs import followable, matter_of, movement, open_proposals
from xiansuo.desk.themes import themes_in_force
from xiansuo.embed.rows import unit_rows
from xiansuo.recommend.adoption import AdoptionPrior, Outcome
from xiansuo.recommend.aligning.alignment_ground import chosen
from xiansuo.recommend.cards.clues import Clue, from_matters
from xiansuo.recommend.cards.follow_ups import from_adopted
from xiansuo.recommend.cards.matters import Ground, Matter, vector_of
from xiansuo.recommend.cards.openings import from_gap
from xiansuo.recommend.cards.proposals import from_proposals
from xiansuo.recommend.cards.repeats import not_reported
from xiansuo.recommend.gaps import Gap, measure
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText, means, seen_from
from xiansuo.store import documents
from xiansuo.store.heads import Head

_ABOUT = 200
_NEAR, _PASSAGES = 12, 40


@dataclass(frozen=True)
class ClueBatch:
    """The clues of a day and what they rest on: documents by id, gaps by theme, how adoptions fell.

    `seq` is the last change of the archive, `documents` how many it has, `last` the latest day of one of them.
    `key` is all that the batch was made from.
    """

    now: dt.date
    seq: int
    documents: int
    last: dt.date | None
    clues: tuple[Clue, ...]
    gaps: tuple[Gap, ...]
    aligned: AlignedArchive
    ground: Ground = field(repr=False)
    texts: dict[str, ReadText] = field(repr=False)
    adoption: AdoptionPrior = field(repr=False)
    key: tuple[object, ...] = field(repr=False, default=())

    @cached_property
    def gap_of(self) -> dict[str, Gap]:
        """The gaps by the ids of their themes."""
        return {gap.theme.id: gap for gap in self.gaps}


def clue_batch(desk: Desk, *, now: dt.date) -> ClueBatch:
    """Make the clues of a day, or take those made before if nothing has changed since."""
    themes = themes_in_force(desk, now)
    with desk.database.read() as connection:
        seq = documents.last_change(connection)
        mark = documents.mark_at(connection, seq)
        topics = run_named(desk, connection, now)
    models = desk.encoder.id, desk.words.digest, weights_of(desk).digest
    key = (now, mark, *models, topics, tuple(theme.model_dump_json() for theme in themes))
    return desk.remembered("clues", key, lambda: replace(_make(desk, now, seq), key=key))


def _make(desk: Desk, now: dt.date, seq: int) -> ClueBatch:
    weights = Weights.shipped()
    archive = aligned(desk, now=now)
    with desk.database.read() as connection:
        known = heads_until(desk, connection, now)
    told = {head.id: head for head in known.values()}
    numbers = {head.id: number for number, head in known.items()}
    places = tuple(sorted({head.region for head in told.values()} - {""}))
    moved = movement(desk, told, now, weights.half_life)
    moving = moved.topics
    proposals, adopted = open_proposals(told, now), followable(told, now)
    wanted = {id for each in moving for id in each.members} | set(proposals) | set(adopted)
    for theme in archive.themes:
        wanted |= {each.document for each in archive.about(theme.id)[:_ABOUT]}
    sample = read_again(desk, [numbers[id] for id in chosen(numbers)])
    centre = centre_of(desk, list(sample.values()))
    texts = read_again(desk, (numbers[id] for id in wanted if id in numbers))
    near = _near(desk, [[texts[id] for id in each.members if id in texts] for each in moving], numbers.values())
    texts |= read_again(desk, near - {numbers[id] for id in texts})
    keep_only(desk, {numbers[id] for id in texts.keys() | sample.keys()})
    ground = ground_of(texts, centre, weights, places, now)
    gaps = _gaps(archive, told)
    found = [matter for each in moving if (matter := matter_of(each, texts)).texts]
    matters = holding(desk, found, sample, weights.holding, lambda some: moved.heat_of(some, now))
    apart = _ids(found) - _ids(matters)
    by_theme = {gap.theme.id: gap for gap in gaps}
    clues = from_matters(matters, ground, archive, by_theme)
    clues += [gap_clue(gap, ground, archive, texts) for gap in gaps if gap.size > 0 and _begun(gap, now)]
    clues += from_proposals([texts[id] for id in proposals if id in texts], ground, archive, by_theme)
    clues += from_adopted([texts[id] for id in adopted if id in texts], matters, ground, archive, by_theme)
    topic_of = {id: each.topic.id for each in moving for id in each.topic.members}
    fresh = not_reported(clues, ground, weights.reported_days)
    # What a topic's clue leaves out is a matter of its own.
    heat = moved.heat | {id: moved.heat_of([texts[id].record], now) for id in apart}
    home = {id: topic for id, topic in topic_of.items() if id not in apart}
    clues = [_placed(clue, heat, home) for clue in fresh]
    group_of = {id: each.theme.id for id, each in archive.by_document.items()}
    last = max((head.date for head in told.values() if head.date is not None), default=None)
    prior = AdoptionPrior(map(_outcome, told.values()), group_of, now, topic_of)
    return ClueBatch(now, seq, len(told), last, tuple(clues), tuple(gaps), archive, ground, texts, prior)


def _ids(matters: Sequence[Matter]) -> set[str]:
    return {text.record.id for matter in matters for text in matter.texts}


def ground_of(
    texts: Mapping[str, ReadText], centre: NDArray[np.float64], weights: Weights, places: tuple[str, ...], now: dt.date
) -> Ground:
    """See some texts from what the archive has in common."""
    some = tuple(texts[id] for id in sorted(texts))
    mean = means(some) if some else np.zeros((0, len(centre)), np.float32)
    return Ground(some, centre, weights.taken_up, places, now, seen_from(centre, mean))


def _near(desk: Desk, groups: Sequence[Sequence[ReadText]], allowed: Collection[int]) -> set[int]:
    """Find the documents nearest to groups of texts, by their mean passages."""
    asked = [group for group in groups if group]
    if not asked:
        return set()
    mean = np.stack([means(group).mean(axis=0, dtype=np.float64) for group in asked]).astype(np.float32)
    queries = unit_rows(mean)
    found: set[int] = set()
    known = set(allowed)
    for row in nearest_again(desk, queries, _PASSAGES).tolist():
        found |= set(list(dict.fromkeys(number for number in row if number in known))[:_NEAR])
    return found


def gap_clue(
    gap: Gap, ground: Ground, archive: AlignedArchive, texts: Mapping[str, ReadText], asked: Sequence[str] = ()
) -> Clue:
    """Make a clue of a gap, as `from_gap` does, placed by what was written on it, as the topics are.

    Else a list would say one thing as a topic and as a gap.
    """
    clue = from_gap(gap, ground, archive, texts, asked)
    return replace(clue, vector=vector_of(clue.texts, ground.centre)) if clue.texts else clue


def _placed(clue: Clue, heat: Mapping[str, float], topic_of: Mapping[str, str]) -> Clue:
    """Say of a clue from single documents which topic they are in, and how much that is written about just now."""
    if "heat" in clue.parts:
        return clue
    topics = [topic_of[id] for id in clue.evidence if id in topic_of]
    parts = {**clue.parts, "heat": max((heat.get(id, 0.0) for id in clue.evidence), default=0.0)}
    return replace(clue, parts=parts, topic=clue.topic or (topics[0] if topics else ""))


def _begun(gap: Gap, now: dt.date) -> bool:
    return gap.theme.since is None or gap.theme.since <= now


def _outcome(head: Head) -> Outcome:
    told = tuple(zip(head.adopted, head.adopted_on, strict=True))
    return Outcome(head.id, head.kind, head.date, head.team, head.unit, told)


def _gaps(archive: AlignedArchive, told: Mapping[str, Head]) -> list[Gap]:
    known = (reported(told[id], archive) for id in sorted(archive.by_document) if id in told)
    return measure(archive.themes, [each for each in known if each is not None])
