"""A heat map of gaps: complete, offline, the same bytes every time, and safe with what others wrote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.export.pictures import needs_font
from xiansuo.desk.gap_board import GapBoard
from xiansuo.errors import FormatUnsupported
from xiansuo.export.drawing import Box, Words
from xiansuo.export.gap_map import gap_drawing, heat_map, shade, write_gap_drawing
from xiansuo.recommend.gap_table import rows
from xiansuo.recommend.gaps import Reported
from xiansuo.records import WorkTheme

NOW = dt.date(2026, 11, 1)
HOSTILE = "\"'><script>alert(1)</script>{{ 7*7 }}"


def board(columns: tuple[str, ...] = ("甲站", "乙站"), name: str = "养老服务") -> GapBoard:
    themes = [WorkTheme(id="T1", name=name, weight=5), WorkTheme(id="T2", name="海上风电", weight=3)]
    found = [Reported("a", "T1", NOW, True, False, True), Reported("b", "T2", None, False, False, False)]
    made = rows(themes, found, {"a": columns[0]} if columns else {}, columns, NOW)
    return GapBoard(NOW, "2026", "unit", columns, columns, tuple(made), 2, 3, 1, NOW, ("说明一句。",))


EMPTY = replace(board(()), rows=(), notes=("还没有中心工作清单。",))


@pytest.mark.parametrize("count", [0, 1, 2, 12, 60])
def test_every_theme_and_column_is_drawn_within_the_sheet(count: int) -> None:
    columns = tuple(f"第{place}联络站" for place in range(count))
    drawing = heat_map(board(columns))
    shapes = [shape for group in drawing.groups for shape in group.shapes]
    told = [shape.told for shape in shapes if isinstance(shape, Box)]
    for name in ("养老服务", "海上风电"):
        assert sum(each.startswith(f"{name}，") for each in told) == count
    for shape in shapes:
        assert 0 <= shape.x <= drawing.width
        assert 0 <= shape.y <= drawing.height
        if isinstance(shape, Box):
            assert shape.width > 0
            assert shape.x + shape.width <= drawing.width


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = gap_drawing(board(name=HOSTILE, columns=(HOSTILE,)), "html").decode()
    assert "<script" not in page
    assert "49" not in page.replace("#c24e12", "").split("<body>")[0]
    assert all(outside not in page for outside in ("http://", "https://", "src="))
    assert "default-src 'none'" in page
    assert "说明一句。" in page


def test_the_same_board_gives_the_same_bytes() -> None:
    assert gap_drawing(board(), "html") == gap_drawing(board(), "html")


@needs_font
def test_a_picture_is_painted(tmp_path: Path) -> None:
    for made in (board(), board(()), EMPTY):
        write_gap_drawing(made, tmp_path / "空白.png")
        assert (tmp_path / "空白.png").read_bytes().startswith(b"\x89PNG")
    assert gap_drawing(board(), "png") == gap_drawing(board(), "png")


def test_an_empty_board_says_why() -> None:
    assert "还没有中心工作清单。" in gap_drawing(EMPTY, "html").decode()
    words = [shape.text for group in heat_map(EMPTY).groups for shape in group.shapes if isinstance(shape, Words)]
    assert words == ["还没有中心工作清单。"]


def test_emptier_is_darker() -> None:
    shades = [shade(size / 20) for size in range(21)]
    assert shades == sorted(shades)
    assert (shade(None), shades[0], shades[1], shades[-1]) == (0, 0, 1, 5)


def test_other_formats_are_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(FormatUnsupported, match="空白图"):
        write_gap_drawing(board(), tmp_path / "空白.pdf")
