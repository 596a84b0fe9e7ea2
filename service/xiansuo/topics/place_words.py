"""Which words belong to the names of places: they tell where a matter is and not what it is about.

Names are found by their form (see `sites`) and stand in a text as words cut in any way: 望潮嘉园 is 望潮 and 嘉园. A
word counts as a place's if in a good part of the texts that have it, it is cut out of the name of the place they are
about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from xiansuo.index.terms import hashed
from xiansuo.topics.bag import COLUMNS
from xiansuo.topics.sites import Site

# Part of a word's texts in which it must stand in the name; a text is about few of the places that it names.
_PART = 0.3
_LONGEST = 4
_HASHES_OF_A_COLUMN = 2**32 // COLUMNS


def place_words(words: csr_matrix, sites: Sequence[Site]) -> NDArray[np.int64]:
    """Find the columns of such words, ascending.

    :param words: texts as in `Texts`, (n, COLUMNS).
    :param sites: where each of them is.
    """
    cut = [hashed(sorted(set(_cuttings(site)))) // _HASHES_OF_A_COLUMN for site in sites]
    rows = np.repeat(np.arange(len(sites)), [len(each) for each in cut])
    named = np.unique(rows * COLUMNS + np.concatenate([*cut, np.zeros(0, np.uint32)]).astype(np.int64))
    own = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr)) * COLUMNS + words.indices
    columns, told = np.unique(np.intersect1d(named, own, assume_unique=True) % COLUMNS, return_counts=True)
    spread = np.bincount(words.indices, minlength=COLUMNS)
    return np.asarray(columns[told >= _PART * spread[columns]], dtype=np.int64)


def _cuttings(site: Site) -> Iterator[str]:
    """Cut all words out of a text that hold a part of a name, or begin right before it and end in it."""
    for name in sorted(site.places):
        at = site.text.find(name)
        # What stands behind the first two characters of a longer name is the kind of institution.
        for start in range(max(0, at - 1), at + 2):
            for end in range(max(start + 2, at + 1), start + _LONGEST + 1):
                yield site.text[start:end]
