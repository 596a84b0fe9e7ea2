"""Fit the relation model to labelled pairs; calibration and thresholds come from pairs that were left out."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup.relation import REPEATS, RelationModel, tempered
from xiansuo.dedup.since import SINCE
from xiansuo.dedup.trees import SAME_TREES, TREES, Trees
from xiansuo.records import Kind, Relation

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_STRENGTH = 0.3
"""Inverse of the L2 penalty; .15 to .5 gave the same macro-F1 within .02."""

_FOLDS = 8
_SEED = 20240101
_TREES = 100
_PRECISION = 0.97
"""Precision that `confirmed` must reach on pairs that were left out."""

_TEMPERATURES = np.round(np.arange(0.5, 2.55, 0.05), 2)
_FIGURES = 6
_CLASSES = [each.value for each in Relation]


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


@dataclass(frozen=True, slots=True)
class Fitted:
    """What `RelationModel.read` reads once it is written; cross-validated figures are under `measured`.

    `chances` (n, 7) are those that models gave the `pairs` with a relation which had seen no pair of their group.
    """

    weights: dict[str, Any]
    trees: Trees
    same_trees: Trees
    pairs: list[Example]
    chances: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well relations are told.

    `macro_f1` is over the relations that are right or said, `log_loss` the mean of -log of the right one's chance.
    """

    macro_f1: float
    log_loss: float


def fit(examples: Sequence[Example], made: dict[str, Any]) -> Fitted:
    """Fit regressions and forest.

    :param examples: at least a few of every relation, in at least as many groups as folds.
    :param made: provenance that is kept with the weights: data, date, encoder.
    """
    names = sorted(examples[0].features)
    ordered = sorted(examples, key=_place)
    related = _related(ordered)
    values, labels = _matrix(related, names), _labels(related)
    chances, temperature = _calibrated(related)
    whole = _regression().fit(values, labels)
    scaler, last = whole[0], whole[-1]
    place = {name: i for i, name in enumerate(last.classes_)}
    confirmed = _confirming(chances, labels)
    same_rows = [each for each in ordered if each.same is not None]
    measured = _measured(chances, labels, confirmed) | {"same": _same_measured(same_rows)}
    weights = {
        "features": names,
        "mean": _rounded(scaler.mean_),
        "scale": _rounded(scaler.scale_),
        "coefficients": {each.value: _rounded(last.coef_[place[each.value]]) for each in Relation},
        "intercepts": {each.value: round(float(last.intercept_[place[each.value]]), _FIGURES) for each in Relation},
        "temperature": temperature,
        "thresholds": {"confirmed": confirmed, "suggested": 0.5},
        "measured": measured,
        "made": made,
    }
    trees, same_trees = _forest().fit(values, _codes(labels)), _same(same_rows)
    return Fitted(weights, Trees.of(trees), Trees.of(same_trees), related, chances)


def judged(examples: Sequence[Example], model: RelationModel) -> Figures:
    """Measure a model on pairs with a relation."""
    chances = np.array([[*model.judge(each.features, Kind.SUBMISSION).probabilities.values()] for each in examples])
    return _figures(chances, examples)


def left_out_chances(examples: Sequence[Example]) -> tuple[list[Example], NDArray[np.float64]]:
    """Ask of every pair with a relation what models tell that saw no pair of its group.

    :param examples: as for `fit`.
    :return: the pairs with a relation, in an order that depends on nothing but them, and the chances of each, (n, 7) in
        the order of `Relation`, calibrated on all of them: those from which `fit` sets thresholds.
    """
    related = _related(sorted(examples, key=_place))
    return related, _calibrated(related)[0]


def left_out(model: Fitted, asked: Sequence[Example]) -> Figures:
    """Measure on some of the pairs that a model was fitted to what models tell that saw no pair of their groups.

    :param asked: pairs with a relation, the very ones that were given to `fit`.
    """
    mine = {id(each) for each in asked}
    rows = [i for i, each in enumerate(model.pairs) if id(each) in mine]
    return _figures(model.chances[rows], [model.pairs[i] for i in rows])


def _figures(chances: NDArray[np.float64], examples: Sequence[Example]) -> Figures:
    from sklearn.metrics import f1_score

    labels = _labels(examples)
    said = [_CLASSES[place] for place in chances.argmax(axis=1).tolist()]
    right = chances[np.arange(len(labels)), _codes(labels)]
    score = f1_score(labels, said, average="macro", zero_division=0.0)
    return Figures(round(float(score), 4), round(float(-np.log(np.maximum(right, 1e-9)).mean()), 4))


