"""Gaps as a heat map: themes as rows, columns of time, units and the like; darker is emptier."""

from __future__ import annotations

from pathlib import Path

from xiansuo.desk.gap_board import BY_LABELS, GapBoard
from xiansuo.errors import FormatUnsupported
from xiansuo.export.drawing import Box, Drawing, Group, Shape, Words, moved
from xiansuo.export.html import environment
from xiansuo.export.lettering import ems, in_width, shortened
from xiansuo.export.palette import GREY, INK, RULE
from xiansuo.export.saving import save
from xiansuo.recommend.gap_table import Cell, Row

EMPTY = "还没有可以画的空白。"
_NOTE = (
    "格子里是有关材料的篇数，采用的篇数写在加号后面；颜色越深，与权重相比写得、采用得越少；"
    "“—”表示那一列没有任何有关材料。"
)
SHADES = ("#ffffff", "#fdeee2", "#fbd3b4", "#f6a978", "#e77a3f", "#c24e12")
"""Colours of gaps, from none to the widest."""

DARK = 4
"""From this shade on, words on it are white."""

_NAMES, _FIGURES, _RIGHT = 236.0, 118.0, 12.0
_HEIGHT, _HEAD, _LEAST, _MOST = 34.0, 64.0, 38.0, 96.0
_ROOM = 760.0
_FORMATS = (".html", ".png")


def check_gap_drawing(path: Path) -> None:
    """Refuse a file name whose format cannot be drawn, before any work is done.

    :raises FormatUnsupported: it ends in neither `.html` nor `.png`.
    """
    if path.suffix.lower() not in _FORMATS:
        raise FormatUnsupported(
            f"空白图不能存成“{path.suffix.removeprefix('.')}”。", advice="可用：空白.html、空白.png。"
        )


def write_gap_drawing(board: GapBoard, path: Path) -> None:
    """Draw a board into a file whose name says the format.

    :raises FormatUnsupported: as `gap_drawing`.
    :raises HomeError: the file cannot be written.
    """
    check_gap_drawing(path)
    save(gap_drawing(board, path.suffix.removeprefix(".").lower()), path, "空白图")


def gap_drawing(board: GapBoard, format: str) -> bytes:
    """Draw a board as `html` or `png`; the same board gives the same bytes.

    :raises FormatUnsupported: the format is neither, or no Chinese font is installed for a picture.
    """
    check_gap_drawing(Path(f"空白.{format}"))
    drawing = heat_map(board)
    if format == "png":
        from xiansuo.export.paint import paint

        return paint(_titled(board, drawing))
    page = environment().get_template("gaps.html")
    told = page.render(board=board, title=title_of(board), note=_NOTE, empty=EMPTY, drawing=drawing)
    return told.encode("utf-8", "replace")


def title_of(board: GapBoard) -> str:
    """Call a board by what it shows."""
    return f"中心工作{board.version}的空白（按{BY_LABELS[board.by]}）"


def heat_map(board: GapBoard) -> Drawing:
    """Lay out the map."""
    count = len(board.columns)
    wide = min(_MOST, max(_LEAST, _ROOM / max(1, count)))
    left = _NAMES + _FIGURES
    width = left + wide * count + _RIGHT
    if not board.rows:
        note = board.notes[0] if board.notes else EMPTY
        return Drawing(_ROOM, 60.0, (Group((Words(12.0, 36.0, shortened(note, 48), 14.0, INK),)),))
    groups = [Group(tuple(_head(board, left, wide)))]
    for place, row in enumerate(board.rows):
        top = _HEAD + place * _HEIGHT
        shapes = [*_name(row, top), Box(8.0, top + _HEIGHT - 1, width - 8 - _RIGHT, 1.0, RULE)]
        for column, cell in enumerate(row.cells):
            shapes += _cell(board, row, column, cell, (left + column * wide, top, wide))
        groups.append(Group(tuple(shapes)))
    return Drawing(round(width, 2), _HEAD + _HEIGHT * len(board.rows) + 12, tuple(groups))


