"""Where Chinese lines break, and how large they can be: widths in ems, sizes in pixels."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiansuo.text.segment import segmenter

LEADING = 1.22
"""Distance of two baselines, in sizes."""

RISE = 0.36
"""How far a baseline lies below the middle of its line, in sizes."""

_LONGEST = 32
_LONGEST_WORD = 12
_MOST_LINES = 5
_WIDE, _NARROW, _BROAD = 1.0, 0.6, 0.95
_NEVER_FIRST = "、，。；：？！）》”’」』】〕％%…·)]},.;:?!"
_NEVER_LAST = "（《“‘「『【〔([{"


@dataclass(frozen=True, slots=True)
class Lines:
    """Text broken into lines, at a size."""

    lines: tuple[str, ...]
    size: float

    @property
    def width(self) -> float:
        """Return the width of the longest line."""
        return max(map(ems, self.lines)) * self.size

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return (LEADING * (len(self.lines) - 1) + 1) * self.size

    def baselines(self, middle: float) -> list[float]:
        """Return the height of each baseline where the lines stand around a middle."""
        top = middle - LEADING * self.size * (len(self.lines) - 1) / 2
        return [top + (LEADING * i + RISE) * self.size for i in range(len(self.lines))]


def ems(text: str) -> float:
    """Estimate a width, on the safe side: a Chinese character is 1."""
    return sum(
        _WIDE if unicodedata.east_asian_width(c) in "WFA" else _BROAD if c in "mwMW@%&" else _NARROW for c in text
    )


def shortened(text: str, most: float = _LONGEST) -> str:
    """Return a text in one line of at most so many ems, with … where it goes on."""
    text = " ".join(text.split())
    if ems(text) <= most:
        return text
    while text and ems(text) > most - 1:
        text = text[:-1]
    return text + "…"


def in_circle(text: str, radius: float, sizes: Sequence[float]) -> Lines | None:
    """Break a text so that no line leaves a circle, at the largest of the sizes (descending) that fits.

    Lines break between words; only where that fails at every size, between characters.
    """
    text = shortened(text)
    for pieces in (_pieces(text, words=True), _pieces(text, words=False)):
        for size in sizes:
            for count in range(1, _MOST_LINES + 1):
                broken = _broken(pieces, _chords(count, radius / size))
                if broken is not None:
                    return Lines(broken, size)
    return None


def in_width(text: str, width: float, size: float, most: int) -> Lines:
    """Break a text into as few lines of a width as it needs; what does not fit into the most is cut off with …."""
    room = max(width / size, 2.0)
    text = " ".join(text.split())
    if not text:
        return Lines(("",), size)
    for count in range(1, most + 1):
        for words in (True, False):
            broken = _broken(_pieces(text, words=words), [room] * count)
            if broken is not None:
                return Lines(broken, size)
    return in_width(shortened(text, min(room * most, ems(text)) - 1), width, size, most)


def _chords(count: int, radius: float) -> list[float]:
    """Return the room of each line in a circle, all in ems: at the edge of the line that lies farther out."""
    far = [abs(line - (count - 1) / 2) * LEADING + 0.5 for line in range(count)]
    return [2 * math.sqrt(max(radius**2 - each**2, 0.0)) - 0.3 for each in far]


def _pieces(text: str, *, words: bool) -> list[str]:
    """Cut a text where a line may break."""
    found: list[str] = []
    for word in segmenter().words(text):
        for piece in [word] if words or (word.isascii() and len(word) <= _LONGEST_WORD) else word:
            glued = bool(found) and (piece[0] in _NEVER_FIRST or found[-1][-1] in _NEVER_LAST)
            if glued:
                found[-1] += piece
            else:
                found.append(piece)
    return found


def _broken(pieces: Sequence[str], rooms: Sequence[float]) -> tuple[str, ...] | None:
    """Share pieces out to one line a room, as evenly as the rooms let; None where a line would not hold."""
    # best[j]: how full the fullest line is at best when the lines so far hold the first j pieces, and where each ends
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for space in rooms:
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (full, ends) in best.items():
            for end, width in _widths(pieces, start):
                if width > space:
                    break
                made = (max(full, width / space), (*ends, end))
                if end not in after or made < after[end]:
                    after[end] = made
        best = after
    if len(pieces) not in best:
        return None
    ends = best[len(pieces)][1]
    return tuple("".join(pieces[a:b]).strip() for a, b in zip((0, *ends), ends, strict=False))


def _widths(pieces: Sequence[str], start: int) -> Iterator[tuple[int, float]]:
    text = ""
    for end in range(start + 1, len(pieces) + 1):
        text += pieces[end - 1]
        yield end, ems(text.strip())
