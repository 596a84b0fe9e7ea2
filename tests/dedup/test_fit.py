"""What is fitted depends on the pairs alone, and what is told of it on pairs that were left out."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup import fit as fitting
from xiansuo.dedup.examples import EXAMPLES, read_examples, write_examples
from xiansuo.dedup.fit import Example, Fitted, fit, judged, left_out, left_out_chances, write
from xiansuo.dedup.relation import RelationModel
from xiansuo.dedup.since import SINCE
from xiansuo.dedup.trees import SAME_TREES, TREES, Trees
from xiansuo.records import Kind, Relation

MADE = {"data": "made up"}
SHIPPED = artefacts.models() / "relation"
_SAME = (Relation.COPY, Relation.SAME_MATTER, Relation.FOLLOW_UP)
# Reasons are given in these.
_TOLD = [
    *("copied", "letters_suggestions", "meaning", "meaning_problem", "meaning_suggestions", "nearly_same"),
    *("new_numbers", "new_suggestions", "new_words", "places_swapped"),
]


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few trees, but where the shipped ones are grown again."""
    if "shipped" not in request.node.name:
        monkeypatch.setattr(fitting, "_TREES", 20)


def separable(seed: int = 7) -> list[Example]:
    """Ten matters of every relation, each relation with a number that is high for it alone."""
    draw = np.random.default_rng(seed)
    made = []
    for place, relation in enumerate(Relation):
        for number in range(10):
            values = draw.normal(0, 0.1, len(_TOLD))
            values[place] += 1
            found = dict(zip(_TOLD, values.tolist(), strict=True))
            made.append(Example(found, f"{relation}-{number}", "made", relation, relation in _SAME))
    return made


def noisy() -> list[Example]:
    """Make pairs that are hard to tell apart, but not hopeless."""
    draw, made = np.random.default_rng(3), []
    for number, each in enumerate(separable() * 3):
        values = {name: value + float(draw.normal(0, 0.45)) for name, value in each.features.items()}
        made.append(dataclasses.replace(each, features=values, group=str(number)))
    return made


def meaningless(*, twins_apart: bool, numbers: int = 60) -> list[Example]:
    """Pairs whose numbers say nothing of their label, each there twice: in one matter or in two."""
    draw = np.random.default_rng(11)
    made = []
    for number in range(140):
        found = {f"n{i:02d}": float(value) for i, value in enumerate(draw.normal(0, 1, numbers))}
        relation = list(Relation)[number % len(Relation)]
        for twin in (0, 1):
            group = f"{number}-{twin if twins_apart else 0}"
            made.append(Example(found, group, "made", relation, bool(draw.integers(2))))
    return made


def written(model: Fitted, folder: Path) -> bytes:
    write(model, folder)
    return b"".join((folder / name).read_bytes() for name in (WEIGHTS, TREES, SAME_TREES))


def weights_of(examples: list[Example]) -> dict[str, Any]:
    return fit(examples, MADE).weights


def test_relations_that_can_be_told_apart_are(tmp_path: Path) -> None:
    examples = separable()
    fitted = fit(examples, MADE)
    made = fitted.weights
    assert made["measured"]["macro_f1"] == made["measured"]["confirmed_precision"] == 1
    assert made["measured"]["pairs"] == len(examples)
    assert made["made"] == MADE
    write(fitted, tmp_path)
    model = RelationModel.read(tmp_path / WEIGHTS)
    judged = [model.judge(each.features, Kind.SUBMISSION) for each in examples]
    assert [made.relation for made in judged] == [each.relation for each in examples]
    same, other = (
        [made.similarity for made in judged if (made.relation in _SAME) is wanted] for wanted in (True, False)
    )
    assert min(same) > max(other)


def test_the_same_pairs_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    examples = noisy()
    # Two that only their label tells apart.
    examples += [dataclasses.replace(examples[0], relation=Relation.RELATED, same=False)]
    first = written(fit(examples, MADE), tmp_path)
    assert written(fit(examples, MADE), tmp_path) == first
    for seed in range(3):
        random.Random(seed).shuffle(examples)
        assert written(fit(examples, MADE), tmp_path) == first
    assert written(fit(examples[:-1], MADE), tmp_path) != first


