"""What the machine reads of a document: its title and its sentences, each with its place and its part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.records import Part, Sections
from xiansuo.text.normalise import normalise
from xiansuo.text.sections import find_sections
from xiansuo.text.sentences import sentences

TITLE = 0
PARTS: tuple[Part, ...] = (Part.SITUATION, Part.CAUSES, Part.SUGGESTIONS)
"""A passage's part is stored as a number: 0 the title, else 1 + its place here."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Title and sentences of one document, in reading order, the title first.

    `texts` are normalised; `spans` is int32 of shape (n, 3): start and end in the original body, and the part's
    number. The title's span is (0, 0).
    """

    texts: tuple[str, ...]
    spans: NDArray[np.int32]
    sections: Sections

    @property
    def parts(self) -> NDArray[np.int32]:
        """The part's number of each passage, shape (n,)."""
        return self.spans[:, 2]


def part_code(part: Part) -> int:
    """Return the number under which a part is stored."""
    return 1 + PARTS.index(part)


def read_passages(title: str, body: str) -> Passages:
    """Split a document into its title and its sentences with their parts; lines that are only headings are left out."""
    normal = normalise(body)
    sections = find_sections(normal)
    texts = [normalise(title).text.replace("\n", " ")]
    spans = [(0, 0, TITLE)]
    parts = iter(sections.parts)
    part = next(parts, None)
    for start, end in sentences(normal.text):
        low, high = normal.original(start, end)
        while part is not None and part.end <= low:
            part = next(parts, None)
        if part is None or high <= part.start:
            continue  # a heading of its own says nothing about the matter
        texts.append(normal.text[start:end])
        spans.append((low, high, part_code(part.part)))
    return Passages(tuple(texts), np.array(spans, dtype=np.int32), sections)


def passages_at(title: str, body: str, sections: Sections, spans: NDArray[np.int32]) -> Passages:
    """Take up passages as they were read when their vectors were stored: the rules may have changed since.

    :param spans: as in `Passages.spans`, the title's first.
    """
    texts = [normalise(title).text.replace("\n", " ")]
    texts += [normalise(body[start:end]).text for start, end, _ in spans[1:].tolist()]
    return Passages(tuple(texts), spans, sections)
