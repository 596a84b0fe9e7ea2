"""Characters and their pairs as numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.lookup.grams import characters, counted, pairs
from xiansuo.text.shingles import bare

TEXT = st.text(st.sampled_from("退货难，除颤仪器a1。 \n"), max_size=40)


@given(TEXT, TEXT)
def test_each_gram_is_counted_as_often_as_it_stands_there(asked: str, text: str) -> None:
    told = bare(text)
    for grams, length in ((characters, 1), (lambda part: pairs(characters(part)), 2)):
        wanted = np.unique(grams(asked))
        found = counted(wanted, [grams(text), grams("")])
        names = sorted({bare(asked)[i : i + length] for i in range(len(bare(asked)) - length + 1)})
        expected = [sum(told.startswith(name, i) for i in range(len(told))) for name in names]
        assert sorted(found[0].tolist()) == sorted(expected)
        assert not found[1].any()


@given(TEXT)
def test_a_pair_is_never_taken_for_a_character(text: str) -> None:
    codes = characters(text)
    assert not set(pairs(codes).tolist()) & set(codes.tolist())
