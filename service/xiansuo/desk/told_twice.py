"""Which clues of a day are on one matter though their topics differ: what the duplicate check says of their texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.rarity import SAME, rarity
from xiansuo.desk.clue_batch import ClueBatch
from xiansuo.desk.desk import Desk
from xiansuo.desk.grouping import LIKELY, comes_later, judged_later
from xiansuo.desk.readings import Readings
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.one_matter import one_matter
from xiansuo.recommend.texts import ReadText
from xiansuo.store import documents

_READINGS = 200


def told_twice(desk: Desk, batch: ClueBatch) -> Callable[[Clue, Clue], bool]:
    """Make the judge of a batch's clues: two are one if half of the texts of one are likely told again in the other.

    A text is told again where the relation says that both are likely about one matter in one place. A pair of texts is
    judged when it is first asked for, and remembered as long as the batch.
    """
    model = desk.relations
    key = batch.key, model.mean.tobytes(), model.coefficients.tobytes(), model.temperature
    judged: dict[tuple[str, str], bool] = desk.remembered("told_twice", key, dict)
    weights: dict[str, NDArray[np.float64]] = {}
    readings: list[Readings] = []

    def repeats(one: ReadText, other: ReadText) -> bool:
        later, earlier = (one, other) if comes_later(one.record, other.record) else (other, one)
        pair = later.record.id, earlier.record.id
        if pair not in judged:
            judged[pair] = judge(later, earlier)
        return judged[pair]

    def judge(later: ReadText, earlier: ReadText) -> bool:
        ids = later.record.id, earlier.record.id
        with desk.reading() as (connection, indexes):
            numbers = [found.number for id in ids if (found := documents.by_id(connection, id)) is not None]
            if len(numbers) < len(ids):
                return False  # withdrawn since the batch was made
            if not readings:
                readings.append(Readings(desk, desk.centres(connection, indexes)[None], most=_READINGS))
            held = readings[0].of(connection, indexes, numbers)
            mine, theirs = (held[number] for number in numbers)
            if later.record.id not in weights:
                spread = indexes.vectors.spread(mine.reading.matrix, SAME)
                weights[later.record.id] = rarity(spread, len(indexes.grams))
        draft = replace(mine, reading=replace(mine.reading, rarity=weights[later.record.id]))
        return judged_later(draft, theirs, model, readings[0]).similarity >= LIKELY

    return lambda left, right: one_matter(left, right, batch.ground, repeats)
