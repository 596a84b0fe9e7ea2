"""Read texts for a comparison: what the archive and the encoder add to their passages."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.features import Ground
from xiansuo.dedup.rarity import SAME, rarity
from xiansuo.dedup.reading import Reading
from xiansuo.desk.desk import Desk
from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import hashed
from xiansuo.store import documents, vectors
from xiansuo.text.passages import Passages, passages_at
from xiansuo.topics.phrases import content_words
from xiansuo.topics.stock import stock_words


def read_draft(
    desk: Desk,
    indexes: Indexes,
    passages: Passages,
    matrix: NDArray[np.float32],
    *,
    unit: str = "",
    date: dt.date | None = None,
    spread: NDArray[np.int64] | None = None,
) -> Reading:
    """Read a draft: its passages weigh by how many documents of the archive hold nearly the same.

    :param spread: how many those are, (n,), where they were counted already.
    """
    if spread is None:
        spread = indexes.vectors.spread(matrix, SAME)
    weights = rarity(spread, len(indexes.grams))
    return Reading(passages, matrix, weights, words_of(desk, passages), unit, date)


def read_earlier(
    desk: Desk, passages: Passages, matrix: NDArray[np.float32], *, unit: str = "", date: dt.date | None = None
) -> Reading:
    """Read an earlier text; its passages' rarity is not asked for, since every one was looked at from the draft's."""
    return Reading(passages, matrix, np.ones(len(matrix)), words_of(desk, passages), unit, date)


def read_stored(
    desk: Desk, stored: documents.Stored, kept: vectors.StoredVectors, rarity: NDArray[np.float64] | None = None
) -> Reading:
    """Read a document of the archive as it was cut and encoded when it came in.

    :param rarity: of its passages, (n,), where it takes the place of a draft.
    """
    record = stored.document
    passages = passages_at(record.title, record.text, stored.sections, kept.spans)
    found = read_earlier(desk, passages, kept.matrix.astype(np.float32), unit=record.unit, date=record.date)
    return found if rarity is None else replace(found, rarity=rarity)


def words_of(desk: Desk, passages: Passages) -> list[list[str]]:
    """Cut each passage into its content words."""
    return [content_words_in(desk, text) for text in passages.texts]


def content_words_in(desk: Desk, text: str) -> list[str]:
    """Cut a normalised text into its content words, lower-case, without the words of the genre."""
    return [told for word in desk.words.words(text) if (told := _telling(word))]


@lru_cache(maxsize=1 << 16)
def _telling(word: str) -> str:
    """Write a content word lower-case, and any other word as none."""
    return word.lower() if content_words([word], stock_words()) else ""


def ground_of(indexes: Indexes, readings: Iterable[Reading], centre: NDArray[np.float32]) -> Ground:
    """Look up how rare each word of some texts is."""
    words = {word for each in readings for passage in each.words for word in passage}
    return Ground(rarity_of_words(indexes, words), centre)


def rarity_of_words(indexes: Indexes, words: Iterable[str]) -> dict[str, float]:
    """Say how rare words are among the documents: log((N + 1) / (df + 1/2)) / log(N + 2), at least 0."""
    distinct = sorted(set(words))
    total = len(indexes.words)
    counts = indexes.words.documents_with(hashed(distinct))
    return {
        word: max(0.0, math.log((total + 1) / (count + 0.5)) / math.log(total + 2))
        for word, count in zip(distinct, counts.tolist(), strict=True)
    }
