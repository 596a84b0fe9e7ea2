"""Candidates for all pairs at once are those that each text would find by itself."""

from __future__ import annotations

import numpy as np

from tests import matters
from tests.conftest import GramEncoder
from xiansuo.dedup.joins import candidate_pairs, lexical_pairs, meanings_of, nearest_pairs
from xiansuo.dedup.pairs import Pairs, united
from xiansuo.embed.rows import unit_rows
from xiansuo.index.terms import gram_terms

RANDOM = np.random.default_rng(5)
VECTORS = unit_rows(RANDOM.standard_normal((90, 24)))


def told(found: Pairs) -> list[tuple[int, int, float]]:
    return list(zip(found.left.tolist(), found.right.tolist(), found.score.tolist(), strict=True))


def test_each_row_has_its_nearest() -> None:
    found = {(a, b) for a, b, _ in told(nearest_pairs(VECTORS, 4))}
    cosine = VECTORS.astype(np.float64) @ VECTORS.astype(np.float64).T
    np.fill_diagonal(cosine, -2)
    wanted = {tuple(sorted((row, int(col)))) for row in range(90) for col in np.argsort(-cosine[row])[:4]}
    assert found == wanted
    assert all(score > 0.5 for *_, score in told(nearest_pairs(VECTORS, 4, cosine=0.5)))


def test_slices_add_up_to_the_whole() -> None:
    terms = [np.unique(RANDOM.integers(0, 200, 30).astype(np.uint32)) for _ in range(90)]
    parts = [candidate_pairs(terms, VECTORS, VECTORS[:, ::-1], rows=slice(a, a + 40)) for a in (0, 40, 80)]
    assert told(united(*parts)) == told(candidate_pairs(terms, VECTORS, VECTORS[:, ::-1]))


def test_copies_share_their_terms() -> None:
    terms = [gram_terms(row["text"]) for row in matters.ALL]
    terms.append(gram_terms("转来的信：" + matters.WATER["text"]))
    (first, *_) = sorted(told(lexical_pairs(terms, 3)), key=lambda pair: -pair[2])
    assert first[:2] == (3, 6)
    assert first[2] > 0.9


def test_a_text_means_what_its_telling_sentences_say() -> None:
    encoder = GramEncoder()
    matrix = encoder.encode(["路灯不亮", "各级领导高度重视", "电梯停运", "各级领导高度重视"])
    counts, centre = np.array([2, 2]), np.zeros(64, dtype=np.float32)
    apart = meanings_of(matrix, counts, np.array([1, 0.0, 1, 0]), centre)
    together = meanings_of(matrix, counts, np.array([0, 1.0, 0, 1]), centre)
    assert apart[0] @ apart[1] < 0.2
    assert together[0] @ together[1] > 0.99
    assert meanings_of(matrix[:0], counts[:0], np.zeros(0), centre).shape == (0, 64)
