"""3-grams of many texts at once are those of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import texts
from xiansuo.index.grams import gram_terms_of
from xiansuo.index.terms import gram_terms
from xiansuo.text.normalise import normalise

# Capitals that become two letters or depend on their neighbours, what is no letter, and what needs two UTF-16 units.
_ODD = st.text("路灯坏了修好Aß\u0130\u03a3\u03c3é_，。 \u0000\ud800\U00020000\U0001f600３x", max_size=40)


@given(st.lists(_ODD | st.text(max_size=20), max_size=8))
def test_together_they_read_as_one_by_one(written: list[str]) -> None:
    assert [terms.tolist() for terms in gram_terms_of(written)] == [gram_terms(text).tolist() for text in written]


def test_more_texts_than_are_read_at_once() -> None:
    written = [normalise(text).text for text in texts()] * 4
    together = gram_terms_of(written)
    assert len(together) == len(written) > 1_000
    assert all(terms.tolist() == gram_terms(text).tolist() for terms, text in zip(together, written, strict=True))