def test_pairs_of_one_matter_are_left_out_together() -> None:
    apart, together = (weights_of(meaningless(twins_apart=each))["measured"]["macro_f1"] for each in (True, False))
    # Who has seen the twin knows the label; who has not can only guess one of seven.
    assert apart > 0.5
    assert together < 0.3


def test_what_is_confirmed_is_measured_on_pairs_that_were_left_out() -> None:
    examples = meaningless(twins_apart=False, numbers=300)
    made = weights_of(examples)
    names = made["features"]
    values = (np.array([[e.features[n] for n in names] for e in examples]) - made["mean"]) / made["scale"]
    logits = values @ np.array([made["coefficients"][each.value] for each in Relation]).T
    logits += [made["intercepts"][each.value] for each in Relation]
    said = [list(Relation)[place] for place in logits.argmax(axis=1)]
    # Learnt by heart, and known to be worth nothing.
    assert said == [each.relation for each in examples]
    assert made["thresholds"]["confirmed"] > 0.5
    assert made["measured"]["confirmed_recall"] < 0.05
    assert made["temperature"] == 2.5
    assert weights_of(separable())["thresholds"]["confirmed"] == 0.5


def test_precision_among_the_confirmed_is_kept_where_labels_are_noisy() -> None:
    made = weights_of(noisy())
    assert made["measured"]["macro_f1"] < 0.95
    assert made["measured"]["confirmed_precision"] >= 0.97
    assert 0.5 < made["thresholds"]["confirmed"] <= 0.99
    assert 0.1 < made["measured"]["confirmed_recall"] < 1


def test_figures_on_cases_that_were_left_out_are_worse_than_on_cases_learnt(tmp_path: Path) -> None:
    seen, asked = separable(seed=1), noisy()[:60]
    write(fit([*seen, *asked], MADE), tmp_path)
    learnt, unseen = judged(asked, RelationModel.read(tmp_path / WEIGHTS)), left_out(fit([*seen, *asked], MADE), asked)
    assert learnt.log_loss < unseen.log_loss
    assert learnt.macro_f1 > unseen.macro_f1
    assert left_out(fit([*seen[::-1], *asked], MADE), asked) == unseen


def test_left_out_chances_of_every_pair_are_those_that_a_fit_was_measured_on() -> None:
    examples = [*noisy(), dataclasses.replace(separable()[0], relation=None)]
    pairs, chances = left_out_chances(examples)
    assert chances.shape == (len(examples) - 1, len(Relation))
    assert chances.sum(axis=1) == pytest.approx(1)
    assert {id(each) for each in pairs} == {id(each) for each in examples[:-1]}
    measured = weights_of(examples)
    wanted = np.array([list(Relation).index(each.relation) for each in pairs if each.relation])
    said = chances.argmax(axis=1)
    for place, relation in enumerate(Relation):
        right = int(((said == place) & (wanted == place)).sum())
        f1 = 2 * right / int((said == place).sum() + (wanted == place).sum())
        assert measured["measured"]["f1"][relation] == pytest.approx(f1, abs=1e-3)
    again, same = left_out_chances(examples[::-1])
    assert [id(each) for each in again] == [id(each) for each in pairs]
    assert (same == chances).all()


def test_pairs_of_which_half_is_known_are_used_for_that_half() -> None:
    examples = separable()
    extra = [
        dataclasses.replace(each, relation=None, group=f"half-{place}", kind="half")
        for place, each in enumerate(separable(seed=8))
    ]
    alone, more = fit(examples, MADE), fit(examples + extra, MADE)
    for part in ("coefficients", "intercepts", "temperature", "thresholds", "mean", "scale"):
        assert more.weights[part] == alone.weights[part]
    assert more.weights["measured"].pop("same") != alone.weights["measured"].pop("same")
    assert more.weights["measured"] == alone.weights["measured"]
    assert len(more.same_trees.feature) > len(alone.same_trees.feature)


