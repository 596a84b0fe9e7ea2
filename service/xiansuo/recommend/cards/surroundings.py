"""What stands around the one document that a clue comes from: its theme, and the texts that are near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.cards import wording
from xiansuo.recommend.cards.clues import COVERED, Covered
from xiansuo.recommend.cards.matters import Ground, likeness_to
from xiansuo.recommend.cards.wording import Said
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText, distinct
from xiansuo.records import Kind, WorkTheme

# As near as texts on one matter are, mean passage against a sentence or two; see `clues`.
_NEAR = 0.45
_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Themed:
    """The theme that a document is about, how probably, its clause and its end; all empty where it is about none."""

    theme: WorkTheme | None
    probability: float
    clause: Said | None
    ends: tuple[Said, ...]
    gap: float


def themed(text: ReadText, ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> Themed:
    """Tell which theme a document is about."""
    found = aligner.by_document.get(text.record.id)
    if found is None:
        return Themed(None, 0.0, None, (), 0.0)
    theme = found.theme
    clause = Said(theme.clause or theme.name, (f"theme:{theme.id}", f"doc:{text.record.id}"))
    ends = wording.deadline(theme, ground.now)
    gap = gaps[theme.id].size if theme.id in gaps else 0.0
    return Themed(theme, found.probability, clause, (ends,) if ends else (), gap)


def around(text: ReadText, vector: NDArray[np.float32], ground: Ground) -> tuple[Covered, ...]:
    """List the document itself, then the nearest others, copies of one another once.

    :param vector: what the clue is about, float32 (d,), length 1.
    """
    likeness = likeness_to(vector, ground)
    own = text.record.id
    near = [
        each
        for each in ground.texts
        if each.record.id != own and each.record.kind is not Kind.REFERENCE and likeness[each.record.id] >= _NEAR
    ]
    near.sort(key=lambda each: (-likeness[each.record.id], each.record.id))
    others = [each for each in distinct([text, *near]) if each.record.id != own]
    shown = [Covered(own, likeness.get(own, 1.0))]
    return (*shown, *(Covered(each.record.id, likeness[each.record.id]) for each in others[: COVERED - 1]))


def evidence(covered: tuple[Covered, ...]) -> tuple[str, ...]:
    """Name the documents that bear a clue out: the one it comes from first."""
    return tuple(each.id for each in covered[:_EVIDENCE])


def months(since: dt.date, now: dt.date) -> int:
    """Count whole months between two days."""
    return max(0, (now.year - since.year) * 12 + now.month - since.month - (now.day < since.day))


def for_long(count: int) -> str:
    """Put a number of months into words."""
    years, rest = divmod(count, 12)
    if not years:
        return f"{rest} 个月"
    return f"{years} 年" + (f" {rest} 个月" if rest else "")