def _titled(board: GapBoard, drawing: Drawing) -> Drawing:
    """Put above a map what the page says beside it."""
    made = f"截至 {board.now}　有关材料 {board.documents} 篇"
    lines = in_width(_NOTE, drawing.width - 2 * _RIGHT, 12.0, 3).lines
    words = [Words(8.0, 28.0, title_of(board), 18.0, INK, bold=True), Words(8.0, 50.0, made, 12.0, GREY)]
    words += [Words(8.0, 68.0 + 17 * place, line, 12.0, GREY) for place, line in enumerate(lines)]
    down = 64.0 + 17 * len(lines)
    groups = (Group(tuple(words)), *moved(drawing.groups, 0, down))
    return Drawing(drawing.width, drawing.height + down, groups)


def shade(size: float | None) -> int:
    """Say how dark a gap is, 0 to 5; what nothing can be said of is white."""
    return 0 if size is None else min(len(SHADES) - 1, round(size * (len(SHADES) - 1) + 0.499))


def cell_told(board: GapBoard, row: Row, column: int) -> str:
    """Say in a line what a cell shows."""
    cell = row.cells[column]
    size = "" if cell.size is None else f"，空白 {cell.size:.0%}"
    return (
        f"{row.gap.theme.name}，{board.labels[column]}：{cell.written} 篇，"
        f"采用 {cell.adopted} 篇，有答复 {cell.answered} 篇{size}"
    )


def _head(board: GapBoard, left: float, wide: float) -> list[Shape]:
    shapes: list[Shape] = [
        Words(8.0, _HEAD - 12, "中心工作", 12.0, GREY),
        Words(left - 10, _HEAD - 12, "篇数/采用　空白", 12.0, GREY, "end"),
    ]
    for place, label in enumerate(board.labels):
        lines = in_width(label, wide - 4, 11.0, 4)
        middle = left + (place + 0.5) * wide
        # The last line of each stands on the same height.
        for line, text in enumerate(lines.lines):
            y = _HEAD - 12 - (len(lines.lines) - 1 - line) * 13
            shapes.append(Words(round(middle, 2), y, text, lines.size, GREY, "middle"))
    return shapes


def _name(row: Row, top: float) -> list[Shape]:
    gap = row.gap
    name = in_width(gap.theme.name, _NAMES - 16, 13.0, 1)
    figures = f"{len(gap.documents)}/{gap.adopted}"
    told = f"{gap.theme.name}：权重占 {gap.asked:.0%}，材料占 {gap.written:.0%}。{row.standing}"
    end = _NAMES + _FIGURES
    filled = round(44.0 * gap.size, 2)
    return [
        Box(4.0, top, _NAMES + _FIGURES - 8, _HEIGHT - 1, "#ffffff", told),
        Words(8.0, top + 22, name.lines[0], name.size, INK),
        Words(end - 62, top + 22, figures, 12.0, GREY, "end"),
        Box(end - 54, top + 11, 44.0, 12.0, "#eef0f3"),
        *([Box(end - 54, top + 11, filled, 12.0, SHADES[-1])] if filled >= 1 else []),
    ]


def _cell(board: GapBoard, row: Row, column: int, cell: Cell, at: tuple[float, float, float]) -> list[Shape]:
    x, top, wide = at
    dark = shade(cell.size)
    adopted = f"+{cell.adopted}" if cell.adopted else ""
    text = "—" if cell.size is None else f"{cell.written}{adopted}"
    if ems(text) * 12 > wide - 4:
        text = str(cell.written)
    fill = SHADES[dark]
    colour = "#ffffff" if dark >= DARK else (INK if cell.written else GREY)
    return [
        Box(round(x + 1, 2), top + 1, round(wide - 2, 2), _HEIGHT - 3, fill, cell_told(board, row, column)),
        Words(round(x + wide / 2, 2), top + 22, text, 12.0, colour, "middle"),
    ]
