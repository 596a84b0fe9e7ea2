"""From numbers to a relation: probabilities, a status by thresholds, and reasons that a person can read."""

from __future__ import annotations

import dataclasses
import json
import math
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import matters
from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup.relation import Judgement, RelationModel, shipped_model, softmax
from xiansuo.dedup.trees import SAME_TREES, TREES, Trees
from xiansuo.records import Kind, Relation

from .readings import compared

SHIPPED = artefacts.models() / "relation" / WEIGHTS
FOUND = compared(matters.LIFT, matters.LIFT)
REPEATS = {Relation.COPY, Relation.SAME_MATTER}
OF_A_MATTER = {Relation.SAME_MATTER, Relation.FOLLOW_UP}
LOOKED_AT = {*REPEATS, *OF_A_MATTER, Relation.TEMPLATE_SWAP}

# Far beyond what texts give, on both sides of 0.
numbers_of_a_pair = st.lists(st.floats(-3, 6), min_size=len(FOUND), max_size=len(FOUND)).map(
    lambda values: dict(zip(sorted(FOUND), values, strict=True))
)


def one_leaf(chances: Sequence[float]) -> Trees:
    """Make a forest that says the same whatever it sees."""
    node = {"feature": np.array([-1], np.int16), "threshold": np.zeros(1, np.float32), "right": np.zeros(1, np.int32)}
    return Trees(roots=np.zeros(1, np.int32), chances=np.array([chances], np.float16), **node)


def leaning(relation: Relation, strength: float = 9.0) -> RelationModel:
    """Make a model that says one relation whatever it sees."""
    model = shipped_model()
    towards = np.array([strength if each is relation else 0.0 for each in Relation])
    trees = one_leaf(softmax(towards).tolist())
    return dataclasses.replace(
        model, coefficients=np.zeros_like(model.coefficients), intercepts=towards, trees=trees, temperature=1.0
    )


def told() -> dict[str, Any]:
    """Give the shipped weights as they stand in the file."""
    read: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return read


def read(folder: Path, weights: object) -> RelationModel:
    (folder / WEIGHTS).write_text(json.dumps(weights), encoding="utf-8")
    for trees in (TREES, SAME_TREES):
        shutil.copy(SHIPPED.with_name(trees), folder / trees)
    return RelationModel.read(folder / WEIGHTS)


@given(found=numbers_of_a_pair, kind=st.sampled_from(Kind))
def test_probabilities_are_such_and_the_relation_is_the_most_probable(found: dict[str, float], kind: Kind) -> None:
    made = shipped_model().judge(found, kind)
    assert list(made.probabilities) == list(Relation)
    assert all(0 <= share <= 1 for share in made.probabilities.values())
    assert sum(made.probabilities.values()) == pytest.approx(1, abs=4e-4)
    assert made.probability == made.probabilities[made.relation] == max(made.probabilities.values())
    assert 0 <= made.similarity <= 1
    assert made == shipped_model().judge(dict(reversed(found.items())), kind)


@given(found=numbers_of_a_pair)
def test_a_reference_raises_no_matter_to_repeat(found: dict[str, float]) -> None:
    made, other = (shipped_model().judge(found, kind) for kind in (Kind.REFERENCE, Kind.SUBMISSION))
    assert made.relation not in OF_A_MATTER
    assert all(made.probabilities[each] == 0 for each in OF_A_MATTER)
    moved = sum(other.probabilities[each] for each in (*OF_A_MATTER, Relation.RELATED))
    assert made.probabilities[Relation.RELATED] == pytest.approx(moved, abs=4e-4)
    for each in set(Relation) - OF_A_MATTER - {Relation.RELATED}:
        assert made.probabilities[each] == other.probabilities[each]


@given(found=numbers_of_a_pair)
def test_what_must_be_seen_is_the_sum_of_what_an_editor_looks_at(found: dict[str, float]) -> None:
    made = shipped_model().judge(found, Kind.PROPOSAL)
    passed_over = sum(made.probabilities[each] for each in set(Relation) - LOOKED_AT)
    assert made.to_be_seen == pytest.approx(1 - passed_over, abs=5e-4)


@given(found=numbers_of_a_pair, threshold=st.floats(0, 1))
def test_thresholds_decide_the_status(found: dict[str, float], threshold: float) -> None:
    model = dataclasses.replace(shipped_model(), confirmed=threshold, suggested=threshold / 2)
    made = model.judge(found, Kind.SUBMISSION)
    if made.relation not in LOOKED_AT:
        assert made.status == "none"
    elif made.relation not in REPEATS:
        assert made.status == ("suggested" if made.to_be_seen >= threshold / 2 else "none")
    else:
        sure = sum(made.probabilities[each] for each in REPEATS) >= threshold
        assert (made.status == "confirmed") == sure
    strict = dataclasses.replace(model, confirmed=1.1, suggested=1.1)
    assert strict.judge(found, Kind.SUBMISSION).status == "none"


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_its_status_and_its_reasons_in_chinese(relation: Relation) -> None:
    draft = {**matters.STALLS, "text": matters.STALLS["text"].replace("柳荫路", "枫林路").replace("六十", "八十")}
    for found in (FOUND, compared(draft, matters.STALLS), compared(matters.LIFT, matters.WATER)):
        made = leaning(relation).judge(found, Kind.SUBMISSION)
        assert made.relation is relation
        assert made.probability > 0.99
        assert made.status == ("confirmed" if relation in REPEATS else "suggested" if relation in LOOKED_AT else "none")
        assert made.reasons
        for reason in made.reasons:
            assert re.search("[\u4e00-\u9fff]{4}", reason)
            assert "-" not in reason
    assert len({leaning(each).judge(FOUND, Kind.SUBMISSION).reasons for each in Relation}) == len(Relation)


