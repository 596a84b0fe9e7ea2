"""Sampled 3-grams of many texts at once: the same numbers as one text after the other, at a fraction of the cost."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from xiansuo.index.terms import ONE_GRAM_IN, gram_terms
from xiansuo.text.shingles import SIZE, mixed

# Capitals whose small letters depend on their neighbours or are two: texts with them are read one by one.
_ODD = "\u0130", "\u03a3"
_BATCH = 1_000


def gram_terms_of(texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    """Sample the 3-grams of normalised texts, each as `gram_terms` does: distinct, ascending."""
    return [terms for start in range(0, len(texts), _BATCH) for terms in _together(texts[start : start + _BATCH])]


def _together(texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    codes = [np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4") for text in texts]
    small = _small()[np.concatenate(codes)]
    kept = small != 0
    ends = np.append(0, kept.cumsum())[np.cumsum([len(each) for each in codes])]
    letters = small[kept]
    if len(letters) < SIZE:
        return [gram_terms(text) for text in texts]
    grams = mixed(letters)
    # A gram belongs to the text in which it begins, and to none where it reaches into the next one.
    chosen = np.flatnonzero(grams % np.uint32(ONE_GRAM_IN) == 0)
    owner = np.searchsorted(ends, chosen, side="right")
    whole = chosen + SIZE <= ends[owner]
    keys = np.sort(owner[whole].astype(np.uint64) << np.uint64(32) | grams[chosen[whole]])
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    edges = np.searchsorted(keys, np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    found = keys.astype(np.uint32)
    return [
        gram_terms(text) if any(odd in text for odd in _ODD) else found[low:high]
        for text, low, high in zip(texts, edges, edges[1:], strict=False)
    ]


@cache
def _small() -> NDArray[np.uint32]:
    """Map each code point to its small letter, and to 0 what `bare` leaves out."""
    small = np.zeros(sys.maxunicode + 1, dtype=np.uint32)
    for code in range(len(small)):
        if chr(code).isalnum():
            small[code] = ord(chr(code).lower()[0])
    return small