def test_examples_come_back_as_they_were_written(tmp_path: Path) -> None:
    examples = separable()
    examples[0] = dataclasses.replace(examples[0], relation=None)
    examples[1] = dataclasses.replace(examples[1], same=None)
    write_examples(examples, tmp_path / "one.csv")
    again = read_examples(tmp_path / "one.csv")
    assert {(e.group, e.kind, e.relation, e.same) for e in again} == {
        (e.group, e.kind, e.relation, e.same) for e in examples
    }
    random.Random(0).shuffle(again)
    write_examples(again, tmp_path / "two.csv")
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


@pytest.mark.parametrize(("old", "new"), [("distinct", "unlike"), ("0.1", "high")])
def test_examples_with_a_word_that_means_nothing_are_refused(tmp_path: Path, old: str, new: str) -> None:
    found = dict.fromkeys(_TOLD, 0.1)
    write_examples([Example(found, "g", "made", Relation.DISTINCT, False)], tmp_path / EXAMPLES)
    text = (tmp_path / EXAMPLES).read_text(encoding="utf-8")
    (tmp_path / EXAMPLES).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=new):
        read_examples(tmp_path / EXAMPLES)


def test_the_shipped_examples_are_numbers_only_and_come_back_the_same(tmp_path: Path) -> None:
    examples = read_examples(SHIPPED / EXAMPLES)
    write_examples(examples, tmp_path / EXAMPLES)
    data = (SHIPPED / EXAMPLES).read_bytes()
    assert (tmp_path / EXAMPLES).read_bytes() == data
    assert data.isascii()


def test_the_shipped_weights_are_what_the_shipped_examples_give() -> None:
    shipped = json.loads((SHIPPED / WEIGHTS).read_text(encoding="utf-8"))
    fitted = fit(read_examples(SHIPPED / EXAMPLES), shipped["made"])
    made = fitted.weights
    assert list(made) == list(shipped)
    here, there = flat(made), flat(shipped)
    assert list(here) == list(there)
    for part, told in there.items():
        assert here[part] == (pytest.approx(told, abs=1e-4) if isinstance(told, float) else told), part
    values = np.random.default_rng(1).random((50, len(made["features"])))
    for grown, name in ((fitted.trees, TREES), (fitted.same_trees, SAME_TREES)):
        there_too = Trees.read(SHIPPED / name)
        for each in values:
            assert grown.predict(each) == pytest.approx(there_too.predict(each), abs=1e-3)


def test_the_same_matter_is_measured_by_kinds_on_pairs_that_were_left_out() -> None:
    clear = [dataclasses.replace(each, kind=f"made:{each.relation}") for each in separable()]
    told = fit(clear, MADE).weights["measured"]["same"]
    assert len(told) == 1 + len(_SAME) * (len(Relation) - len(_SAME))
    assert all(value == 1 for value in told.values()), "what can be told apart is"
    blank = [dataclasses.replace(each, features=dict.fromkeys(each.features, 0.5)) for each in clear]
    told = fit(blank, MADE).weights["measured"]["same"]
    against = [value for name, value in told.items() if " / " in name]
    assert against
    assert all(value < 0.7 for value in against), "and what cannot is not"


def test_what_has_happened_since_says_nothing_of_the_matter() -> None:
    # Whatever is told of time here tells the same matter from others perfectly; it must not be believed.
    examples = [
        dataclasses.replace(each, features={**each.features, **dict.fromkeys(SINCE, 9.0 * bool(each.same))})
        for each in separable()
    ]
    fitted = fit(examples, MADE)
    names = fitted.weights["features"]
    of_time = [names.index(each) for each in SINCE]
    assert not np.isin(fitted.same_trees.feature, of_time).any()
    assert np.isin(fitted.trees.feature, of_time).any(), "but a follow-up is told by it"


def flat(told: Any, name: str = "") -> dict[str, Any]:
    """Name every single value of nested ones by its way there."""
    if isinstance(told, dict | list):
        inner = told.items() if isinstance(told, dict) else enumerate(told)
        return {way: value for key, each in inner for way, value in flat(each, f"{name}/{key}").items()}
    return {name: told}
