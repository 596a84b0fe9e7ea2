"""A draft paragraph by paragraph: how much of its own words stands elsewhere, with the colours editors know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Span: TypeAlias = tuple[int, int]
Level = Literal["high", "some", "none"]

HIGH, SOME = 0.70, 0.40
"""Copied shares from which a paragraph is red, and orange."""

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n(?:[^\S\n]*\n)*)?")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile("《[^《》\n]*》")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a draft: its span in the original, line breaks included.

    `copied_share` 0..1: the part of its own letters that some match holds too; `match` names the match that holds most
    of them, empty where none does. `stock` 0..1: the part of its letters that is boilerplate or heading and counts
    neither way.
    """

    span: Span
    copied_share: float
    level: Level
    match: str
    stock: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a draft stands elsewhere, whole and by paragraph; the paragraphs tile the draft."""

    copied_share: float
    paragraphs: tuple[Paragraph, ...]


def cover(
    text: str, own: Iterable[Span], runs: Mapping[str, Iterable[Span]], *, without_quoted: bool = False
) -> Coverage:
    """Count which of a draft's own letters stand in its matches.

    :param own: spans of the sentences that count: neither boilerplate nor headings.
    :param runs: for each match, best first, the spans of the draft that it holds to the letter.
    :param without_quoted: names of documents and the like in 《》 count neither way.
    """
    letters = _mark(text, (found.span() for found in _WORD.finditer(text)))
    counted = letters & _mark(text, own)
    if without_quoted:
        counted &= ~_mark(text, (found.span() for found in _QUOTED.finditer(text)))
    held = {id: _mark(text, spans) & counted for id, spans in runs.items()}
    every = np.logical_or.reduce([np.zeros_like(counted), *held.values()])
    paragraphs = []
    for start, end in paragraph_spans(text):
        here = slice(start, end)
        share = _share(every[here], counted[here])
        most, match = max(((int(held[id][here].sum()), id) for id in runs), key=lambda each: each[0], default=(0, ""))
        stock = 1 - _share(counted[here], letters[here]) if letters[here].any() else 0.0
        paragraphs.append(Paragraph((start, end), share, level(share), match if most else "", round(stock, 4)))
    return Coverage(_share(every, counted), tuple(paragraphs))


def level(share: float) -> Level:
    """Name the colour of a copied share: `high` red, `some` orange."""
    return "high" if share >= HIGH else "some" if share >= SOME else "none"


def paragraph_spans(text: str) -> list[Span]:
    """Split a text at its line breaks; an empty line belongs to the paragraph before it. The spans tile the text."""
    starts = [found.start() for found in _PARAGRAPH.finditer(text)]
    edges = [0, *starts[1:], len(text)]
    return list(zip(edges, edges[1:], strict=False)) if text else []


def _mark(text: str, spans: Iterable[Span]) -> NDArray[np.bool_]:
    marks = np.zeros(len(text), dtype=np.bool_)
    for start, end in spans:
        marks[start:end] = True
    return marks


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    total = int(whole.sum())
    return round(int(part.sum()) / total, 4) if total else 0.0
