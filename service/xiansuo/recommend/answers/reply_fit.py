"""Fit the weights by which replies are judged to labelled ones; of those only numbers are kept."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiansuo.recommend.answers.reply_features import FEATURES

EXAMPLES = "examples.csv"
"""Name of the file of labelled replies beside the weights."""

_STRENGTH = 0.1
_FOLDS, _SEED = 8, 20260101
_FIGURES = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled reply: where it is from, whether it settles the matter, its numbers in the order of FEATURES."""

    source: str
    answered: bool
    values: tuple[float, ...]


def read_examples(path: Path) -> list[Labelled]:
    """Read labelled replies as `write_examples` leaves them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row["source"], row["answered"] == "1", tuple(float(row[name]) for name in FEATURES))
            for row in csv.DictReader(file)
        ]


def write_examples(examples: Sequence[Labelled], path: Path) -> None:
    """Write labelled replies as numbers; the order says nothing of where they stood."""
    ordered = sorted(examples, key=lambda each: (each.source, each.answered, each.values))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("source", "answered", *FEATURES))
        writer.writerows(
            (each.source, int(each.answered), *(f"{value:g}" for value in each.values)) for each in ordered
        )


def fit(examples: Sequence[Labelled], made: dict[str, Any]) -> dict[str, Any]:
    """Fit the regression, and measure it on examples left out.

    :param made: provenance that is kept with the weights.
    :return: what `ReplyModel.read` reads, with the figures under `measured`.
    :raises ValueError: all replies settle their matter, or none.
    """
    ordered = sorted(examples, key=lambda each: (each.source, each.answered, each.values))
    if len({each.answered for each in ordered}) < 2:
        raise ValueError("replies that settle their matter and others are needed")
    scaler, model = _regression(ordered)
    return {
        "features": list(FEATURES),
        "mean": _rounded(scaler.mean_),
        "scale": _rounded(scaler.scale_),
        "coefficients": _rounded(model.coef_[0]),
        "intercept": round(float(model.intercept_[0]), _FIGURES),
        "measured": _measured(ordered),
        "made": made,
    }


def write(model: dict[str, Any], path: Path) -> None:
    """Write weights as JSON, keys in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _regression(examples: Sequence[Labelled]) -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    values = [each.values for each in examples]
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=_STRENGTH, max_iter=5_000, tol=1e-8, class_weight="balanced")
    return scaler, model.fit(scaler.transform(values), [each.answered for each in examples])


def _measured(examples: Sequence[Labelled]) -> dict[str, Any]:
    """Return the AUC of each source by regressions that saw none of what they judge, in whatever form."""
    import numpy as np
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold

    found = {}
    for source in sorted({each.source for each in examples}):
        own = [each for each in examples if each.source == source]
        # The same replies told with their grades and without are two sources with one first word.
        others = [each for each in examples if each.source.split()[0] != source.split()[0]]
        labels = np.array([each.answered for each in own])
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
        chances = np.zeros(len(own))
        for seen, held in folds.split(np.zeros(len(own)), labels):
            scaler, model = _regression([*others, *(own[i] for i in seen.tolist())])
            chances[held] = model.predict_proba(scaler.transform([own[i].values for i in held.tolist()]))[:, 1]
        found[source] = round(float(roc_auc_score(labels, chances)), 4)
    return {"replies": len(examples), "auc": found}


def _rounded(values: Any) -> list[float]:
    return [round(float(value), _FIGURES) for value in values]
