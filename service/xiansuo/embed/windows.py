"""Long texts for encoders that read only so much at a time."""

from __future__ import annotations

import re
from collections.abc import Callable

_PAUSES = (re.compile(r"[。！？!?；;\n]"), re.compile(r"[，,、：:\s]"))


def windows(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Halve a text until every piece fits; joined together they are the text again.

    A cut falls at the end of a sentence near the middle, else at a pause, else in the middle: no
    word of the text is lost, as it would be at the end of a fixed window.
    """
    if len(text) < 2 or fits(text):
        return [text]
    cut = _near_middle(text)
    return [*windows(text[:cut], fits), *windows(text[cut:], fits)]


def _near_middle(text: str) -> int:
    middle = len(text) // 2
    low, high = len(text) // 4, len(text) - len(text) // 4
    for pause in _PAUSES:
        ends = [found.end() for found in pause.finditer(text, low, high)]
        ends = [end for end in ends if end < len(text)]
        if ends:
            return min(ends, key=lambda end: (abs(end - middle), end))
    return middle
