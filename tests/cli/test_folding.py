"""Folded Chinese: nothing lost, lines that fit and are full, numbers and ids whole, no stop at the head of a line."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from xiansuo.cli.folding import fold

TOLD = "要去了解：这 10 篇没有提到云岭区、望潮区、砚山县，依据《完善水产养殖保险体系》（S2026-096）。"


@given(st.text("汐州 12S-，。“”《》（）\n", max_size=80), st.integers(8, 40))
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    folded = fold(text, width)
    assert all(cell_len(line) <= width for line in folded.split("\n"))
    assert re.sub(r"\s", "", folded) == re.sub(r"\s", "", text)


@given(st.integers(24, 80))
def test_ids_are_whole_and_no_stop_begins_a_line(width: int) -> None:
    lines = fold(TOLD, width).split("\n")
    assert any("S2026-096" in line for line in lines)
    assert not any(line.startswith(tuple("，、。）》")) for line in lines)


def test_a_number_between_blanks_does_not_end_a_line_early() -> None:
    first, *_ = fold(TOLD, 40).split("\n")
    assert cell_len(first) >= 36
