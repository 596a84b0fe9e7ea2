"""Texts that belong together though nobody said so: the pieces of one document."""

from __future__ import annotations

from collections.abc import Sequence

from xiansuo.records import Part
from xiansuo.text.passages import Passages, part_code

Pair = tuple[str, str]
"""Two texts on one matter."""

Decided = tuple[str, str, bool]
"""Two texts and an editor's word on them: whether they are duplicates."""

KINDS = {
    "title_body": "标题与正文",
    "halves": "前半与后半",
    "turns": "隔句取出的两份",
    "parts": "问题与建议",
}
"""The kinds of pairs that a document gives, with their names on the screen."""

# A longer side adds nothing to a mean of words but time.
_LONGEST = 4_000


def own_pairs(passages: Passages) -> dict[str, Pair]:
    """Pair up the pieces of one document, at most one pair of each of `KINDS`.

    A title that stands again in the body is left out there: finding it would teach nothing.
    """
    title = passages.texts[0]
    body = [place for place, text in enumerate(passages.texts) if place and _bare(text) != _bare(title)]
    texts = [passages.texts[place] for place in body]
    proposed = [part_code(Part.SUGGESTIONS) == passages.parts[place] for place in body]
    half = (len(texts) + 1) // 2
    pairs = {
        "title_body": ([title], texts),
        "halves": (texts[:half], texts[half:]),
        "turns": (texts[::2], texts[1::2]) if len(texts) > 3 else ([], []),
        "parts": (
            [text for text, wanted in zip(texts, proposed, strict=True) if not wanted],
            [text for text, wanted in zip(texts, proposed, strict=True) if wanted],
        ),
    }
    told = {kind: (_told(a), _told(b)) for kind, (a, b) in pairs.items()}
    return {kind: (a, b) for kind, (a, b) in told.items() if a and b and a != b}


def _told(texts: Sequence[str]) -> str:
    return "\n".join(texts)[:_LONGEST]


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))
