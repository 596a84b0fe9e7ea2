"""Fit the weights of a lookup to labelled questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.lookup.model import (
    ANSWERED_BY,
    ORDER_COLUMNS,
    ORDERED_BY,
    STANDING,
    Logistic,
    LookupModel,
    standing,
)

# Among the texts of one question those that do not fit count as much as ten that do.
_OTHERS_COUNT = 10.0
# A question whose answers are taken out of the archive is one that nothing answers, but a milder case than a real one.
_TAKEN_OUT_COUNTS = 0.2
_STRENGTH = 0.3
_FOLDS, _SEED = 8, 20260101
_FIRST = 5
_FIGURES = 5
# Below so many texts a lead says nothing.
_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question: the evidence of its candidates (n, len(EVIDENCE)), which of them fit (n,), its length.

    `wanted` counts the texts that fit, found among the candidates or not.
    """

    values: NDArray[np.float64]
    fit: NDArray[np.bool_]
    letters: int
    wanted: int


def fit(asked: Sequence[Asked], made: dict[str, Any]) -> dict[str, Any]:
    """Fit both regressions, and measure them on questions left out.

    :param asked: at least a few dozen questions, some of them without an answer, in any order.
    :param made: provenance that is kept with the weights.
    :return: what `LookupModel.read` reads, with the figures under `measured`.
    :raises ValueError: all questions have an answer, or none.
    """
    ordered = sorted(asked, key=lambda each: (each.wanted, each.letters, each.values.tobytes()))
    if len({bool(each.wanted) for each in ordered}) < 2:
        raise ValueError("questions with and without an answer are needed")
    model = _fit(ordered)
    return {
        "order": _written(model.order, ORDERED_BY),
        "answer": _written(model.answer, (*ANSWERED_BY, *STANDING)),
        "fitting": round(model.fitting, _FIGURES),
        "measured": measured(ordered, _left_out(ordered)),
        "made": made,
    }


def write(model: dict[str, Any], path: Path) -> None:
    """Write weights as JSON, keys in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measured(asked: Sequence[Asked], models: Sequence[LookupModel]) -> dict[str, Any]:
    """Score one model a question as `evaluate lookup` does."""
    recall = right = answerable = 0.0
    for each, model in zip(asked, models, strict=True):
        right += (model.answered(each.values, each.letters) >= 0.5) == bool(each.wanted)
        if each.wanted:
            answerable += 1
            first = np.argsort(-model.scores(each.values), kind="stable")[:_FIRST]
            recall += each.fit[first].sum() / min(_FIRST, each.wanted)
    return {
        "questions": len(asked),
        "recall@5": round(float(recall) / max(1.0, answerable), 4),
        "answered_accuracy": round(float(right) / len(asked), 4),
    }


def _fit(asked: Sequence[Asked]) -> LookupModel:
    answerable = [each for each in asked if each.fit.any()]
    order = _logistic(
        np.concatenate([each.values[:, ORDER_COLUMNS] for each in answerable]),
        np.concatenate([each.fit for each in answerable]),
        np.concatenate([_weights(each.fit) for each in answerable]),
    )
    rows, labels, weights = [], [], []
    for each in asked:
        scores = order.odds(each.values[:, ORDER_COLUMNS])
        rows.append(standing(each.values, scores, each.letters))
        labels.append(bool(each.wanted))
        weights.append(1.0)
        left = ~each.fit
        if each.wanted and left.sum() > _ENOUGH:
            rows.append(standing(each.values[left], scores[left], each.letters))
            labels.append(False)
            weights.append(_TAKEN_OUT_COUNTS)
    answer = _logistic(np.array(rows), np.array(labels), np.array(weights))
    return LookupModel(order, answer, _fitting(answerable, order))


def _fitting(answerable: Sequence[Asked], order: Logistic) -> float:
    """Find the log-odds from which calling a text fitting is right most often in the sense of F1."""
    scores = np.round(np.concatenate([order.odds(each.values[:, ORDER_COLUMNS]) for each in answerable]), 3)
    fits = np.concatenate([each.fit for each in answerable])
    best, chosen = -1.0, 0.0
    for threshold in np.unique(scores[fits]).tolist():
        said = scores >= threshold
        f1 = 2 * float((said & fits).sum()) / float(said.sum() + fits.sum())
        if f1 > best:
            best, chosen = f1, float(threshold)
    return chosen


def _left_out(asked: Sequence[Asked]) -> list[LookupModel]:
    """Fit to the questions of other folds, one model a question."""
    from sklearn.model_selection import StratifiedKFold

    labels = [bool(each.wanted) for each in asked]
    models: dict[int, LookupModel] = {}
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, held in folds.split(np.zeros(len(asked)), labels):
        model = _fit([asked[i] for i in seen.tolist()])
        models.update(dict.fromkeys(held.tolist(), model))
    return [models[i] for i in range(len(asked))]


def _weights(fits: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(np.where(fits, 1 / max(1, int(fits.sum())), _OTHERS_COUNT / len(fits)))


def _logistic(values: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64]) -> Logistic:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=_STRENGTH, max_iter=5_000, tol=1e-8)
    model.fit(scaler.transform(values), labels, sample_weight=weights)
    return Logistic(scaler.mean_, scaler.scale_, model.coef_[0], float(model.intercept_[0]))


def _written(model: Logistic, names: Sequence[str]) -> dict[str, Any]:
    return {
        "features": list(names),
        "mean": _rounded(model.mean),
        "scale": _rounded(model.scale),
        "coefficients": _rounded(model.coefficients),
        "intercept": round(model.intercept, _FIGURES),
    }


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), _FIGURES) for value in values]
