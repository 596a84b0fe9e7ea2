"""What recommending needs of a document: the record with its passages and their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.records import Document


@dataclass(frozen=True, slots=True)
class ReadText:
    """A document with its passages.

    `spans` int32 (n, 3) as in `text.passages`, the title first; `matrix` float32 (n, d), rows of
    length 1.
    """

    record: Document
    spans: NDArray[np.int32]
    matrix: NDArray[np.float32]

    def passage(self, place: int) -> str:
        """Return a passage as the author wrote it."""
        start, end, _ = (int(value) for value in self.spans[place])
        return self.record.text[start:end].strip() if end else self.record.title


def distinct(texts: Sequence[ReadText]) -> list[ReadText]:
    """Keep the first of texts that say the same, blanks apart."""
    first: dict[str, ReadText] = {}
    for text in texts:
        first.setdefault(without_blanks(text), text)
    return list(first.values())


def without_blanks(text: ReadText) -> str:
    """Return what a text says, its title and blanks apart."""
    return "".join(text.record.text.split())


def means(texts: Sequence[ReadText]) -> NDArray[np.float32]:
    """Compute each text's mean passage, float32 (n, d); not of length 1."""
    return np.stack([text.matrix.mean(axis=0, dtype=np.float64) for text in texts]).astype(np.float32)


def centre(means: NDArray[np.float32], dimension: int) -> NDArray[np.float64]:
    """Compute the archive's mean passage, shape (d,), drawn to zero while there are few texts."""
    if not len(means):
        return np.zeros(dimension)
    return np.asarray(means.mean(axis=0, dtype=np.float64) * (len(means) / (len(means) + 10)))


def seen_from(centre: NDArray[np.float64], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """See vectors (n, d) from the mean, at length 1: unlike texts then have cosines near 0."""
    moved = vectors.astype(np.float64) - centre
    length = np.sqrt(np.square(moved).sum(axis=1, keepdims=True))
    return (moved / np.where(length > 1e-9, length, 1.0)).astype(np.float32)
