"""Lexical search: an inverted index of hashed terms, used once with sampled 3-grams and once with words.

Scores are idf-weighted. For copies, `shared` says which part of a query's weight a document holds; for lookup,
`relevance` is BM25 (Robertson and Zaragoza, 2009, k1 = 1.2, b = 0.75).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

_K1 = 1.2
_B = 0.75

_Weigh: TypeAlias = Callable[[int, NDArray[np.uint16], NDArray[np.int64]], NDArray[np.float64] | np.float64]
"""Weight of a query's i-th term in the documents at some places, where it occurs so many times."""


class LexicalIndex:
    """Terms of documents: for each document its distinct terms (uint32, ascending) and how often each occurs."""

    def __init__(self) -> None:
        self._terms: dict[int, NDArray[np.uint32]] = {}
        self._counts: dict[int, NDArray[np.uint16]] = {}
        self._postings: _Postings | None = None

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._terms)

    def __contains__(self, number: int) -> bool:
        """Tell whether a document is in here."""
        return number in self._terms

    def put(self, number: int, terms: NDArray[np.uint32]) -> None:
        """Set the terms of one document, repeats counted."""
        distinct, counts = np.unique(terms, return_counts=True)
        self._terms[number] = distinct
        self._counts[number] = np.minimum(counts, 0xFFFF).astype(np.uint16)
        self._postings = None

    def put_distinct(self, number: int, terms: NDArray[np.uint32]) -> None:
        """Set the terms of one document that are distinct and ascending already, each counted once."""
        self._terms[number] = terms
        self._counts[number] = np.ones(len(terms), dtype=np.uint16)
        self._postings = None

    def delete(self, numbers: Collection[int]) -> None:
        """Forget these documents; unknown ones are no error."""
        for number in numbers:
            self._terms.pop(number, None)
            self._counts.pop(number, None)
        self._postings = None

    def shared(
        self,
        terms: NDArray[np.uint32],
        k: int,
        *,
        allowed: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> list[tuple[int, float]]:
        """Find documents that hold most of the query's terms.

        :param without: documents that are left out, be they allowed or not.
        :return: up to k pairs (number, share): the share in 0..1 of the idf weight of the query's distinct terms.
        """
        postings = self._built()
        distinct = np.unique(terms)
        weights = postings.idf(distinct)
        total = float(weights.sum())
        if total == 0:
            return []
        scores = postings.gather(distinct, lambda i, _counts, _places: weights[i])
        return self._best(scores / total, k, allowed, without)

    def relevance(
        self, terms: NDArray[np.uint32], k: int, *, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Find documents by BM25.

        :return: up to k pairs (number, score), the score divided by the most the query could reach: a term that no
            document holds counts against every one.
        """
        postings = self._built()
        distinct = np.unique(terms)
        weights = postings.idf(distinct)
        best = float(weights.sum()) * (_K1 + 1)
        if best == 0 or len(postings.numbers) == 0:
            return []
        relative = postings.lengths / max(1.0, float(postings.lengths.mean()))
        norm = np.asarray(_K1 * (1 - _B + _B * relative), dtype=np.float64)

        def bm25(i: int, counts: NDArray[np.uint16], places: NDArray[np.int64]) -> NDArray[np.float64]:
            tf = counts.astype(np.float64)
            return np.asarray(weights[i] * tf * (_K1 + 1) / (tf + norm[places]), dtype=np.float64)

        return self._best(postings.gather(distinct, bm25) / best, k, allowed)

    def documents_with(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Count for each term the documents that hold it, int64 of the same shape."""
        return self._built().frequency(terms)

    def terms_of(self, number: int) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """Return a document's distinct terms, ascending, and their counts."""
        return self._terms[number], self._counts[number]

    def save(self, path: Path) -> None:
        """Write all terms to one `.npz` file."""
        numbers = np.array(sorted(self._terms), dtype=np.int64)
        sizes = np.array([len(self._terms[number]) for number in numbers], dtype=np.int64)
        np.savez(
            path,
            numbers=numbers,
            sizes=sizes,
            terms=_joined([self._terms[n] for n in numbers], np.uint32),
            counts=_joined([self._counts[n] for n in numbers], np.uint16),
        )

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Read what `save` wrote.

        :raises ValueError: the file is not such an index.
        """
        loaded = cls()
        with np.load(path, allow_pickle=False) as file:
            ends = np.cumsum(file["sizes"])[:-1]
            numbers = file["numbers"].tolist()
            if numbers:
                loaded._terms = dict(zip(numbers, np.split(file["terms"], ends), strict=True))
                loaded._counts = dict(zip(numbers, np.split(file["counts"], ends), strict=True))
        return loaded

    def _built(self) -> _Postings:
        if self._postings is None:
            self._postings = _Postings(self._terms, self._counts)
        return self._postings

    def _best(
        self,
        scores: NDArray[np.float64],
        k: int,
        allowed: Collection[int] | None,
        without: Collection[int] = (),
    ) -> list[tuple[int, float]]:
        numbers = self._built().numbers
        if without:
            scores = np.where(np.isin(numbers, np.fromiter(without, np.int64, len(without))), 0.0, scores)
        if allowed is not None:
            scores = np.where(np.isin(numbers, np.fromiter(allowed, np.int64, len(allowed))), scores, 0.0)
        scores = np.round(scores, 6)
        places = np.flatnonzero(scores > 0)
        if len(places) > k:
            edge = np.partition(scores[places], -k)[-k]
            places = places[scores[places] >= edge]
        order = np.lexsort((numbers[places], -scores[places]))[:k]
        return [(int(numbers[p]), float(scores[p])) for p in places[order]]


class _Postings:
    """The inverted side: for each term the places of its documents, built in one sort."""

    def __init__(self, terms: Mapping[int, NDArray[np.uint32]], counts: Mapping[int, NDArray[np.uint16]]) -> None:
        self.numbers = np.array(sorted(terms), dtype=np.int64)
        found = [terms[number] for number in self.numbers.tolist()]
        flat = _joined(found, np.uint32)
        tf = _joined([counts[number] for number in self.numbers.tolist()], np.uint16)
        sizes = np.array([len(each) for each in found], dtype=np.int64)
        order = np.argsort(flat, kind="stable")
        places = np.repeat(np.arange(len(self.numbers), dtype=np.int64), sizes)
        self.lengths = np.bincount(places, weights=tf, minlength=len(self.numbers))
        self._places = places[order]
        self._tf = tf[order]
        # Sorted already: a term begins where it differs from the one before.
        ordered = flat[order]
        self._starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(flat)])
        self._vocabulary = ordered[self._starts]
        self._ends = np.append(self._starts[1:], len(flat))

    def frequency(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        if len(self._vocabulary) == 0:
            return np.zeros(len(terms), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._vocabulary, terms), len(self._vocabulary) - 1)
        return np.where(self._vocabulary[at] == terms, self._ends[at] - self._starts[at], 0)

    def idf(self, terms: NDArray[np.uint32]) -> NDArray[np.float64]:
        df = self.frequency(terms).astype(np.float64)
        return np.log1p((len(self.numbers) - df + 0.5) / (df + 0.5))

    def gather(self, terms: NDArray[np.uint32], weigh: _Weigh) -> NDArray[np.float64]:
        scores = np.zeros(len(self.numbers), dtype=np.float64)
        if len(self._vocabulary) == 0:
            return scores
        at = np.minimum(np.searchsorted(self._vocabulary, terms), len(self._vocabulary) - 1)
        for i in np.flatnonzero(self._vocabulary[at] == terms):
            span = slice(self._starts[at[i]], self._ends[at[i]])
            places = self._places[span]
            # A term stands once in a document's list, so plain indexing adds each place once.
            scores[places] += weigh(int(i), self._tf[span], places)
        return scores


def _joined(arrays: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=dtype)
