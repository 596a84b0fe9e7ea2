"""The seam for vector search: faiss here, pgvector there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found for q queries, best first, k columns; places without a hit have number -1 and score -inf.

    `numbers` int64 (q, k): the documents. `ordinals` int64 (q, k): which passage of the document.
    `scores` float32 (q, k): cosine.
    """

    numbers: NDArray[np.int64]
    ordinals: NDArray[np.int64]
    scores: NDArray[np.float32]


class VectorIndex(Protocol):
    """Passage vectors with their documents' numbers."""

    @property
    def model(self) -> str:
        """Id of the encoder whose vectors are in here; it takes no others."""
        ...

    def put(self, number: int, matrix: NDArray[np.float32], model: str) -> None:
        """Set the passages of one document, shape (n, dimension), replacing what it had.

        :raises ModelMismatch: the vectors are another model's.
        """
        ...

    def delete(self, numbers: Collection[int]) -> None:
        """Forget these documents; unknown ones are no error."""
        ...

    def search(
        self, queries: NDArray[np.float32], k: int, *, model: str, allowed: Collection[int] | None = None
    ) -> Hits:
        """Find the k nearest passages of each query, among all documents or the allowed ones.

        :raises ModelMismatch: the queries are another model's.
        """
        ...

    def spread(
        self, queries: NDArray[np.float32], cosine: float, *, allowed: Collection[int] | None = None
    ) -> NDArray[np.int64]:
        """Count for each query the documents that hold a passage at least so near to it; int64 (q,)."""
        ...

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
        """Do `search` among the allowed documents and `spread` among all of them, at the cost of one.

        :param without: documents that the search leaves out, be they allowed or not.
        :raises ModelMismatch: the queries are another model's.
        """
        ...

    def centre(self, allowed: Collection[int] | None = None) -> NDArray[np.float32]:
        """Return the mean of all passages, or those of some documents: what all of them have in common.

        :return: shape (dimension,), shrunk towards zero while there are few passages.
        """
        ...
