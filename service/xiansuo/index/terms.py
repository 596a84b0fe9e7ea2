"""What the two lexical indexes hold of a document: sampled 3-grams for copies, words for lookup."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter
from xiansuo.text.shingles import sampled, shingles

ONE_GRAM_IN = 8
"""Share of 3-grams kept: one in eight finds every planted near-copy and costs an eighth."""

TITLE_COUNTS = 3
"""A word of the title counts as often as this many in the body."""

_WORDY = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


def word_terms(title: str, text: str, segmenter: Segmenter) -> NDArray[np.uint32]:
    """Return the words of a document with a normalised body, repeats kept."""
    return hashed(segmenter.words(text) + segmenter.words(normalise(title).text) * TITLE_COUNTS)


def gram_terms(text: str) -> NDArray[np.uint32]:
    """Sample the 3-grams of a normalised text: distinct, ascending, and the same ones are kept in every text."""
    return sampled(shingles(text), ONE_GRAM_IN)


def hashed(words: Iterable[str]) -> NDArray[np.uint32]:
    """Hash words that hold a letter, digit or character; others are left out."""
    codes = np.fromiter(map(_hashed, words), dtype=np.uint32)
    return np.asarray(codes[codes != 0], dtype=np.uint32)


@cache
def _hashed(word: str) -> int:
    if not _WORDY.search(word):
        return 0
    return int.from_bytes(hashlib.blake2b(word.lower().encode(), digest_size=4).digest(), "little") | 1
