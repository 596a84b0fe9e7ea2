"""The coloured draft: its paragraphs tile it, and their shares count letters that anybody can count again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.dedup.paragraphs import cover, level, paragraph_spans

drafts = st.text("路灯坏了，。\n 　\t", max_size=50)
spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: tuple(sorted(pair))), max_size=4)


@given(text=drafts)
def test_paragraphs_tile_the_draft(text: str) -> None:
    found = paragraph_spans(text)
    assert "".join(text[start:end] for start, end in found) == text
    assert all(start < end for start, end in found)
    if text.strip():
        assert len(found) == sum(bool(line.strip()) for line in text.split("\n"))


@given(text=drafts, own=spans, runs=st.dictionaries(st.sampled_from("甲乙丙"), spans))
def test_shares_are_those_of_a_slow_count(
    text: str, own: list[tuple[int, int]], runs: dict[str, list[tuple[int, int]]]
) -> None:
    def inside(i: int, some: list[tuple[int, int]]) -> bool:
        return any(start <= i < end for start, end in some)

    found = cover(text, own, runs)
    counted = [i for i, char in enumerate(text) if char.isalnum() and inside(i, own)]
    copied = [i for i in counted if any(inside(i, some) for some in runs.values())]
    assert found.copied_share == pytest.approx(len(copied) / max(1, len(counted)), abs=1e-4)
    for each in found.paragraphs:
        start, end = each.span
        here = [i for i in counted if start <= i < end]
        there = [i for i in copied if start <= i < end]
        assert each.copied_share == pytest.approx(len(there) / max(1, len(here)), abs=1e-4)
        assert each.level == level(each.copied_share)
        assert 0 <= each.stock <= 1
        most = max((sum(inside(i, some) for i in here) for some in runs.values()), default=0)
        assert bool(each.match) == bool(most)
        if most:
            assert sum(inside(i, runs[each.match]) for i in here) == most


def test_the_colours_are_the_usual_ones() -> None:
    assert [level(share) for share in (0, 0.39, 0.4, 0.69, 0.7, 1)] == ["none", "none", "some", "some", "high", "high"]


def test_of_two_matches_that_hold_as_much_the_better_is_named() -> None:
    found = cover("路灯坏了", [(0, 4)], {"乙": [(0, 4)], "甲": [(0, 4)]})
    assert found.paragraphs[0].match == "乙"


def test_names_of_documents_can_be_left_out_of_the_count() -> None:
    text = "按照《关于推进社区食堂建设的指导意见》，我们去看了九个点。"
    end = text.index("》") + 1
    for run, counted, without in (((2, end), 15, 0), ((2, end + 2), 16, 1)):
        assert cover(text, [(0, len(text))], {"甲": [run]}).copied_share == round(counted / 25, 4)
        assert cover(text, [(0, len(text))], {"甲": [run]}, without_quoted=True).copied_share == round(without / 10, 4)
