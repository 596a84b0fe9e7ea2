"""Lines of Chinese: full to the margin, numbers and ids whole, no stop or closing quote at the head of a line."""

from __future__ import annotations

import re

_PIECE = re.compile(r"[“‘《（〔]*(?:[\w.~/:%-]+|.)[”’》）〕，。、；：！？…]*", re.ASCII | re.DOTALL)


def fold(text: str, width: int) -> str:
    """Break lines that are too long for the screen.

    A terminal library breaks at blanks; between Chinese characters and numbers that leaves lines half empty.

    :param width: how many columns a line may have; a Chinese character has two.
    """
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def _lines(paragraph: str, width: int) -> list[str]:
    from rich.cells import cell_len, chop_cells

    lines, line = [], ""
    for piece in _PIECE.findall(paragraph):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip(" "))
            line = ""
            piece = piece.lstrip(" ")
        line += piece
        if cell_len(line) > width:
            *full, line = chop_cells(line, width)
            lines += full
    return [*lines, line]
