"""The lexical index over 100,000 documents full of stock phrases: planted near copies are found, and built quickly.

Against rensa's MinHash LSH, over the same texts and with the fewest bands that find as many of the copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from tests.benchmarks.archive import bodies, near_copy
from tests.benchmarks.race import race, table, wanted
from xiansuo.index.grams import gram_terms_of
from xiansuo.index.lexical import LexicalIndex
from xiansuo.index.terms import gram_terms
from xiansuo.text.normalise import normalise
from xiansuo.text.shingles import bare

pytestmark = pytest.mark.benchmark

_WANTED, _FLOOR = 4, 2
_DOCUMENTS, _LENGTH, _COPIES = 100_000, 200, 1_000
_LEAST = 0.99
# From this share of its weight a document counts as found; unrelated texts share what the genre says.
_SHARE = 0.45
# Permutations and bands, from the most selective on.
_BANDS = ((128, 32), (126, 42), (128, 64))

_Planted = list[tuple[int, str]]


@pytest.fixture(scope="module")
def written() -> list[str]:
    return list(bodies(_DOCUMENTS, _LENGTH))


@pytest.fixture(scope="module")
def texts(written: list[str]) -> list[str]:
    return [normalise(body).text for body in written]


@pytest.fixture(scope="module")
def planted(written: list[str]) -> _Planted:
    """Near copies of some documents, each with the place of what it was made from."""
    places = sorted(np.random.default_rng(11).choice(_DOCUMENTS, _COPIES, replace=False).tolist())
    return [(place, normalise(near_copy(written[place], place)).text) for place in places]


@pytest.fixture(scope="module")
def others() -> list[str]:
    """Texts of the same sort that nothing in the archive was made from."""
    return [normalise(body).text for body in bodies(_COPIES, _LENGTH, seed=99)]


def test_copies_are_found(texts: list[str], planted: _Planted, others: list[str]) -> None:
    recall, precision = _measured(_built(texts), planted, others)
    said = f"recall {recall:.4f}, precision {precision:.4f}"
    table(f"{_COPIES:,} near copies planted among {len(texts):,} documents: {said}", {}, "")
    assert recall >= _LEAST
    assert precision >= _LEAST


def test_build(texts: list[str], planted: _Planted, others: list[str]) -> None:
    rensa = pytest.importorskip("rensa", reason="rensa is not installed: pip install rensa")
    least = min(_LEAST, _measured(_built(texts), planted, others)[0])
    tried = []
    for permutations, bands in _BANDS:
        found, brought = _asked(rensa, _sketched(rensa, texts, permutations, bands), permutations, planted)
        setting = f"rensa, {permutations} permutations, {bands} bands"
        tried.append(f"{setting}: recall {found:.4f}, {brought:,.0f} candidates a copy")
        if found >= least:
            break
    else:
        pytest.fail("rensa finds as many with none of these settings")
    sides: dict[str, Callable[[], object]] = {
        setting: lambda: _sketched(rensa, texts, permutations, bands),
        "LexicalIndex": lambda: _built(texts),
    }
    seconds = race(sides, rounds=3)
    ratio = seconds[setting] / seconds["LexicalIndex"]
    characters = sum(map(len, texts))
    table(f"Build, {len(texts):,} texts, {characters:,} characters", seconds, setting, *tried, wanted(ratio, _WANTED))
    assert ratio > _FLOOR


def _built(texts: Sequence[str]) -> LexicalIndex:
    index = LexicalIndex()
    for place, terms in enumerate(gram_terms_of(texts)):
        index.put_distinct(place, terms)
    index.documents_with(np.zeros(1, dtype=np.uint32))  # the inverted side is made when first asked
    return index


def _measured(index: LexicalIndex, planted: _Planted, others: Sequence[str]) -> tuple[float, float]:
    """Return recall of the originals, and precision of all that is said to be one."""
    said = [(place, each) for place, text in planted for each, share in _best(index, text) if share >= _SHARE]
    wrong = sum(share >= _SHARE for text in others for _, share in _best(index, text))
    right = sum(place == each for place, each in said)
    return right / len(planted), right / (len(said) + wrong)


def _best(index: LexicalIndex, text: str) -> list[tuple[int, float]]:
    return index.shared(gram_terms(text), 5)


def _sketched(rensa: Any, texts: Sequence[str], permutations: int, bands: int) -> Any:
    """Build rensa's index by its fastest way from texts."""
    index = rensa.RMinHashLSH(threshold=0.5, num_perm=permutations, num_bands=bands)
    index.insert_matrix(rensa.RMinHash.digest_matrix_from_token_sets(list(map(_tokens, texts)), permutations, 42), 0)
    return index


def _asked(rensa: Any, index: Any, permutations: int, planted: _Planted) -> tuple[float, float]:
    """Return how many of the originals are among the candidates, and how many candidates there are for each copy."""
    brought = list(_candidates(rensa, index, permutations, [text for _, text in planted]))
    found = sum(place in each for (place, _), each in zip(planted, brought, strict=True))
    return found / len(planted), sum(map(len, brought)) / len(planted)


def _candidates(rensa: Any, index: Any, permutations: int, texts: Sequence[str]) -> Iterator[list[int]]:
    for text in texts:
        sketch = rensa.RMinHash(permutations, 42)
        sketch.update(_tokens(text))
        yield index.query(sketch)


def _tokens(text: str) -> list[str]:
    letters = bare(text)
    return [letters[i : i + 3] for i in range(len(letters) - 2)]
