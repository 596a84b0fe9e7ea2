"""Fit the weights of an alignment to documents whose theme is known, or known to be none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning import alignment_model as model
from xiansuo.recommend.aligning.alignment_model import AGAIN, STANDING, Array, Logistic, Usual, Weights
from xiansuo.recommend.aligning.theme_evidence import EVIDENCE

ABOUT = 0.6
# A theme that a document is not about counts less: there are many times as many of them.
_OTHERS_COUNT = 0.3
_STRENGTH = 0.3
_MATTER_FOLDS, _THEME_FOLDS = 8, 6
_DIGITS = 5
_BINS = 10


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of themes held against labelled documents, the same ones in the same order for all listings.

    `values` float64 (n, T, len(EVIDENCE)), `seen` int16 (n, d); `truth` int64 (n,) is the place of the right theme, -1
    for none. `themes` are their ids, `ids` the documents', `matters` what each document is about. `proof`: figures
    are given for it; others are there to learn from.
    """

    name: str
    themes: tuple[str, ...]
    ids: tuple[str, ...]
    matters: tuple[str, ...]
    values: Array
    seen: NDArray[np.int16]
    truth: NDArray[np.int64]
    proof: bool = False

    def of(self, places: Sequence[int], name: str = "") -> Listing:
        """Keep some themes; documents about the others are about none then."""
        moved = np.full(len(self.themes) + 1, -1, dtype=np.int64)
        moved[list(places)] = np.arange(len(places))
        themes = tuple(self.themes[place] for place in places)
        kept = self.values[:, list(places)]
        return replace(self, name=name, themes=themes, values=kept, truth=moved[self.truth], proof=bool(name))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A listing on its way through the model."""

    listing: Listing
    evidence: Array
    first: Array
    again: Array
    scores: Array


def parts_of(listing: Listing, sizes: Sequence[int]) -> list[Listing]:
    """Take parts of a list, so that many documents are about no theme; chosen by hashes, one for each size."""
    made = []
    for turn, size in enumerate(sizes):
        order = sorted(range(len(listing.themes)), key=lambda place: _hash(f"{turn} {listing.themes[place]}"))
        if size < len(order):
            made.append(listing.of(sorted(order[:size])))
    return made


def fit(listings: Sequence[Listing], made: dict[str, Any]) -> dict[str, Any]:
    """Fit all weights, and measure them on matters and themes that were left out.

    :param listings: at least one, with documents about some theme and about none.
    :param made: provenance that is kept with the weights.
    :return: what `Weights.read` reads, with the figures under `measured`.
    """
    everything = np.ones(len(listings[0].ids), dtype=np.bool_)
    weights = _fit(listings, everything)
    return {
        **{
            name: _written(getattr(weights, name), names)
            for name, names in (
                ("first", EVIDENCE),
                ("sure", STANDING[:2]),
                ("second", ("score", *AGAIN)),
                ("answer", STANDING),
            )
        },
        "usual": {
            "mean": _named(weights.evidence.mean, weights.again.mean),
            "spread": _named(weights.evidence.spread, weights.again.spread),
            "score": round(weights.score, _DIGITS),
        },
        "about": ABOUT,
        "measured": {"matters_left_out": _by_matter(listings), "themes_left_out": _by_theme(listings)},
        "made": made,
    }


def write(told: dict[str, Any], path: Path) -> None:
    """Write weights as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def figures(best: NDArray[np.int64], likely: Array, truth: NDArray[np.int64]) -> dict[str, Any]:
    """Score answers: place of the best theme (n,), probability (n,), place of the right one or -1 (n,).

    `brier` and `reliability` are of the probability that the best theme is right; `reliability` lists by tenths of
    probability: documents, mean probability, share right.
    """
    said, right, none = likely >= ABOUT, best == truth, truth < 0
    hits = int((said & right).sum())
    f1 = [
        2
        * int((said & right & (truth == theme)).sum())
        / max(1, int((said & (best == theme)).sum() + (truth == theme).sum()))
        for theme in np.unique(truth[~none]).tolist()
    ]
    tenth = np.minimum(_BINS - 1, (likely * _BINS).astype(np.int64))
    reliability = [
        [int(own.sum()), round(float(likely[own].mean()), 3), round(float(right[own].mean()), 3)]
        for own in (tenth == each for each in range(_BINS))
        if own.any()
    ]
    return {
        "documents": len(truth),
        "of_none": int(none.sum()),
        "precision": round(hits / max(1, int(said.sum())), 4),
        "recall": round(hits / max(1, int((~none).sum())), 4),
        "macro_f1": round(float(np.mean(f1)), 4) if f1 else 0.0,
        "none_right": round(float((~said[none]).mean()), 4) if none.any() else None,
        "brier": round(float(np.square(likely - right).mean()), 4),
        "reliability": reliability,
    }