def write(model: Fitted, folder: Path) -> None:
    """Write weights and trees into a folder; keys in order, same model, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    model.trees.write(folder / TREES)
    model.same_trees.write(folder / SAME_TREES)
    told = json.dumps(model.weights, ensure_ascii=False, indent=1) + "\n"
    (folder / WEIGHTS).write_text(told, encoding="utf-8")


def _regression() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(
        StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=5_000, class_weight="balanced", tol=1e-8)
    )


def _forest(class_weight: str | None = "balanced") -> Any:
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(
        _TREES, min_samples_leaf=3, max_features=0.4, class_weight=class_weight, random_state=_SEED
    )


def _codes(labels: NDArray[Any]) -> NDArray[np.int64]:
    """Number relations in their order, so that the forest keeps to it."""
    return np.array([_CLASSES.index(label) for label in labels.tolist()])


def _calibrated(related: Sequence[Example]) -> tuple[NDArray[np.float64], float]:
    """Chances (n, 7) of every pair by models that saw no pair of its group, and the temperature put on them."""
    labels = _labels(related)
    raw = _left_out(_matrix(related, sorted(related[0].features)), labels, [each.group for each in related])
    temperature = _temperature(raw, labels)
    return tempered(raw, temperature), temperature


def _left_out(values: NDArray[np.float64], labels: NDArray[Any], groups: Sequence[str]) -> NDArray[np.float64]:
    """Chances (n, 7) of every pair by models that saw no pair of its group."""
    from sklearn.model_selection import StratifiedGroupKFold

    chances = np.zeros((len(labels), len(_CLASSES)))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, held in folds.split(values, labels, groups):
        by_sum = _regression().fit(values[seen], labels[seen])
        columns = [_CLASSES.index(name) for name in by_sum.classes_]
        chances[np.ix_(held, columns)] += by_sum.predict_proba(values[held]) / 2
        by_trees = _forest().fit(values[seen], _codes(labels[seen]))
        chances[np.ix_(held, by_trees.classes_)] += by_trees.predict_proba(values[held]) / 2
    return chances


def _temperature(chances: NDArray[np.float64], labels: NDArray[Any]) -> float:
    rows = np.arange(len(labels)), _codes(labels)
    losses = [-np.log(np.maximum(tempered(chances, t)[rows], 1e-9)).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(np.round(losses, 6)))])


def _confirming(chances: NDArray[np.float64], labels: NDArray[Any]) -> float:
    """Find the lowest probability of a repetition from which those said to be one nearly always are."""
    said, true, chance = _repeats(chances, labels)
    for threshold in np.round(np.arange(0.5, 0.991, 0.01), 2):
        named = said & (chance >= threshold)
        if named.any() and true[named].mean() >= _PRECISION:
            return float(threshold)
    return 0.99


def _repeats(
    chances: NDArray[np.float64], labels: NDArray[Any]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """Tell of each pair whether it is said to be a repetition, whether it is one, and how probable one is."""
    places = [_CLASSES.index(each.value) for each in REPEATS]
    true = np.isin(labels, [each.value for each in REPEATS])
    return np.isin(chances.argmax(axis=1), places), true, chances[:, places].sum(axis=1)


def _measured(chances: NDArray[np.float64], labels: NDArray[Any], confirmed: float) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    said = np.array(_CLASSES)[chances.argmax(axis=1)]
    repeats, true, chance = _repeats(chances, labels)
    named = repeats & (chance >= confirmed)
    scores = f1_score(labels, said, average=None, labels=_CLASSES, zero_division=0.0)
    return {
        "pairs": len(labels),
        "macro_f1": round(float(scores.mean()), 4),
        "f1": {name: round(float(score), 3) for name, score in zip(_CLASSES, scores, strict=True)},
        "confirmed_precision": round(float(true[named].mean()), 4) if named.any() else None,
        "confirmed_recall": round(float(named[true].mean()), 4) if true.any() else None,
    }


def _same(rows: Sequence[Example]) -> Any:
    """Fit the forest for "about one matter in one place"."""
    counts = Counter(each.kind for each in rows)
    # Every sort of pair has its say, however many there are of it.
    weights = np.array([counts[each.kind] ** -0.5 for each in rows])
    names = sorted(rows[0].features)
    # A follow-up is about the same matter: what has happened since must not count.
    told = np.where(np.isin(names, SINCE), 0.0, _matrix(rows, names))
    return _forest(None).fit(told, [bool(each.same) for each in rows], sample_weight=weights / weights.mean())


def _same_measured(rows: Sequence[Example]) -> dict[str, float]:
    """Tell how well the same matter is told by forests that saw no pair of its group.

    :return: average precision by source, and AUC of each kind of pair about one matter against each that is not.
    """
    from sklearn.metrics import average_precision_score, roc_auc_score
    from sklearn.model_selection import StratifiedGroupKFold

    told, labels = _matrix(rows, sorted(rows[0].features)), np.array([bool(each.same) for each in rows])
    kinds = np.array([each.kind for each in rows])
    sources = np.array([each.kind.partition(":")[0] for each in rows])
    chances = np.zeros(len(rows))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, held in folds.split(told, labels, [each.group for each in rows]):
        forest = _same([rows[i] for i in seen])
        chances[held] = forest.predict_proba(told[held]) @ forest.classes_
    found = {}
    for source in sorted(set(sources)):
        mine = sources == source
        if len(set(labels[mine])) == 2:
            found[source] = average_precision_score(labels[mine], chances[mine])
        of = {kind: labels[kinds == kind].mean() for kind in sorted(set(kinds[mine]))}
        for yes, no in itertools.product(of, repeat=2):
            if of[yes] == 1 and of[no] == 0:
                both = np.isin(kinds, (yes, no))
                found[f"{yes} / {no}"] = roc_auc_score(labels[both], chances[both])
    return {name: round(float(value), 3) for name, value in found.items()}


def _place(each: Example) -> tuple[str, str, list[tuple[str, float]], str, str]:
    return each.group, each.kind, sorted(each.features.items()), each.relation or "", str(each.same)


def _related(rows: Sequence[Example]) -> list[Example]:
    return [each for each in rows if each.relation is not None]


def _labels(rows: Sequence[Example]) -> NDArray[Any]:
    return np.array([each.relation.value for each in rows if each.relation is not None])


def _matrix(rows: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[each.features[name] for name in names] for each in rows], dtype=np.float64)


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), _FIGURES) for value in values]
