"""What speaks for and against: which sentences of the draft stand where in the earlier text, and how alike they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.overlap import copied_runs, counted, joined
from xiansuo.dedup.rarity import SAME
from xiansuo.records import Part
from xiansuo.text.letters import Letters
from xiansuo.text.passages import TITLE, Passages, part_code

ALIKE = 0.45
"""Cosine from which two sentences are shown beside each other."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """One sentence of the draft and its nearest in the earlier text; spans are offsets into the original bodies."""

    draft: tuple[int, int]
    earlier: tuple[int, int]
    part: Part
    similarity: float
    copied: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was compared. Shares and similarities are in 0..1; a missing part compares as 0.

    `runs` are the spans of the draft's body that stand in the earlier text to the letter, `earlier_runs` those of the
    earlier text that stand in the draft; `new` the draft's sentences that have nothing like them there.
    """

    copied_share: float
    longest_run: int
    title_similarity: float
    matter_similarity: float
    problem_similarity: float
    suggestion_similarity: float
    pairs: tuple[AlignedPair, ...]
    new: tuple[tuple[int, int], ...]
    runs: tuple[tuple[int, int], ...]
    earlier_runs: tuple[tuple[int, int], ...]


def compare(
    draft: Passages,
    draft_matrix: NDArray[np.float32],
    weights: NDArray[np.float64],
    earlier: Passages,
    earlier_matrix: NDArray[np.float32],
    centre: NDArray[np.float32],
    letters: tuple[Letters, Letters],
) -> Evidence:
    """Compare a draft with one earlier text.

    :param draft_matrix: float32 (n, dimension), unit rows, one a passage; `weights` their rarity (n,).
    :param earlier_matrix: the same of the earlier text, shape (m, dimension).
    :param centre: what all texts of the earlier one's kind have in common, shape (dimension,).
    :param letters: those of the draft's passages and of the earlier text's.
    """
    cosine = np.round(draft_matrix.astype(np.float64) @ earlier_matrix.astype(np.float64).T, 6)
    # A passage that both hold is as rare on either side; of the earlier text's others nothing is known.
    same = np.where(cosine.max(axis=0) >= SAME, weights[cosine.argmax(axis=0)], 1.0)
    mine = _Side(draft, draft_matrix.astype(np.float64) - centre, weights)
    theirs = _Side(earlier, earlier_matrix.astype(np.float64) - centre, same)
    other_body = np.flatnonzero(earlier.parts != TITLE)
    runs, earlier_runs = copied_runs(letters[0].text, letters[1].text)
    found = counted(runs, letters[0].ends)
    pairs, new = [], []
    for row in np.flatnonzero(draft.parts != TITLE):
        low, high, code = (int(value) for value in draft.spans[row])
        best = int(other_body[cosine[row, other_body].argmax()]) if len(other_body) else -1
        likeness = float(cosine[row, best]) if best >= 0 else 0.0
        if likeness >= ALIKE or found.passages[row - 1] >= 0.5:
            there = earlier.spans[best]
            pairs.append(
                AlignedPair(
                    (low, high),
                    (int(there[0]), int(there[1])),
                    _PART[code],
                    round(likeness, 4),
                    round(float(found.passages[row - 1]), 4),
                )
            )
        else:
            new.append((low, high))
    return Evidence(
        copied_share=round(found.share, 4),
        longest_run=found.longest,
        title_similarity=round(max(0.0, float(cosine[0, 0])), 4),
        matter_similarity=_likeness(mine, theirs, _ALL),
        problem_similarity=_likeness(mine, theirs, _PROBLEM),
        suggestion_similarity=_likeness(mine, theirs, _SUGGESTIONS),
        pairs=tuple(pairs),
        new=tuple(new),
        runs=tuple(letters[0].span(*run) for run in joined(runs)),
        earlier_runs=tuple(letters[1].span(*run) for run in joined(earlier_runs)),
    )


_PROBLEM = (TITLE, part_code(Part.SITUATION), part_code(Part.CAUSES))
_SUGGESTIONS = (part_code(Part.SUGGESTIONS),)
_ALL = (*_PROBLEM, *_SUGGESTIONS)
_PART = {part_code(part): part for part in Part}


def _likeness(mine: _Side, theirs: _Side, parts: Collection[int]) -> float:
    """Cosine of what the two texts say in these parts beyond what every text of their sort says."""
    a, b = mine.meaning(parts), theirs.meaning(parts)
    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    return round(max(0.0, float(a @ b) / norm), 4) if norm else 0.0


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts: passages, their vectors seen from the centre (n, dimension), their rarity (n,)."""

    passages: Passages
    matrix: NDArray[np.float64]
    weights: NDArray[np.float64]

    def meaning(self, parts: Collection[int]) -> NDArray[np.float64]:
        """Sum the passages of some parts by rarity and the root of length."""
        rows = np.isin(self.passages.parts, list(parts))
        lengths = np.array([len(text) for text in self.passages.texts], dtype=np.float64)
        weight = (self.weights + 1e-6) * np.sqrt(lengths)
        return np.asarray((self.matrix * weight[:, None])[rows].sum(axis=0))