def answered(weights: Weights, listing: Listing) -> tuple[NDArray[np.int64], Array]:
    """Judge a listing's documents: place of the best theme and its probability, (n,) each."""
    seen = _judge(weights, listing)
    usual = float(seen.scores.max(axis=1).mean())
    return seen.scores.argmax(axis=1), model.answers(seen.scores, listing.values, usual, weights)


def _judge(weights: Weights, listing: Listing) -> _Seen:
    evidence = model.standing_out(listing.values, model.usual_of(listing.values))
    first = weights.first.odds(evidence)
    examples = model.examples_of(listing.ids, listing.seen, first, weights)
    likeness = model.likeness(listing.ids, listing.seen, examples, len(listing.themes))
    again = model.again_out(likeness, model.usual_of(likeness))
    return _Seen(listing, evidence, first, again, model.scored_again(first, again, weights))


def _fit(listings: Sequence[Listing], rows: NDArray[np.bool_]) -> Weights:
    """Fit one regression after the other; `rows` are the documents that are learnt from."""
    usual = [model.usual_of(each.values) for each in listings]
    evidence = _mean_of(usual)
    again = Usual(np.zeros(len(AGAIN)), np.zeros(len(AGAIN)))
    pairs = [_pairs(each, rows) for each in listings]
    labels, counts = np.concatenate([each[0] for each in pairs]), np.concatenate([each[1] for each in pairs])
    stood = [model.standing_out(each.values, own) for each, own in zip(listings, usual, strict=True)]
    first = _logistic(_flat(stood, rows), labels, counts)
    scores = [first.odds(each) for each in stood]
    right = [_right(own, each, rows) for own, each in zip(scores, listings, strict=True)]
    sure = _logistic(np.concatenate([model.lead_of(own[rows]) for own in scores]), np.concatenate(right))
    weights = Weights(first, sure, _nothing(1 + len(AGAIN)), _nothing(len(STANDING)), evidence, again, 0.0, ABOUT)
    seen = [_judge(weights, each) for each in listings]
    behind = [np.concatenate([each.first[..., None], each.again], axis=-1) for each in seen]
    weights = replace(weights, second=_logistic(_flat(behind, rows), labels, counts))
    seen = [_judge(weights, each) for each in listings]
    usual_scores = [float(each.scores.max(axis=1).mean()) for each in seen]
    stands = [
        model.standing(each.scores, each.listing.values, own)[rows]
        for each, own in zip(seen, usual_scores, strict=True)
    ]
    right = [_right(each.scores, each.listing, rows) for each in seen]
    answer = _logistic(np.concatenate(stands), np.concatenate(right))
    likeness = [_likeness(weights, each) for each in seen]
    return replace(weights, answer=answer, again=_mean_of(likeness), score=float(np.mean(usual_scores)))


def _nothing(width: int) -> Logistic:
    return Logistic(np.zeros(width), np.ones(width), np.zeros(width), 0.0)


def _likeness(weights: Weights, seen: _Seen) -> Usual:
    listing = seen.listing
    examples = model.examples_of(listing.ids, listing.seen, seen.first, weights)
    return model.usual_of(model.likeness(listing.ids, listing.seen, examples, len(listing.themes)))


