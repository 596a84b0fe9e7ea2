"""Sentences of a normalised text."""

from __future__ import annotations

import re

# A list item on its own line is a sentence; so is a clause before a semicolon.
_END = re.compile(r"[。!?;…]+[\"')\]]*|\n+|(?<![0-9A-Za-z])\.(?=\s|$)")
_PAUSE = re.compile(r"[,:、]")
_WORDY = re.compile(r"[\w\u3400-\u9fff]")
LONGEST = 160
"""Characters after which a sentence is cut at its last pause: some writers use commas only."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a normalised text into sentences.

    :return: spans (start, end) in order, without line breaks and without pieces that hold no word.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        stop = end.start() if end.group()[0] == "\n" else end.end()
        _add(text, start, stop, spans)
        start = end.end()
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> None:
    while stop - start > LONGEST:
        pauses = [m.end() for m in _PAUSE.finditer(text, start + LONGEST // 4, start + LONGEST)]
        cut = pauses[-1] if pauses else start + LONGEST
        spans.append((start, cut))
        start = cut
    if _WORDY.search(text, start, stop):
        spans.append((start, stop))
