"""Single characters and pairs of characters as numbers: 退货 and 退货难, 除颤仪 and 除颤器 share them, words do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.text.shingles import bare

_SHIFT = 21  # a character's number has at most 21 bits


def characters(text: str) -> NDArray[np.int64]:
    """Return the numbers of a normalised text's characters, punctuation left out, in text order."""
    return np.frombuffer(bare(text).encode("utf-32-le", "replace"), dtype="<u4").astype(np.int64)


def pairs(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number each pair of neighbouring characters; never the number of a single character.

    :param codes: as `characters` returns them, shape (n,).
    :return: int64, shape (max(0, n - 1),).
    """
    return (codes[:-1] << _SHIFT) | codes[1:] if len(codes) > 1 else codes[:0]


def counted(wanted: NDArray[np.int64], texts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Count in each text how often each wanted gram stands there; all in one pass.

    :param wanted: distinct grams, ascending, shape (g,).
    :return: shape (len(texts), g).
    """
    table = np.zeros((len(texts), len(wanted)), dtype=np.int64)
    if table.size:
        flat = np.concatenate(texts)
        owner = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
        at = np.minimum(np.searchsorted(wanted, flat), len(wanted) - 1)
        held = wanted[at] == flat
        cells = np.bincount(owner[held] * len(wanted) + at[held], minlength=table.size)
        table = cells.astype(np.int64).reshape(table.shape)
    return table