def _pairs(listing: Listing, rows: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Array]:
    right = (listing.truth[rows][:, None] == np.arange(len(listing.themes))).ravel()
    return right, np.where(right, 1.0, _OTHERS_COUNT)


def _right(scores: Array, listing: Listing, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(scores[rows].argmax(axis=1) == listing.truth[rows])


def _flat(arrays: Sequence[Array], rows: NDArray[np.bool_]) -> Array:
    return np.concatenate([each[rows].reshape(-1, each.shape[-1]) for each in arrays])


def _mean_of(usual: Sequence[Usual]) -> Usual:
    return Usual(*(np.mean([np.mean(part(each), axis=0) for each in usual], axis=0) for part in (_mean, _spread)))


def _mean(usual: Usual) -> Array:
    return usual.mean


def _spread(usual: Usual) -> Array:
    return usual.spread


def _by_matter(listings: Sequence[Listing]) -> dict[str, Any]:
    fold = np.array([_hash(matter) % _MATTER_FOLDS for matter in listings[0].matters])
    return _left_out(listings, [(fold == each, listings) for each in range(_MATTER_FOLDS)])


def _by_theme(listings: Sequence[Listing]) -> dict[str, Any]:
    """Leave themes out, with the documents about them; documents about none fall to a part each."""
    first = listings[0]
    turn = np.array([theme % _THEME_FOLDS for theme in range(len(first.themes))])
    own = np.array([_hash(id) % _THEME_FOLDS for id in first.ids])
    fold = np.where(first.truth >= 0, turn[first.truth], own)
    without = []
    for each in range(_THEME_FOLDS):
        gone = {theme for theme, at in zip(first.themes, turn.tolist(), strict=True) if at == each}
        kept = [[place for place, theme in enumerate(own.themes) if theme not in gone] for own in listings]
        less = [own.of(places) for own, places in zip(listings, kept, strict=True) if len(places) > 1]
        without.append((fold == each, less))
    return _left_out(listings, without)


def _left_out(
    listings: Sequence[Listing], folds: Sequence[tuple[NDArray[np.bool_], Sequence[Listing]]]
) -> dict[str, Any]:
    proofs = [each for each in listings if each.proof]
    answers = {each.name: (np.zeros(len(each.ids), dtype=np.int64), np.zeros(len(each.ids))) for each in proofs}
    for held, learnt in folds:
        if not held.any():
            continue
        weights = _fit(learnt, ~held)
        for each in proofs:
            best, likely = answered(weights, each)
            answers[each.name][0][held], answers[each.name][1][held] = best[held], likely[held]
    return {each.name: figures(*answers[each.name], each.truth) for each in proofs}


def _logistic(values: Array, labels: NDArray[np.bool_], counts: Array | None = None) -> Logistic:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(values)
    fitted = LogisticRegression(C=_STRENGTH, max_iter=5_000, tol=1e-8)
    fitted.fit(scaler.transform(values), labels, sample_weight=counts)
    mean, scale, coefficients = (np.round(each, _DIGITS) for each in (scaler.mean_, scaler.scale_, fitted.coef_[0]))
    return Logistic(mean, scale, coefficients, round(float(fitted.intercept_[0]), _DIGITS))


def _written(fitted: Logistic, names: Sequence[str]) -> dict[str, Any]:
    arrays = {name: getattr(fitted, name).tolist() for name in ("mean", "scale", "coefficients")}
    return {"features": list(names), **arrays, "intercept": fitted.intercept}


def _named(evidence: Array, again: Array) -> dict[str, float]:
    every = [*evidence.tolist(), *again.tolist()]
    return {name: round(value, _DIGITS) for name, value in zip((*EVIDENCE, *AGAIN), every, strict=True)}


def _hash(told: str) -> int:
    return int(hashlib.sha256(told.encode()).hexdigest()[:8], 16)
