"""The archive as recommending reads it: every text up to a day, its passages, and what they have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.recommend.matters import Ground
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText, centre, means, seen_from
from xiansuo.store import documents, vectors


@dataclass(frozen=True, slots=True)
class Archive:
    """Texts by id, the places that they come from, and the last change that was seen."""

    texts: dict[str, ReadText]
    places: tuple[str, ...]
    seq: int


def read_archive(desk: Desk, now: dt.date) -> Archive:
    """Read all texts that are not dated later than a day."""
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
    return Archive({text.record.id: text for text in texts}, tuple(places), seq)


def ground_of(desk: Desk, archive: Archive, weights: Weights, now: dt.date) -> Ground:
    """See the texts from what all of them have in common."""
    texts = tuple(archive.texts.values())
    mean = means(texts) if texts else np.zeros((0, desk.encoder.dimension), np.float32)
    middle = centre(mean, desk.encoder.dimension)
    return Ground(texts, middle, weights.taken_up, archive.places, now, seen_from(middle, mean))
