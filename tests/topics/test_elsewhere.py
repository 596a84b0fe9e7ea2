"""Of many pairs at once the same is told as of each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import texts
from xiansuo.topics import elsewhere
from xiansuo.topics.elsewhere import all_apart
from xiansuo.topics.sites import NOWHERE, Site, apart, site_of

GROUNDS = ["盐仓里小区", "海棠湾小区", "青山雅苑", "云水名邸", "A3区万润", "柳荫镇桥头", "多个楼盘", ""]
ISSUES = ["油烟扰民", "地下车库积水无人处理", "地下车库积水无人处理多次反映" * 5, "", "的"]


def told(sites: list[Site]) -> tuple[list[bool], list[bool]]:
    left, right = (each.ravel() for each in np.indices((len(sites), len(sites))))
    ends = zip(left.tolist(), right.tolist(), strict=True)
    return all_apart(sites, left, right).tolist(), [apart(sites[one], sites[other]) for one, other in ends]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(GROUNDS), st.sampled_from(ISSUES), st.lists(st.sampled_from(GROUNDS), max_size=3)),
        max_size=12,
    )
)
def test_titles_and_places_of_all_kinds(drawn: list[tuple[str, str, list[str]]]) -> None:
    found, expected = told([NOWHERE, *(site_of(where + what, "，".join(named)) for where, what, named in drawn)])
    assert found == expected


def test_real_texts_and_however_they_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [text for _, text in zip(range(40), texts(), strict=False)]
    sites = [site_of(text[:20], text) for text in some]
    sites += [site_of(f"{where}{what}", text) for where in GROUNDS for what, text in zip(ISSUES, some, strict=False)]
    found, expected = told(sites)
    assert found == expected
    assert {True, False} == set(found)
    monkeypatch.setattr(elsewhere, "_PAIRS", 7)
    monkeypatch.setattr(elsewhere, "_WIDE", 5)
    assert told(sites)[0] == expected


def test_no_pairs_are_no_error() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert all_apart([], none, none).shape == (0,)
