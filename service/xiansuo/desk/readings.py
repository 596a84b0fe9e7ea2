"""Texts of the archive as the comparison reads them, each cut into words once though many texts are held against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.features import Ground
from xiansuo.dedup.reading import Reading
from xiansuo.desk.desk import Desk
from xiansuo.desk.reading import rarity_of_words, read_stored
from xiansuo.errors import InputError
from xiansuo.index.snapshot import Indexes
from xiansuo.records import Document
from xiansuo.store import documents, vectors
from xiansuo.store.database import Connection

MOST = 2_000
"""Readings kept at once: about 200 MB of texts of 800 characters."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document and how it reads."""

    record: Document
    reading: Reading


class Readings:
    """Readings of archived texts, the most recently used kept; the rarity of their words grows along.

    :param weights: rarity of each document's passages by its number, where such texts take the place of a draft.
    """

    def __init__(
        self,
        desk: Desk,
        centre: NDArray[np.float32],
        weights: Mapping[int, NDArray[np.float64]] | None = None,
        *,
        most: int = MOST,
    ) -> None:
        self._desk = desk
        self._weights = weights or {}
        self._most = most
        self._held: dict[int, Held] = {}
        self._idf: dict[str, float] = {}
        self.ground = Ground(self._idf, centre)

    def of(self, connection: Connection, indexes: Indexes, numbers: Collection[int]) -> dict[int, Held]:
        """Give the readings of some active documents; those that are not in memory are read together."""
        missing = [number for number in numbers if number not in self._held]
        kept = vectors.read(connection, self._desk.encoder.id, self._desk.encoder.dimension, missing)
        matrices = {item.number: item for item in kept}
        for stored in documents.read(connection, missing):
            number = stored.number
            read = read_stored(self._desk, stored, matrices[number], self._weights.get(number))
            self._held[number] = Held(stored.document, read)
        self.learn(indexes, (self._held[number].reading for number in missing if number in self._held))
        found = {number: self._held.pop(number) for number in sorted(numbers) if number in self._held}
        self._held.update(found)  # at the end: the longest unused come first
        for number in list(self._held)[: max(0, len(self._held) - max(self._most, len(found)))]:
            del self._held[number]
        return found

    def learn(self, indexes: Indexes, readings: Iterator[Reading]) -> None:
        """Look up how rare the words of some texts are, where they are not known yet."""
        words = {word for each in readings for passage in each.words for word in passage}
        self._idf.update(rarity_of_words(indexes, words - self._idf.keys()))


@contextmanager
def unchanged(desk: Desk, mark: str) -> Iterator[tuple[Connection, Indexes]]:
    """Read the archive for a moment of a long piece of work, so that other answers need not wait for its end.

    :param mark: the mark of the change that the work began with.
    :raises InputError: something was imported since.
    """
    with desk.reading() as (connection, indexes):
        if indexes.mark != mark:
            raise InputError("比对期间档案有了变化，结果不能用。", advice="请等导入结束后再试。")
        yield connection, indexes