def test_reasons_give_the_figures_that_were_found() -> None:
    def reasons(relation: Relation, **changed: float) -> str:
        return "；".join(leaning(relation).judge(FOUND | changed, Kind.SUBMISSION).reasons)

    assert "73%" in reasons(Relation.COPY, copied=0.73)
    assert "0.64" in reasons(Relation.SAME_MATTER, meaning=0.64)
    assert "41%" in reasons(Relation.FOLLOW_UP, new_suggestions=0.41)
    assert "38%" in reasons(Relation.SAME_MEASURES, letters_suggestions=0.38)
    assert "地方不同" in reasons(Relation.TEMPLATE_SWAP, places_swapped=0.5)
    assert "地方不同" not in reasons(Relation.TEMPLATE_SWAP, places_swapped=0.0)
    assert "52% 的数字不同" in reasons(Relation.TEMPLATE_SWAP, new_numbers=0.52)


def test_logits_are_scaled_and_cooled_as_written(tmp_path: Path) -> None:
    weights = told() | {"temperature": 2.0}
    names = weights["features"]
    weights["mean"], weights["scale"] = [1.0] * len(names), [4.0] * len(names)
    for each in Relation:
        weights["coefficients"][each.value] = [0.0] * len(names)
        weights["intercepts"][each.value] = 0.0
    weights["coefficients"]["copy"][names.index("copied")] = 8.0
    found = dict.fromkeys(names, 1.0) | {"copied": 3.0}
    by_trees = [0.25, *[0.125] * 6]
    model = dataclasses.replace(read(tmp_path, weights), trees=one_leaf(by_trees), same_trees=one_leaf([0.75, 0.25]))
    made = model.judge(found, Kind.REPORT)
    # (3 - 1) / 4 · 8 = 4 for a copy against six times 0; the mean with the trees' chances, and of all the roots;
    # "The same matter" is what its own trees say, not cooled.
    copy = math.sqrt((math.exp(4) / (math.exp(4) + 6) + 0.25) / 2)
    others = math.sqrt((1 / (math.exp(4) + 6) + 0.125) / 2)
    assert made.probability == pytest.approx(copy / (copy + 6 * others), abs=1e-4)
    assert made.similarity == pytest.approx(0.25)


def test_the_shipped_weights_name_the_numbers_that_a_pair_gives() -> None:
    model = shipped_model()
    assert list(model.features) == sorted(FOUND)
    assert len(set(model.features)) == len(model.features)
    assert 0 < model.suggested <= model.confirmed < 1
    assert shipped_model() is model


def test_the_shipped_weights_know_a_copy_and_two_matters() -> None:
    def judged(draft: dict[str, Any], earlier: dict[str, Any]) -> Judgement:
        return shipped_model().judge(compared(draft, earlier), Kind.SUBMISSION)

    for row in matters.ALL:
        assert (judged(row, row).relation, judged(row, row).status) == (Relation.COPY, "confirmed")
    for draft, earlier in zip(matters.ALL, matters.ALL[1:], strict=False):
        made = judged(draft, earlier)
        assert made.relation in {Relation.RELATED, Relation.DISTINCT}
        assert made.similarity < judged(draft, draft).similarity


@pytest.mark.parametrize("gone", ["features", "mean", "coefficients", "temperature", "thresholds"])
def test_weights_with_something_missing_are_refused(tmp_path: Path, gone: str) -> None:
    weights = told()
    del weights[gone]
    with pytest.raises(KeyError, match=gone):
        read(tmp_path, weights)


@pytest.mark.parametrize("relation", Relation)
def test_weights_without_a_relation_are_refused(tmp_path: Path, relation: Relation) -> None:
    weights = told()
    del weights["coefficients"][relation.value]
    with pytest.raises(KeyError):
        read(tmp_path, weights)


@pytest.mark.parametrize(
    "damage",
    [
        {"mean": [0.5]},
        {"features": ["copied"]},
        {"temperature": 0},
        {"temperature": "warm"},
        {"scale": [0.0] * len(FOUND)},
        {"mean": [math.nan] * len(FOUND)},
        {"thresholds": {"confirmed": math.inf, "suggested": 0.5}},
    ],
    ids=lambda damage: "-".join(damage),
)
def test_weights_that_cannot_be_right_are_refused(tmp_path: Path, damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weights|convert"):
        read(tmp_path, told() | damage)


@pytest.mark.parametrize("text", ["", "[]", '"copy"', "{", SHIPPED.read_text(encoding="utf-8")[:-20]])
def test_a_file_that_is_no_weights_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / WEIGHTS).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"weights|line \d+ column"):
        RelationModel.read(tmp_path / WEIGHTS)


def test_a_pair_that_lacks_a_number_is_refused() -> None:
    with pytest.raises(KeyError, match="copied"):
        shipped_model().judge({name: value for name, value in FOUND.items() if name != "copied"}, Kind.SUBMISSION)
