"""How near two texts are in meaning, part by part and sentence by sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.reading import Reading, cosine, weighted_mean

_NEW = 0.4
"""Cosine below which nothing in the other text says what a suggestion says."""

_NEWEST = 2
"""Suggestions whose being new is told apart from that of all: one or two new ones already make a follow-up."""

Rows = NDArray[np.intp]


def meaning(draft: Reading, earlier: Reading, centre: NDArray[np.float32]) -> dict[str, float]:
    """Compare vectors.

    :param centre: mean of the archive's passages, (dimension,); likeness is a cosine seen from there.
    :return: likeness of whole texts and parts (`meaning…`), and of sentences with the nearest of the other text:
        how far the draft's are known, how far the earlier text's are kept, and what stood in another part. `theme…`
        are cosines as they stand: they tell one theme from none, where the others tell one matter from another.
    """
    mine, theirs = (each.matrix.astype(np.float64) - centre for each in (draft, earlier))
    near = _unit(mine) @ _unit(theirs).T
    by_length, back = np.sqrt(draft.lengths), np.sqrt(earlier.lengths)
    weight = (draft.rarity + 1e-6) * by_length
    everything = np.arange(len(mine)), np.arange(len(theirs))
    problem = np.append(0, draft.problem), np.append(0, earlier.problem)
    suggestions = draft.suggestions, earlier.suggestions

    def gathered(rows: Rows, others: Rows) -> float:
        here = (mine[rows] * weight[rows, None]).sum(axis=0)
        return cosine(here, (theirs[others] * back[others, None]).sum(axis=0))

    best = _nearest(near, everything[0], earlier.body)
    aligned = _nearest(near, *suggestions)
    return {
        "meaning": gathered(*everything),
        "meaning_problem": gathered(*problem),
        "meaning_suggestions": gathered(*suggestions),
        "meaning_title": float(near[0, 0]),
        "theme": cosine(draft.lengths @ draft.matrix, earlier.lengths @ earlier.matrix),
        "theme_title": cosine(*(each.matrix[0].astype(np.float64) for each in (draft, earlier))),
        "sentences": weighted_mean(best[draft.body], weight[draft.body]),
        "sentences_suggestions": weighted_mean(aligned, weight[suggestions[0]]),
        "new_suggestions": weighted_mean(
            (best[suggestions[0]] < _NEW).astype(np.float64), draft.lengths[suggestions[0]]
        ),
        "newest_suggestions": float(np.sort(aligned)[:_NEWEST].mean()) if len(aligned) else 0.0,
        "kept_suggestions": weighted_mean(_nearest(near.T, *suggestions[::-1]), back[suggestions[1]]),
        "problem_known": weighted_mean(_nearest(near, *problem), by_length[problem[0]]),
        "problem_kept": weighted_mean(_nearest(near.T, *problem[::-1]), back[problem[1]]),
        "suggested_was_problem": weighted_mean(_nearest(near, suggestions[0], problem[1]), by_length[suggestions[0]]),
        "problem_was_suggested": weighted_mean(_nearest(near, problem[0], suggestions[1]), by_length[problem[0]]),
        "suggests_more": _suggesting(draft) - _suggesting(earlier),
    }


def _nearest(near: NDArray[np.float64], rows: Rows, among: Rows) -> NDArray[np.float64]:
    """Return for each of some rows the likeness of the nearest of some columns; 0 where there is none."""
    return near[np.ix_(rows, among)].max(axis=1) if len(among) else np.zeros(len(rows))


def _suggesting(reading: Reading) -> float:
    """Tell how much of a text suggests something, 0..1."""
    return float(reading.lengths[reading.suggestions].sum() / max(1.0, float(reading.lengths.sum())))


def _unit(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(length > 1e-9, length, 1.0))
