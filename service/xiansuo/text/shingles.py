"""Character 3-grams as stable 32-bit numbers: what two copies of a text have in common."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

SIZE = 3
_NOISE = re.compile(r"[\W_]+")
# Odd multipliers of a multiplicative hash (Knuth, TAOCP 3, 6.4): cheap, and the same on every machine.
_M1, _M2, _M3, _MIX = (np.uint32(m) for m in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))


def bare(text: str) -> str:
    """Lower-case text without blanks and punctuation, which copies change freely."""
    return _NOISE.sub("", text).lower()


def shingles(text: str) -> NDArray[np.uint32]:
    """Hash every 3-gram of a normalised text without its punctuation.

    :return: uint32 array, shape (max(0, n - 2),), in text order, repeats kept.
    """
    codes = np.frombuffer(bare(text).encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint32)
    if len(codes) < SIZE:
        return np.zeros(0, dtype=np.uint32)
    return mixed(codes)


def mixed(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Hash every three neighbours of some letters, given by their code points; shape (n,) in, (n - 2,) out."""
    grams = codes[:-2] * _M1 + codes[1:-1] * _M2 + codes[2:] * _M3
    grams ^= grams >> np.uint32(15)
    grams *= _MIX
    grams ^= grams >> np.uint32(13)
    return np.asarray(grams, dtype=np.uint32)


def sampled(grams: NDArray[np.uint32], one_in: int) -> NDArray[np.uint32]:
    """Keep the distinct grams whose number falls into one of `one_in` classes: the same ones in every text."""
    return np.unique(grams[grams % np.uint32(one_in) == 0])
