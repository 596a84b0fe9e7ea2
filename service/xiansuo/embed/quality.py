"""How well an encoder tells labelled pairs apart."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

Pair = tuple[str, str, float, str]
"""Two texts, a label (0: not the same, more: closer), and the kind of pair, which may be empty."""


@dataclass(frozen=True, slots=True)
class PairQuality:
    """Measures of one encoder on one set of pairs; None where the labels do not allow it.

    `auc` and `average_precision` take labels above 0 as positive; `spearman` (rank correlation with
    the label) is given for labels of more than two grades. `kinds` holds the AUC of each positive
    kind against each negative one, as `positive > negative`. `seconds` is processor time for
    encoding `characters` characters.
    """

    pairs: int
    auc: float | None
    average_precision: float | None
    spearman: float | None
    characters: int
    seconds: float
    kinds: dict[str, float] = field(default_factory=dict)


def pair_quality(encoder: Encoder, pairs: Sequence[Pair]) -> PairQuality:
    """Encode every distinct text once, one vector a text, and compare cosines with labels."""
    texts = sorted({text for a, b, _, _ in pairs for text in (a, b)})
    place = {text: i for i, text in enumerate(texts)}
    began = time.process_time()
    vectors = encoder.encode(texts)
    seconds = time.process_time() - began
    left = vectors[[place[a] for a, *_ in pairs]]
    right = vectors[[place[b] for _, b, *_ in pairs]]
    cosines: NDArray[np.float64] = np.einsum("ij,ij->i", left, right).astype(np.float64)
    labels = np.array([label for _, _, label, _ in pairs], dtype=np.float64)
    positive = labels > 0
    auc, precision = _scores(positive, cosines)
    return PairQuality(
        pairs=len(pairs),
        auc=auc,
        average_precision=precision,
        spearman=spearman(labels, cosines) if len(np.unique(labels)) > 2 else None,
        characters=sum(map(len, texts)),
        seconds=seconds,
        kinds=_between_kinds([kind for *_, kind in pairs], positive, cosines),
    )


def spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float | None:
    """Rank correlation, ties sharing their mean rank; None where one side is constant."""
    ranks = [_ranks(values) for values in (a, b)]
    if any(len(np.unique(each)) < 2 for each in ranks):
        return None
    return float(np.asarray(np.corrcoef(ranks))[0, 1])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    means = np.cumsum(counts) - (counts - 1) / 2
    ranks: NDArray[np.float64] = np.take(means, inverse)
    return ranks


def _scores(positive: NDArray[np.bool_], cosines: NDArray[np.float64]) -> tuple[float | None, float | None]:
    from sklearn.metrics import average_precision_score, roc_auc_score

    if positive.all() or not positive.any():
        return None, None
    return float(roc_auc_score(positive, cosines)), float(average_precision_score(positive, cosines))


def _between_kinds(kinds: Sequence[str], positive: NDArray[np.bool_], cosines: NDArray[np.float64]) -> dict[str, float]:
    named = np.array(kinds)
    found = {}
    for above in sorted(set(named[positive]) - {""}):
        for below in sorted(set(named[~positive]) - {""}):
            chosen = (positive & (named == above)) | (~positive & (named == below))
            auc, _ = _scores(positive[chosen], cosines[chosen])
            if auc is not None:
                found[f"{above} > {below}"] = auc
    return found
