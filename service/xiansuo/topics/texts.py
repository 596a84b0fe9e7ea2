"""Texts as their likeness is computed: whole numbers only, so that every sum of products is exact.

What is rare and what is usual is asked of a `Ground`, taken from an archive once. Texts that come later are weighed by
the same ground: the likeness of two texts does not change because others have come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.bag import Usage, Words, usage, weighed
from xiansuo.topics.exact import whole

# An archive of a few documents has no mean worth the name; it counts half once there are this many.
_MEAN_FROM = 10
_BLOCK = 4_096


@dataclass(frozen=True, slots=True)
class Ground:
    """What an archive has in common: how it uses words and pairs of title characters, and the mean meaning (d,)."""

    words: Usage
    titles: Usage
    mean: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Texts:
    """n texts: `meant` int16 (n, d), their meaning seen from the mean; `words` and `titles` int32 (n, COLUMNS)."""

    meant: NDArray[np.int16]
    words: csr_matrix
    titles: csr_matrix

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.meant)

    def some(self, rows: NDArray[np.int64]) -> Texts:
        """Pick texts."""
        return Texts(self.meant[rows], self.words[rows], self.titles[rows])

    def with_more(self, others: Texts) -> Texts:
        """Put other texts behind these."""
        return Texts(
            np.concatenate([self.meant, others.meant]),
            vstack([self.words, others.words], format="csr"),
            vstack([self.titles, others.titles], format="csr"),
        )


def ground(
    vectors: NDArray[np.float32], words: Sequence[Words], titles: Sequence[Words], voices: Sequence[str]
) -> Ground:
    """Take the ground of an archive.

    :param vectors: rows of length 1, shape (n, d).
    :param titles: the 2- and 3-grams of the titles.
    :param voices: who wrote each text, empty where nobody is named.
    """
    mean = vectors.mean(axis=0, dtype=np.float64) * (len(vectors) / (len(vectors) + _MEAN_FROM))
    spoken = _numbers(voices)
    return Ground(usage(words, spoken), usage(titles, spoken), mean)


def texts(
    vectors: NDArray[np.float32],
    words: Sequence[Words],
    titles: Sequence[Words],
    voices: Sequence[str],
    known: Ground,
) -> Texts:
    """Weigh texts by a ground; parameters as there."""
    spoken = _numbers(voices)

    def part(low: int) -> Texts:
        some = slice(low, low + _BLOCK)
        seen = vectors[some].astype(np.float64).reshape(len(words[some]), len(known.mean)) - known.mean
        own, grams = weighed(words[some], spoken[some], known.words), weighed(titles[some], spoken[some], known.titles)
        return Texts(whole(unit_rows(seen)).astype(np.int16), own, grams)

    # Some at a time: on the way they take ten times the room that they take in the end.
    parts = [part(low) for low in range(0, max(1, len(words)), _BLOCK)]
    return Texts(
        np.concatenate([each.meant for each in parts]),
        vstack([each.words for each in parts], format="csr"),
        vstack([each.titles for each in parts], format="csr"),
    )


def _numbers(voices: Sequence[str]) -> NDArray[np.int64]:
    """Number voices by their names, below 2⁴⁰; -1 for nobody."""
    return np.array(
        [
            int.from_bytes(hashlib.blake2b(voice.encode(), digest_size=5).digest(), "little") if voice else -1
            for voice in voices
        ],
        dtype=np.int64,
    )
