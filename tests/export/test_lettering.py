"""Names break into lines that stay where they belong."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.export.lettering import LEADING, ems, in_circle, in_width, shortened

TEXT = st.text(st.sampled_from("老旧小区加装电梯停车难，（）。abW 12"), max_size=40)


@given(TEXT, st.floats(8, 120))
def test_no_line_leaves_its_circle(text: str, radius: float) -> None:
    made = in_circle(text, radius, (16.0, 12.0, 10.0))
    if made is None:
        assert radius < 60 or not text.strip()
        return
    assert "".join(made.lines).replace(" ", "") == shortened(text).replace(" ", "")
    middle = (len(made.lines) - 1) / 2
    for place, line in enumerate(made.lines):
        corner = abs(place - middle) * LEADING + 0.5
        assert math.hypot(ems(line) * made.size / 2, corner * made.size) <= radius + 1e-9


@given(TEXT, st.floats(20, 300), st.integers(1, 3))
def test_no_line_is_wider_than_its_column(text: str, width: float, most: int) -> None:
    made = in_width(text, width, 12.0, most)
    assert made.width <= max(width, 24.0)
    assert len(made.lines) <= most
    assert made.lines[-1].endswith("…") or "".join(made.lines).replace(" ", "") == "".join(text.split())


def test_lines_break_between_words_and_never_before_a_comma() -> None:
    made = in_circle("村级幸福食堂靠捐款维持", 40, (12.0,))
    assert made is not None
    assert [line for line in made.lines if line.startswith("福") or line.endswith("幸")] == []
    assert in_width("水厂水质不好，村民意见大", 12 * 6, 12.0, 3).lines[1][0] != "，"


def test_a_name_is_as_large_as_its_circle_lets_it() -> None:
    sizes = [made.size for radius in (22, 30, 90) if (made := in_circle("公交班次", radius, (16.0, 13.0, 10.0)))]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] == 16
    assert in_circle("公交班次", 8, (16.0, 13.0, 10.0)) is None


@pytest.mark.parametrize("text", ["", "a" * 300, "字" * 300, "https" + "x" * 90 + "路口"])
def test_any_text_can_be_broken(text: str) -> None:
    assert in_width(text, 100, 12.0, 2).width <= 100
    assert ems(shortened(text)) <= 32
