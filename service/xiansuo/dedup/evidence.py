"""What speaks for and against: which sentences of the draft stand where in the earlier text, and how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.overlap import copied_runs, counted, joined
from xiansuo.dedup.reading import SUGGESTIONS, Reading, cosine
from xiansuo.records import Part
from xiansuo.text.letters import Letters
from xiansuo.text.passages import TITLE, part_code

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
    draft: Reading, earlier: Reading, centre: NDArray[np.float32], letters: tuple[Letters, Letters]
) -> Evidence:
    """Compare a draft with one earlier text.

    :param centre: what all texts of the earlier one's kind have in common, shape (dimension,).
    :param letters: those of the draft's passages and of the earlier text's.
    """
    cosines = draft.cosines(earlier)
    mine, theirs = _told(draft, draft.rarity, centre), _told(earlier, draft.known_rarity(cosines), centre)
    near = np.round(cosines, 6)
    here, there = draft.passages, earlier.passages
    runs, earlier_runs = copied_runs(letters[0].text, letters[1].text)
    found = counted(runs, letters[0].ends)
    pairs, new = [], []
    for row in draft.body:
        low, high, code = (int(value) for value in here.spans[row])
        best = int(earlier.body[near[row, earlier.body].argmax()]) if len(earlier.body) else -1
        likeness = float(near[row, best]) if best >= 0 else 0.0
        if likeness >= ALIKE or found.passages[row - 1] >= 0.5:
            start, stop, _ = (int(value) for value in there.spans[best])
            pairs.append(
                AlignedPair(
                    (low, high),
                    (start, stop),
                    _PART[code],
                    round(likeness, 4),
                    round(float(found.passages[row - 1]), 4),
                )
            )
        else:
            new.append((low, high))

    def of(parts: Sequence[int]) -> float:
        """Compare what both say in these parts beyond what every text of their sort says."""
        a, b = (rows[np.isin(text.parts, parts)].sum(axis=0) for rows, text in ((mine, here), (theirs, there)))
        return round(max(0.0, cosine(a, b)), 4)

    return Evidence(
        copied_share=round(found.share, 4),
        longest_run=found.longest,
        title_similarity=round(max(0.0, float(near[0, 0])), 4),
        matter_similarity=of(_ALL),
        problem_similarity=of(_PROBLEM),
        suggestion_similarity=of([SUGGESTIONS]),
        pairs=tuple(pairs),
        new=tuple(new),
        runs=tuple(letters[0].span(*run) for run in joined(runs)),
        earlier_runs=tuple(letters[1].span(*run) for run in joined(earlier_runs)),
    )


_PROBLEM = (TITLE, part_code(Part.SITUATION), part_code(Part.CAUSES))
_ALL = (*_PROBLEM, SUGGESTIONS)
_PART = {part_code(part): part for part in Part}


def _told(reading: Reading, rarity: NDArray[np.float64], centre: NDArray[np.float32]) -> NDArray[np.float64]:
    """Weigh a text's passages, seen from the centre, by rarity and the root of length, (n, dimension)."""
    weight = (rarity + 1e-6) * np.sqrt(reading.lengths)
    return np.asarray((reading.matrix.astype(np.float64) - centre) * weight[:, None])
