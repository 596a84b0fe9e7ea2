"""Fit the relation model to labelled pairs; calibration and thresholds come from pairs that were left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.relation import REPEATS, softmax
from xiansuo.records import Relation

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_STRENGTH = 0.3
"""Inverse of the L2 penalty; .15 to .5 gave the same macro-F1 within .02."""

_SAME_STRENGTH = 0.05
_FOLDS = 8
_SEED = 20240101
_PRECISION = 0.97
"""Precision that `confirmed` must reach on pairs that were left out."""

_TEMPERATURES = np.round(np.arange(0.5, 2.55, 0.05), 2)
_FIGURES = 6


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled pair. `group`: pairs of one matter share it and are left out together; `kind`: what sort of pair.

    `relation` is None where only `same` (about one matter in one place) is known, and the other way round.
    """

    features: dict[str, float]
    group: str
    kind: str
    relation: Relation | None = None
    same: bool | None = None


def fit(examples: Sequence[Example], made: dict[str, Any]) -> dict[str, Any]:
    """Fit both models.

    :param examples: at least a few of every relation, in at least as many groups as folds.
    :param made: provenance that is kept with the weights: data, date, encoder.
    :return: what `RelationModel.read` reads, with the cross-validated figures under `measured`.
    """
    names = sorted(examples[0].features)
    ordered = sorted(examples, key=_place)
    related = [each for each in ordered if each.relation is not None]
    values = _matrix(related, names)
    labels = np.array([each.relation.value for each in related if each.relation is not None])
    left_out, classes = _left_out(values, labels, [each.group for each in related])
    temperature = _temperature(left_out, labels, classes)
    chances = softmax(left_out / temperature)
    whole = _relations().fit(values, labels)
    scaler, last = whole[0], whole[-1]
    same_rows = [each for each in ordered if each.same is not None]
    same = _same(scaler.transform(_matrix(same_rows, names)), same_rows)
    place = {name: i for i, name in enumerate(last.classes_)}
    confirmed = _confirming(chances, labels, classes)
    return {
        "features": names,
        "mean": _rounded(scaler.mean_),
        "scale": _rounded(scaler.scale_),
        "coefficients": {each.value: _rounded(last.coef_[place[each.value]]) for each in Relation},
        "intercepts": {each.value: round(float(last.intercept_[place[each.value]]), _FIGURES) for each in Relation},
        "temperature": temperature,
        "same": {"coefficients": _rounded(same.coef_[0]), "intercept": round(float(same.intercept_[0]), _FIGURES)},
        "thresholds": {"confirmed": confirmed, "suggested": 0.5},
        "measured": _measured(chances, labels, classes, confirmed),
        "made": made,
    }


def write(model: dict[str, Any], path: Path) -> None:
    """Write weights as JSON, keys in order."""
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _relations() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(
        StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=5_000, class_weight="balanced", tol=1e-8)
    )


def _left_out(
    values: NDArray[np.float64], labels: NDArray[Any], groups: Sequence[str]
) -> tuple[NDArray[np.float64], list[str]]:
    """Logits (n, 7) of every pair by models that saw no pair of its group."""
    from sklearn.model_selection import StratifiedGroupKFold

    classes = sorted(set(labels.tolist()))
    logits = np.zeros((len(labels), len(classes)))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, held in folds.split(values, labels, groups):
        model = _relations().fit(values[seen], labels[seen])
        found = model.decision_function(values[held])
        logits[np.ix_(held, [classes.index(name) for name in model.classes_])] = found
    return logits, classes


def _temperature(logits: NDArray[np.float64], labels: NDArray[Any], classes: Sequence[str]) -> float:
    rows = np.arange(len(labels)), np.array([classes.index(label) for label in labels])
    losses = [-np.log(np.maximum(softmax(logits / t)[rows], 1e-9)).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(np.round(losses, 6)))])


def _confirming(chances: NDArray[np.float64], labels: NDArray[Any], classes: Sequence[str]) -> float:
    """Find the lowest probability of a repetition from which those said to be one nearly always are."""
    said, true, chance = _repeats(chances, labels, classes)
    for threshold in np.round(np.arange(0.5, 0.991, 0.01), 2):
        named = said & (chance >= threshold)
        if named.any() and true[named].mean() >= _PRECISION:
            return float(threshold)
    return 0.99


def _repeats(
    chances: NDArray[np.float64], labels: NDArray[Any], classes: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """Tell of each pair whether it is said to be a repetition, whether it is one, and how probable one is."""
    places = [classes.index(each.value) for each in REPEATS]
    true = np.isin(labels, [each.value for each in REPEATS])
    return np.isin(chances.argmax(axis=1), places), true, chances[:, places].sum(axis=1)


def _measured(
    chances: NDArray[np.float64], labels: NDArray[Any], classes: Sequence[str], confirmed: float
) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    said = np.array(classes)[chances.argmax(axis=1)]
    repeats, true, chance = _repeats(chances, labels, classes)
    named = repeats & (chance >= confirmed)
    return {
        "pairs": len(labels),
        "macro_f1": round(float(f1_score(labels, said, average="macro")), 4),
        "f1": {
            name: round(float(score), 3)
            for name, score in zip(classes, f1_score(labels, said, average=None, labels=classes), strict=True)
        },
        "confirmed_precision": round(float(true[named].mean()), 4) if named.any() else None,
        "confirmed_recall": round(float(named[true].mean()), 4) if true.any() else None,
    }


def _same(values: NDArray[np.float64], rows: Sequence[Example]) -> Any:
    from sklearn.linear_model import LogisticRegression

    counts = Counter(each.kind for each in rows)
    # Every sort of pair has its say, however many there are of it.
    weights = np.array([counts[each.kind] ** -0.5 for each in rows])
    model = LogisticRegression(C=_SAME_STRENGTH, max_iter=5_000, tol=1e-8)
    return model.fit(values, [bool(each.same) for each in rows], sample_weight=weights / weights.mean())


def _place(each: Example) -> tuple[str, str, list[tuple[str, float]], str, str]:
    return each.group, each.kind, sorted(each.features.items()), each.relation or "", str(each.same)


def _matrix(rows: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[each.features[name] for name in names] for each in rows], dtype=np.float64)


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), _FIGURES) for value in values]
