"""A drawing with all that belongs around it on one sheet: title, day, legend, what the numbers mean, note."""

from __future__ import annotations

from collections.abc import Sequence

from xiansuo.export.drawing import Box, Disc, Drawing, Group, Shape, Words, moved
from xiansuo.export.lettering import LEADING, ems, in_width, shortened
from xiansuo.export.palette import GREY, INK, RULE, THEME_INK, Look, edge_width
from xiansuo.export.picture import Picture, Ranked

_EDGE = 36.0
_NARROWEST = 640.0
_TITLE, _LINE, _SMALL = 26.0, 13.0, 12.0
_KEY_COLUMN, _KEY_ROW = 280.0, 22.0
_ACCENT = "#9e2a2b"


def sheet(
    picture: Picture, body: Drawing, heading: str, notes: Sequence[str], looks: Sequence[Look], key: Sequence[Ranked]
) -> Drawing:
    """Put a drawing on a sheet.

    :param heading: what kind of picture it is.
    :param notes: sentences that stand below.
    :param looks: what the legend explains; none, no legend.
    :param key: topics that are only numbers in the drawing.
    """
    inner = max(body.width, _NARROWEST)
    shapes, y = _head(picture, heading, inner)
    if looks:
        shapes += _legend(looks, y)
        y += 32
    drawn = [*moved(body.groups, (inner - body.width) / 2, y)]
    y += body.height + 14
    if key:
        more, y = _key(key, inner, y)
        shapes += more
    for note in notes:
        lines = in_width(note, inner, _SMALL, 6)
        for line in lines.lines:
            y += _SMALL * 1.5
            shapes.append(Words(0, y, line, _SMALL, GREY))
        y += 4
    groups = moved([Group(tuple(shapes)), *drawn], _EDGE, _EDGE)
    return Drawing(inner + 2 * _EDGE, round(y + 2 * _EDGE, 2), groups)


def _head(picture: Picture, heading: str, width: float) -> tuple[list[Shape], float]:
    title = in_width(picture.title, width - 20, _TITLE, 2)
    shapes: list[Shape] = [Box(0, 0, 6, round(title.height + 6, 2), _ACCENT)]
    y = _TITLE - 2
    for line in title.lines:
        shapes.append(Words(18, y, line, _TITLE, INK, bold=True))
        y += LEADING * _TITLE
    made = " · ".join(part for part in (heading, picture.window, f"截至 {picture.day}") if part)
    shapes.append(Words(0, y + 6, shortened(made, width / 14), 14.0, GREY))
    return shapes, y + 24


def _legend(looks: Sequence[Look], y: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = 0.0
    for look in looks:
        width = edge_width("" if look.label == "平稳" else look.label)
        shapes.append(Disc(x + 9, y + 9, 8.0, look.fill, look.edge, width, look.line))
        shapes.append(Words(x + 23, y + 9 + 0.36 * _LINE, look.label, _LINE, INK))
        x += 23 + ems(look.label) * _LINE + 24
    return shapes


def _key(key: Sequence[Ranked], width: float, y: float) -> tuple[list[Shape], float]:
    """Say what the numbers mean, in columns that are read downwards."""
    columns = max(int(width // _KEY_COLUMN), 1)
    rows = -(-len(key) // columns)
    step = width / columns
    shapes: list[Shape] = [
        Box(0, y, width, 1, RULE),
        Words(0, y + 24, "图中编号", _LINE, THEME_INK, bold=True),
    ]
    y += 28
    for place, each in enumerate(key):
        x, top = place // rows * step, y + (place % rows + 1) * _KEY_ROW
        shapes.append(Words(x + 24, top, str(each.place), _SMALL, GREY, "end"))
        name = shortened(each.topic.name, (step - 44) / _SMALL)
        shapes.append(Words(x + 32, top, name, _SMALL, INK))
    return shapes, y + rows * _KEY_ROW + 12
