"""Exact vector search with faiss; the only module that speaks faiss.

Ids are never given to faiss: a passage's row in the flat index is its row in `_keys`, so that the two cannot
drift apart unnoticed. faiss keeps the vectors; `scan` looks through them. Scores are computed again in double precision
and ties broken by document and passage, so that the answer does not depend on threads or on the choice of kernel.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.errors import ModelMismatch
from xiansuo.index.scan import scan
from xiansuo.index.vectors import Hits

# A key is number * 65536 + ordinal: bodies have at most 50,000 characters, hence fewer passages than this.
_ORDINALS = 1 << 16
# From so many times as many equally near passages as are asked for, it pays to look which are the same sentence.
_MANY = 4
# An archive with as many passages as this trusts its mean half.
_SHRINK = 200


class FlatIndex:
    """Exact inner-product search over float32 passage vectors; see `VectorIndex`."""

    def __init__(self, model: str, dimension: int) -> None:
        import faiss

        self._model = model
        self._index: Any = faiss.IndexFlatIP(dimension)
        self._keys = np.zeros(0, dtype=np.int64)
        self._waiting: list[tuple[int, NDArray[np.float32]]] = []
        self._gone: set[int] = set()

    @property
    def model(self) -> str:
        """Id of the encoder whose vectors are in here."""
        return self._model

    def __len__(self) -> int:
        """Count the passages."""
        self._settle()
        return len(self._keys)

    def put(self, number: int, matrix: NDArray[np.float32], model: str) -> None:
        """Set the passages of one document, shape (n, dimension)."""
        self._same(model)
        if any(number == waiting for waiting, _ in self._waiting[-1:]):
            self._settle()
        self._gone.add(number)
        self._waiting.append((number, np.ascontiguousarray(matrix, dtype=np.float32)))

    def delete(self, numbers: Collection[int]) -> None:
        """Forget these documents."""
        self._settle()
        self._gone.update(numbers)

    def search(
        self, queries: NDArray[np.float32], k: int, *, model: str, allowed: Collection[int] | None = None
    ) -> Hits:
        """Find the k nearest passages of each query; shape (q, dimension) in, (q, k) out."""
        self._same(model)
        self._settle()
        return self._pass(queries, k, None, allowed)[0]

    def spread(
        self, queries: NDArray[np.float32], cosine: float, *, allowed: Collection[int] | None = None
    ) -> NDArray[np.int64]:
        """Count for each query the documents that hold a passage at least so near to it; int64 (q,)."""
        self._settle()
        _, mask = self._rows(allowed)
        rows = None if mask is None else np.flatnonzero(mask)
        return self._documents(scan(self._matrix(), _ready(queries), 0, rows=rows, cosine=cosine).near)

    def around(
        self,
        queries: NDArray[np.float32],
        k: int,
        cosine: float,
        *,
        model: str,
        allowed: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> tuple[Hits, NDArray[np.int64]]:
        """Search among the allowed documents and count among all; see `VectorIndex`."""
        self._same(model)
        self._settle()
        return self._pass(queries, k, cosine, allowed, without)

    def centre(self, allowed: Collection[int] | None = None) -> NDArray[np.float32]:
        """Return the mean of all passages, or those of some documents; see `VectorIndex`."""
        self._settle()
        count, mask = self._rows(allowed)
        matrix = self._matrix()
        total = (matrix if mask is None or mask.all() else matrix[mask]).sum(axis=0, dtype=np.float64)
        # Rounded, so that the order in which documents came cannot show in the last bits.
        return np.asarray(np.round(total / (count + _SHRINK), 5), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write vectors to `path` and keys beside it (`.keys.npy`)."""
        import faiss

        self._settle()
        # Written by Python, so that a full disk is an OSError that says so.
        path.write_bytes(faiss.serialize_index(self._index).tobytes())
        np.save(keys_path(path), self._keys)

    @classmethod
    def load(cls, path: Path, model: str, dimension: int) -> FlatIndex:
        """Read what `save` wrote.

        :raises ValueError: the file is not an index of this dimension, or its two parts do not fit.
        """
        import faiss

        loaded = cls(model, dimension)
        try:
            loaded._index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ValueError("not a readable index") from error
        loaded._keys = np.load(keys_path(path), allow_pickle=False)
        if loaded._index.d != dimension or loaded._index.ntotal != len(loaded._keys):
            raise ValueError("index and keys do not fit")
        return loaded

    def _same(self, model: str) -> None:
        if model != self._model:
            raise ModelMismatch(
                f"向量来自另一个编码器：索引用的是 {self._model}，给的是 {model}。",
                advice="请用 xiansuo models use 切换编码器，系统会重算全部向量。",
            )

    def _settle(self) -> None:
        """Apply what is waiting: one removal and one addition for any number of documents."""
        if self._gone:
            stale = np.isin(self._keys // _ORDINALS, np.fromiter(self._gone, dtype=np.int64))
            if stale.any():
                self._index.remove_ids(np.flatnonzero(stale).astype(np.int64))
                self._keys = self._keys[~stale]
            self._gone.clear()
        if self._waiting:
            latest = dict(self._waiting)
            matrix = np.concatenate(list(latest.values()))
            keys = [number * _ORDINALS + np.arange(len(rows), dtype=np.int64) for number, rows in latest.items()]
            self._index.add(matrix)
            self._keys = np.concatenate([self._keys, *keys])
            self._waiting.clear()

    def _rows(
        self, allowed: Collection[int] | None, without: Collection[int] = ()
    ) -> tuple[int, NDArray[np.bool_] | None]:
        if allowed is None and not without:
            return len(self._keys), None
        numbers = self._keys // _ORDINALS
        mask = np.isin(numbers, np.fromiter(without, dtype=np.int64, count=len(without)), invert=True)
        if allowed is not None:
            mask &= np.isin(numbers, np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
        return int(mask.sum()), mask

    def _pass(
        self,
        queries: NDArray[np.float32],
        k: int,
        cosine: float | None,
        allowed: Collection[int] | None,
        without: Collection[int] = (),
    ) -> tuple[Hits, NDArray[np.int64]]:
        queries = _ready(queries)
        count, mask = self._rows(allowed, without)
        wanted = min(k, count)
        found = _nothing(len(queries), k)
        few = cosine is None and mask is not None and count * 2 < len(mask)
        seen = scan(
            self._matrix(),
            queries,
            wanted,
            rows=np.flatnonzero(mask) if few and mask is not None else None,
            aside=None if few or mask is None else ~mask,
            cosine=cosine,
        )
        for row, (query, places, near) in enumerate(zip(queries, seen.nearest, seen.scores, strict=True)):
            places = self._thinned(places, near, wanted)
            keys, scores = self._keys[places], self._exact(query, places)
            order = np.lexsort((keys, -scores))[:wanted]
            found.numbers[row, :wanted] = keys[order] // _ORDINALS
            found.ordinals[row, :wanted] = keys[order] % _ORDINALS
            found.scores[row, :wanted] = scores[order]
        return found, self._documents(seen.near)

    def _thinned(self, places: NDArray[np.intp], near: NDArray[np.float32], wanted: int) -> NDArray[np.intp]:
        """Keep of a sentence that very many documents hold, word for word, as many as are asked for, first keys first.

        All of them are equally near, so the others would only be scored to be left out again.
        """
        kept: list[NDArray[np.intp]] = []
        while len(places) > _MANY * wanted:
            same = (self._matrix()[places] == self._matrix()[places[near.argmax()]]).all(axis=1)
            if same.sum() <= wanted:
                break
            again = places[same]
            kept.append(again[np.argpartition(self._keys[again], wanted)[:wanted]])
            places, near = places[~same], near[~same]
        return np.concatenate([*kept, places])

    def _documents(self, rows: Sequence[NDArray[np.intp]]) -> NDArray[np.int64]:
        """Count the documents that some rows belong to, for each query."""
        return np.array([len(np.unique(self._keys[each] // _ORDINALS)) for each in rows], dtype=np.int64)

    def _matrix(self) -> NDArray[np.float32]:
        """View faiss's own memory as an array of shape (passages, dimension)."""
        import faiss

        if self._index.ntotal == 0:
            return np.zeros((0, self._index.d), dtype=np.float32)
        rows = faiss.rev_swig_ptr(self._index.get_xb(), self._index.ntotal * self._index.d)
        return np.asarray(rows, dtype=np.float32).reshape(self._index.ntotal, self._index.d)

    def _exact(self, query: NDArray[np.float32], places: NDArray[np.intp]) -> NDArray[np.float32]:
        scores = (self._matrix()[places].astype(np.float64) * query.astype(np.float64)).sum(axis=1)
        return np.asarray(np.round(scores, 6), dtype=np.float32)


def keys_path(path: Path) -> Path:
    """Return where the keys of an index file are."""
    return path.with_suffix(".keys.npy")


def _ready(queries: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(queries, dtype=np.float32)


def _nothing(queries: int, k: int) -> Hits:
    return Hits(
        np.full((queries, k), -1, dtype=np.int64),
        np.full((queries, k), -1, dtype=np.int64),
        np.full((queries, k), -np.inf, dtype=np.float32),
    )
