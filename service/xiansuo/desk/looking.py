"""Look a matter up before writing (查一查): what was already reported about it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xiansuo.desk import merging
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts
from xiansuo.desk.weighing import found_for
from xiansuo.errors import TextUnusable
from xiansuo.ingest.characters import clean
from xiansuo.lookup.model import probability
from xiansuo.records import Filter
from xiansuo.text.fingerprint import fingerprint_of
from xiansuo.text.normalise import normalise

_LONGEST = 500
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier text near the question.

    `score` 0..1 says how surely it is about the matter; `fits` whether it is to be counted as such. `passage` is the
    sentence that fits best, as the author wrote it. `copy_of` is the id of a better hit with the same text.
    """

    facts: Facts
    score: float
    fits: bool
    passage: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found, best first.

    `answered` is false when none of the `searched` documents is about the matter; the hits are then only the nearest.
    """

    query: str
    answered: bool
    searched: int
    hits: tuple[Hit, ...]

    @property
    def about(self) -> tuple[Hit, ...]:
        """The hits that are about the matter, each text once; where nothing is, the nearest few."""
        if not self.answered:
            return self.hits[:_NEAREST]
        return tuple(hit for hit in self.hits if hit.fits and hit.copy_of is None)

    def copies(self, hit: Hit) -> list[str]:
        """List the ids of other hits with the same text."""
        return [other.facts.id for other in self.hits if other.copy_of == hit.facts.id]


def lookup(desk: Desk, query: str, *, limit: int = 10, filters: Filter | None = None) -> Lookup:
    """Find what the archive holds on a question of a few words or lines.

    :raises TextUnusable: the query has no words or is a whole text.
    """
    query = clean(query)[0].strip()
    asked = normalise(query).text.replace("\n", " ")
    if not any(char.isalnum() for char in asked):
        raise TextUnusable("请输入要查的事情，例如：老旧小区加装电梯。")
    if len(asked) > _LONGEST:
        raise TextUnusable(f"查一查只收 {_LONGEST} 字以内的问题。", advice="整篇稿件请用查重。")
    model = desk.lookups
    found = found_for(desk, asked, filters=filters)
    if not found.records:
        return Lookup(query, False, found.searched, ())
    odds = np.round(model.scores(found.values), 4)
    sure = model.answered(found.values, found.letters)
    answered = sure >= 0.5
    order = sorted(range(len(odds)), key=lambda i: (-float(odds[i]), found.records[i].id))
    # The best text is as sure as the answer; the others less, by how they stand to it.
    chances = probability(odds)
    scores = sure * chances / max(1e-9, float(chances.max()))
    with desk.database.read() as connection:
        shown = merging.told(connection, [found.records[i] for i in order[:limit]])
    hits: list[Hit] = []
    first_with: dict[str, str] = {}
    for i in order[:limit]:
        record = found.records[i]
        told = fingerprint_of(record.title, record.text)
        passage = " ".join(record.text[slice(*found.to_show(i))].split())
        fits = answered and (not hits or float(odds[i]) >= model.fitting)
        hits.append(Hit(shown[record.id], round(float(scores[i]), 4), fits, passage, first_with.get(told)))
        first_with.setdefault(told, record.id)
    return Lookup(query, answered, found.searched, tuple(hits))
