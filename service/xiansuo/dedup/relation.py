"""From the numbers of a pair to a relation with its probability, by a small model whose weights lie in `models/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.dedup.trees import SAME_TREES, TREES, Trees
from xiansuo.records import Kind, Relation

Status = Literal["confirmed", "suggested", "none"]

REPEATS = (Relation.COPY, Relation.SAME_MATTER)
"""Relations of a draft that says again what was said."""

ABOUT_ONE_MATTER = (*REPEATS, Relation.FOLLOW_UP)
"""Relations of two texts about one matter in one place."""

LOOKED_AT = (*REPEATS, Relation.FOLLOW_UP, Relation.TEMPLATE_SWAP)
"""Relations for which an editor must see the earlier text."""


_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a draft stands to an earlier text.

    `probability` is that of the relation, calibrated; `probabilities` those of all seven. `similarity` 0..1 is the
    probability that both are about the same matter in the same place. `status`: `confirmed` where a repetition is
    nearly sure, `suggested` where an editor should look, else `none`. `reasons` in Chinese.
    """

    relation: Relation
    probability: float
    similarity: float
    status: Status
    probabilities: dict[Relation, float]
    reasons: tuple[str, ...]

    @property
    def to_be_seen(self) -> float:
        """Probability, 0..1, that an editor must see the earlier text: by this matches are ordered."""
        return round(sum(self.probabilities[each] for each in LOOKED_AT), 4)


@dataclass(frozen=True, slots=True)
class RelationModel:
    """A logistic regression and a forest over the seven relations, and a forest for "the same matter".

    `coefficients` (7, k), `intercepts` (7,); k numbers, named by `features`, are scaled by `mean` and `scale` for the
    regression, and taken as they are by `trees` and `same_trees` (no, yes). The chances of a relation are the mean of
    regression and forest, raised to 1 / `temperature` (Guo et al., 2017). `confirmed` and `suggested` are thresholds.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    temperature: float
    confirmed: float
    suggested: float
    trees: Trees
    same_trees: Trees

    @classmethod
    def read(cls, path: Path) -> RelationModel:
        """Read weights that `fit` wrote.

        :raises ValueError, KeyError: the file is none of ours.
        """
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(told, dict):
            raise ValueError("relation weights are no JSON object")
        model = cls(
            tuple(told["features"]),
            np.array(told["mean"]),
            np.array(told["scale"]),
            np.array([told["coefficients"][relation.value] for relation in Relation]),
            np.array([told["intercepts"][relation.value] for relation in Relation]),
            float(told["temperature"]),
            float(told["thresholds"]["confirmed"]),
            float(told["thresholds"]["suggested"]),
            Trees.read(path.with_name(TREES)),
            Trees.read(path.with_name(SAME_TREES)),
        )
        model._verify()
        return model

    def _verify(self) -> None:
        """Refuse weights that would judge wrongly without a word: too few of them, no numbers, a scale of nothing."""
        count = len(self.features)
        shapes = (self.mean.shape, self.scale.shape, self.coefficients.shape, self.intercepts.shape)
        if shapes != ((count,), (count,), (len(Relation), count), (len(Relation),)):
            raise ValueError("relation weights do not fit the features they name")
        single = [self.temperature, self.confirmed, self.suggested]
        every = (self.mean, self.scale, self.coefficients, self.intercepts, np.array(single))
        if not all(np.isfinite(each).all() for each in every):
            raise ValueError("relation weights are not all finite")
        for trees, classes in ((self.trees, len(Relation)), (self.same_trees, 2)):
            if trees.chances.shape[1] != classes or trees.feature.max() >= count:
                raise ValueError("relation trees do not fit the features and relations")
        if self.temperature <= 0 or (self.scale <= 0).any():
            raise ValueError("relation weights have a scale or temperature that is not above 0")

    def judge(self, found: Mapping[str, float], kind: Kind) -> Judgement:
        """Judge one pair.

        :param found: as from `features.features`.
        :param kind: what the earlier text is. A policy or a press item raises no matter that a draft could repeat or
            follow up; a draft can only copy it, take its measures or belong to its theme.
        """
        told = np.array([found[name] for name in self.features])
        values = (told - self.mean) / self.scale
        by_sum = softmax(self.coefficients @ values + self.intercepts)
        chances = tempered((by_sum + self.trees.predict(told)) / 2, self.temperature)
        if kind is Kind.REFERENCE:
            chances = _without_matter(chances)
        shares = {relation: round(float(p), 4) for relation, p in zip(Relation, chances, strict=True)}
        relation = max(Relation, key=lambda each: shares[each])
        similarity = round(float(self.same_trees.predict(told)[1]), 6)
        status = self._status(relation, shares)
        return Judgement(relation, shares[relation], similarity, status, shares, _reasons(relation, found))

    def _status(self, relation: Relation, shares: Mapping[Relation, float]) -> Status:
        if relation in REPEATS and sum(shares[each] for each in REPEATS) >= self.confirmed:
            return "confirmed"
        if relation in LOOKED_AT and sum(shares[each] for each in LOOKED_AT) >= self.suggested:
            return "suggested"
        return "none"


@cache
def shipped_model() -> RelationModel:
    """Read the shipped weights, once."""
    return RelationModel.read(artefacts.models() / "relation" / artefacts.WEIGHTS)


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn logits into probabilities that sum to 1 along the last axis, (..., k)."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def tempered(chances: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Raise probabilities to 1 / temperature, so that they sum to 1 again, (..., k)."""
    return softmax(np.log(np.maximum(chances, _TINY)) / temperature)


def _without_matter(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    order = list(Relation)
    moved = chances.copy()
    for gone in (Relation.SAME_MATTER, Relation.FOLLOW_UP):
        moved[order.index(Relation.RELATED)] += moved[order.index(gone)]
        moved[order.index(gone)] = 0.0
    return moved


def _reasons(relation: Relation, found: Mapping[str, float]) -> tuple[str, ...]:
    """Say what speaks for the relation, in figures that the evidence shows."""
    matter = f"反映的事情相近程度 {max(0.0, found['meaning']):.2f}"
    copied = f"有 {found['copied']:.0%} 的文字与之相同"
    suggestions = f"建议相近程度 {max(0.0, found['meaning_suggestions']):.2f}"
    swapped = []
    if found["places_swapped"] > 0:
        swapped.append("两篇写的地方不同")
    if found["new_numbers"] > 0:
        swapped.append(f"相同句子里 {found['new_numbers']:.0%} 的数字不同")
    if found["new_words"] > 0:
        swapped.append(f"相同句子里 {found['new_words']:.0%} 的词换过")
    said = {
        Relation.COPY: [copied, f"{found['nearly_same']:.0%} 的文字在原文里有几乎相同的句子"],
        Relation.SAME_MATTER: [matter, suggestions],
        Relation.FOLLOW_UP: [matter, f"约 {found['new_suggestions']:.0%} 的建议是原文没有的"],
        Relation.TEMPLATE_SWAP: [f"{found['nearly_same']:.0%} 的文字套用原文的句子", *swapped],
        Relation.SAME_MEASURES: [
            f"建议有 {found['letters_suggestions']:.0%} 的用字与之相同",
            f"问题相近程度只有 {max(0.0, found['meaning_problem']):.2f}",
        ],
        Relation.RELATED: [f"属于相近主题（{max(0.0, found['meaning']):.2f}），具体问题不同"],
        Relation.DISTINCT: ["没有实质相同之处"],
    }[relation]
    return tuple(said)
