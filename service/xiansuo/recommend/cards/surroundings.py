"""What stands around the one document that a clue comes from: its theme, and the texts that are near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.cards import wording
from xiansuo.recommend.cards.bearing import bears
from xiansuo.recommend.cards.clues import COVERED, Covered
from xiansuo.recommend.cards.matters import Ground, likeness_to, nearest
from xiansuo.recommend.cards.wording import Said
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText, distinct
from xiansuo.records import Kind, WorkTheme

# As near as texts on one matter are, mean passage against a sentence or two; see `clues`.
_NEAR = 0.45
_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class DocumentTheme:
    """The theme that a document is about, how probably, its clause and its end; all empty where it is about none.

    Where a reader would not see why, the theme is not named, but `probability` and `gap` count all the same.
    """

    theme: WorkTheme | None
    probability: float
    clause: Said | None
    ends: tuple[Said, ...]
    gap: float


def themed(text: ReadText, ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> DocumentTheme:
    """Tell which theme a document is about, and name it where a reader can see why (see `bearing`)."""
    found = aligner.by_document.get(text.record.id)
    if found is None:
        return DocumentTheme(None, 0.0, None, (), 0.0)
    theme = found.theme
    clause = wording.clause(theme, text.record.id)
    ends = wording.deadline(theme, ground.now)
    gap = gaps[theme.id].size if theme.id in gaps else 0.0
    if not bears(text, found):
        return DocumentTheme(None, found.probability, None, (), gap)
    return DocumentTheme(theme, found.probability, clause, (ends,) if ends else (), gap)


def around(text: ReadText, vector: NDArray[np.float32], ground: Ground) -> tuple[Covered, ...]:
    """List the document itself, then the nearest others, copies of one another once.

    :param vector: what the clue is about, float32 (d,), length 1.
    """
    likeness = likeness_to(vector, ground)
    own = text.record.id
    near = [
        (-cosine, each.record.id, each)
        for each, cosine in nearest(likeness, ground, _NEAR)
        if each.record.id != own and each.record.kind is not Kind.REFERENCE
    ]
    cosines = {id: -less for less, id, _ in near}
    cosines[own] = float(likeness[ground.place[own]]) if own in ground.place else 1.0
    ordered = [each for *_, each in sorted(near, key=lambda found: found[:2])]
    others = [each.record.id for each in distinct([text, *ordered]) if each.record.id != own]
    return tuple(Covered(id, cosines[id]) for id in [own, *others[: COVERED - 1]])


def evidence(covered: tuple[Covered, ...]) -> tuple[str, ...]:
    """Name the documents that bear a clue out: the one it comes from first."""
    return tuple(each.id for each in covered[:_EVIDENCE])
