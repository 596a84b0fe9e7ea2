"""A drawing as a PNG image; the same drawing and font give the same bytes."""

from __future__ import annotations

import io
import math
import unicodedata

from PIL import Image, ImageDraw

from xiansuo.export.drawing import Box, Disc, Drawing, Shape, Words
from xiansuo.export.fonts import Font, find_font, lacks
from xiansuo.export.palette import SHEET

_SCALE = 2
"""Pixels of the image for each of the drawing: fit for print."""

_FINE = 2
_DASH, _PAUSE = 6.0, 4.0
# Pictographs, their tints, marks and controls: without them a name says the same, so no font need have them.
_DISPENSABLE = frozenset(("So", "Sk", "Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"))


def paint(drawing: Drawing) -> bytes:
    """Paint a drawing at twice its size.

    :raises FormatUnsupported: no installed font has all the letters.
    """
    shapes = [shape for group in drawing.groups for shape in group.shapes]
    words = [shape for shape in shapes if isinstance(shape, Words)]
    letters = {c for each in words for c in each.text}
    font = find_font("".join(c for c in letters if unicodedata.category(c) not in _DISPENSABLE))
    dropped = str.maketrans("", "", lacks(font, "".join(letters)))
    width, height = math.ceil(drawing.width * _SCALE), math.ceil(drawing.height * _SCALE)
    # Shapes are drawn finer and shrunk, which smooths their edges; letters are smooth as they come.
    fine = Image.new("RGB", (width * _FINE, height * _FINE), SHEET)
    pen = ImageDraw.Draw(fine)
    for shape in shapes:
        _shape(pen, shape, float(_SCALE * _FINE))
    image = fine.reduce(_FINE)
    pen = ImageDraw.Draw(image)
    for each in words:
        _words(pen, each, each.text.translate(dropped), font)
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(96 * _SCALE, 96 * _SCALE))
    return written.getvalue()


def _shape(pen: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    if isinstance(shape, Box):
        right, bottom = shape.x + shape.width, shape.y + shape.height
        pen.rectangle((shape.x * scale, shape.y * scale, right * scale - 1, bottom * scale - 1), fill=shape.fill)
    elif isinstance(shape, Disc):
        pen.ellipse(_bounds(shape, shape.r + shape.width / 2, scale), fill=shape.stroke)
        pen.ellipse(_bounds(shape, shape.r - shape.width / 2, scale), fill=shape.fill)
        if shape.line == "double":
            pen.ellipse(_bounds(shape, shape.inner, scale), outline=shape.stroke, width=round(scale))
        elif shape.line == "dashed":
            _gaps(pen, shape, scale)


def _gaps(pen: ImageDraw.ImageDraw, shape: Disc, scale: float) -> None:
    """Open an outline at even distances, so that dashes are left."""
    count = max(round(2 * math.pi * shape.r / (_DASH + _PAUSE)), 1)
    step = 360 / count
    opened = step * _PAUSE / (_DASH + _PAUSE)
    bounds = _bounds(shape, shape.r + shape.width / 2 + 0.5, scale)
    for place in range(count):
        start = place * step
        pen.arc(bounds, start, start + opened, fill=shape.fill, width=math.ceil((shape.width + 0.5) * scale))


def _bounds(shape: Disc, radius: float, scale: float) -> tuple[float, float, float, float]:
    return (
        (shape.x - radius) * scale,
        (shape.y - radius) * scale,
        (shape.x + radius) * scale,
        (shape.y + radius) * scale,
    )


def _words(pen: ImageDraw.ImageDraw, words: Words, text: str, font: Font) -> None:
    opened = font.at(words.size * _SCALE, bold=words.bold)
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[words.anchor]
    thick = words.bold and font.bold_path is None
    at = (words.x * _SCALE, words.y * _SCALE)
    pen.text(at, text, words.colour, opened, anchor=anchor, stroke_width=0.6 if thick else 0)
