"""What every encoder promises, whatever is inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their cosine.

    An id such as `static-zh@1a2b3c4d5e6f` holds a checksum of the weights: vectors with different
    ids never meet.
    """

    @property
    def id(self) -> str:
        """Name of the encoder and its very weights."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; nothing is cut off, however long.

        :return: float32, shape (n, dimension), every row of length 1; a text in which the encoder
            knows nothing has a row of zeros. A text's row is the same bytes whatever its
            neighbours, its place among them and the number of threads.
        """
        ...
