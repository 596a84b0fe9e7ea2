"""Lexical search: copies share rare grams, lookup shares rare words."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import rows, texts
from xiansuo.index.lexical import LexicalIndex
from xiansuo.index.terms import gram_terms, hashed, word_terms
from xiansuo.text.normalise import normalise
from xiansuo.text.segment import segmenter

TERMS = st.lists(st.integers(1, 20), max_size=12).map(lambda terms: np.array(terms, np.uint32))


def index_of(documents: dict[int, np.ndarray]) -> LexicalIndex:
    index = LexicalIndex()
    for number, terms in documents.items():
        index.put(number, terms)
    return index


@given(st.dictionaries(st.integers(1, 30), TERMS, max_size=10), TERMS)
def test_shared_is_the_idf_weight_of_what_both_hold(documents: dict[int, np.ndarray], query: np.ndarray) -> None:
    index = index_of(documents)
    n = len(documents)

    def idf(term: int) -> float:
        df = sum(term in terms for terms in documents.values())
        return float(np.log1p((n - df + 0.5) / (df + 0.5)))

    wanted = set(query.tolist())
    total = sum(map(idf, wanted))
    expected = {
        number: round(sum(idf(t) for t in wanted & set(terms.tolist())) / total, 6)
        for number, terms in documents.items()
        if wanted & set(terms.tolist())
    }
    assert dict(index.shared(query, 50)) == pytest.approx({k: v for k, v in expected.items() if v > 0}, abs=2e-6)


@given(st.dictionaries(st.integers(1, 30), TERMS, max_size=10), TERMS, st.randoms())
def test_order_of_arrival_and_departures_change_nothing(
    documents: dict[int, np.ndarray], query: np.ndarray, random: object
) -> None:
    items = list(documents.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    index = index_of({**dict(items), 99: np.array([1, 2], np.uint32)})
    index.delete([99, 98])
    plain = index_of(documents)
    assert index.shared(query, 3) == plain.shared(query, 3)
    assert index.relevance(query, 3) == plain.relevance(query, 3)


def test_a_copy_among_real_texts_is_found_with_most_of_its_weight() -> None:
    planted = {side for pair in rows("gold/pairs.jsonl") for side in (pair["a"], pair["b"])}
    alone = [i for i, row in enumerate(rows("documents.jsonl")) if row["id"] not in planted]
    index = index_of({i: gram_terms(normalise(body).text) for i, body in enumerate(texts())})
    for i in alone[::7]:
        clauses = texts()[i].split("，")
        shuffled = "，".join(clauses[1::2] + clauses[::2])
        (number, share), (_, second), *_ = index.shared(gram_terms(normalise(shuffled).text), 3)
        assert number == i
        assert share > 0.6 > 0.3 > second


def test_lookup_prefers_rare_words() -> None:
    words = segmenter()
    index = index_of({i: word_terms("", normalise(body).text, words) for i, body in enumerate(texts())})
    best = index.relevance(hashed(words.words("互花米草")), 5)
    assert best
    assert all("互花米草" in texts()[number] for number, _ in best)
    assert index.relevance(hashed(["没有这个词"]), 5) == []
    assert index.relevance(hashed(["，", "。"]), 5) == []


def test_filters_and_disk(tmp_path: Path) -> None:
    index = index_of({1: np.array([1, 2], np.uint32), 2: np.array([1, 3, 3], np.uint32)})
    assert [n for n, _ in index.shared(np.array([1], np.uint32), 5, allowed=[2])] == [2]
    assert [n for n, _ in index.shared(np.array([1], np.uint32), 5, without=[2, 9])] == [1]
    assert index.shared(np.array([1], np.uint32), 5, allowed=[2], without=[2]) == []
    assert (2 in index, 9 in index) == (True, False)
    index.save(tmp_path / "l.npz")
    again = LexicalIndex.load(tmp_path / "l.npz")
    assert again.terms_of(2)[1].tolist() == [1, 2]
    assert again.relevance(np.array([3], np.uint32), 5) == index.relevance(np.array([3], np.uint32), 5)
    LexicalIndex().save(tmp_path / "empty.npz")
    assert len(LexicalIndex.load(tmp_path / "empty.npz")) == 0
