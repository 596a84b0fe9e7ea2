"""An office's own labels change the weights only where they prove better, and one command takes it back."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from tests.evaluate import labelled
from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup import fit
from xiansuo.dedup.examples import EXAMPLES, read_examples, write_examples
from xiansuo.dedup.relation import shipped_model
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.errors import FileUnreadable, InputError
from xiansuo.evaluate import calibrating
from xiansuo.evaluate.cases import read_cases
from xiansuo.evaluate.examples import examples_of
from xiansuo.records import Kind, Relation
from xiansuo.settings import Settings

LEFT_OUT = {Relation.SAME_MEASURES: Relation.RELATED, Relation.FOLLOW_UP: Relation.RELATED}
SHIPPED = artefacts.models() / "relation" / EXAMPLES


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few folds and trees: how good they are is asked elsewhere."""
    monkeypatch.setattr(fit, "_FOLDS", 3)
    monkeypatch.setattr(fit, "_TREES", 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """An archive of the demo corpus's labelled pairs and the office's submissions, read by the default encoder."""
    with Desk(Settings(home=tmp_path / "home")) as desk:
        import_path(desk, labelled.archive(tmp_path), now=NOON)
        yield desk


def renamed(path: Path) -> Path:
    """Write pairs as another office sees them: to it a follow-up, or measures alone, is just related."""
    own = [
        dataclasses.replace(each, group=f"own-{each.group}", relation=LEFT_OUT.get(each.relation, each.relation))
        for each in read_examples(SHIPPED)
        if each.relation is not None
    ][::3]
    write_examples(own, path)
    return path


def test_labels_that_the_shipped_weights_get_wrong_are_learnt(office: Desk, tmp_path: Path) -> None:
    done = calibrating.calibrate_relations(office, [], [renamed(tmp_path / "own.csv")], now=NOON)
    assert done.adopted
    assert done.after["log_loss"] < done.before["log_loss"]
    assert office.own_weights("relation") == done.weights
    found = next(each for each in read_examples(SHIPPED) if each.relation is Relation.SAME_MEASURES)
    before, after = (
        model.judge(found.features, Kind.SUBMISSION).probabilities[Relation.SAME_MEASURES]
        for model in (shipped_model(), office.relations)
    )
    assert after < before


def test_the_same_labels_in_any_order_give_the_same_bytes(office: Desk, tmp_path: Path) -> None:
    made = []
    for seed in (1, 2):
        numbers = tmp_path / f"{seed}.csv"
        own = [each for each in read_examples(SHIPPED) if each.relation is not None][::4]
        random.Random(seed).shuffle(own)
        write_examples(own, numbers)
        done = calibrating.calibrate_relations(office, [], [numbers], now=NOON, into=tmp_path / str(seed))
        assert not done.adopted
        assert not done.before, "what is shipped may have been fitted to these very cases"
        made.append(b"".join(path.read_bytes() for path in sorted((tmp_path / str(seed)).iterdir())))
    assert made[0] == made[1]
    assert not office.own_weights("relation").exists(), "a fit into another folder leaves the office as it was"


def test_a_calibration_is_taken_back_to_the_one_before_and_then_to_the_shipped(office: Desk, tmp_path: Path) -> None:
    numbers = renamed(tmp_path / "own.csv")
    calibrating.calibrate_relations(office, [], [numbers], now=NOON)
    first = office.own_weights("relation").read_bytes()
    fewer = tmp_path / "fewer.csv"
    write_examples(read_examples(numbers)[::2], fewer)
    calibrating.calibrate_relations(office, [], [fewer], now=NOON)
    assert office.own_weights("relation").read_bytes() != first
    assert calibrating.undo(office) == ["relation"]
    assert office.own_weights("relation").read_bytes() == first
    assert calibrating.undo(office) == ["relation"]
    assert not office.own_weights("relation").exists()
    with pytest.raises(InputError, match="没有校准过"):
        calibrating.undo(office)


def test_a_handful_of_labels_is_not_enough(office: Desk, tmp_path: Path) -> None:
    few = matters.write(tmp_path / "few.jsonl", labelled.duplicates()[:6])
    with pytest.raises(InputError, match="共 6 对"):
        calibrating.calibrate_relations(office, [few], now=NOON)
    with pytest.raises(FileUnreadable, match="few"):
        calibrating.calibrate_relations(office, [], [few], now=NOON)


def test_pairs_as_texts_and_as_ids_give_the_same_numbers(office: Desk, tmp_path: Path) -> None:
    rows = corpus.rows("gold/pairs.jsonl")[::10][2:5]
    ids = matters.write(tmp_path / "pairs.jsonl", [{k: row[k] for k in ("a", "b", "relation")} for row in rows])
    whole = matters.write(
        tmp_path / "whole" / "pairs.jsonl",
        [{"a": labelled.document(r["a"]), "b": labelled.document(r["b"]), "relation": r["relation"]} for r in rows],
    )
    assert examples_of(office, read_cases(ids), ids) == examples_of(office, read_cases(whole), whole)


def test_pairs_that_hang_together_are_one_group(office: Desk, tmp_path: Path) -> None:
    one, two, three, four = (row["id"] for row in matters.ALL[:4])
    cases = [{"a": one, "b": two, "label": 0}, {"a": three, "b": two, "label": 1}, {"a": four, "b": four, "label": 1}]
    path = matters.write(tmp_path / "pairs.jsonl", cases)
    found = examples_of(office, read_cases(path), path)
    assert found[0].group == found[1].group != found[2].group
    assert [each.same for each in found] == [False, True, True]
    assert {each.relation for each in found} == {None}


@pytest.mark.parametrize(
    ("case", "told"), [({"relation": "twin"}, "relation"), ({"label": "yes"}, "label"), ({}, "label")]
)
def test_a_pair_without_a_proper_label_is_told(office: Desk, tmp_path: Path, case: dict[str, str], told: str) -> None:
    path = matters.write(tmp_path / "pairs.jsonl", [{"a": "甲-01", "b": "甲-02", **case}])
    with pytest.raises(FileUnreadable, match=told):
        examples_of(office, read_cases(path), path)


def test_questions_of_the_own_archive_are_fitted(office: Desk, tmp_path: Path) -> None:
    asked = [{"query": row["title"][:16], "relevant": [row["id"]]} for row in matters.ALL]
    asked += [
        {"query": query, "relevant": []}
        for query in ("月球采矿许可", "明朝官服颜色", "冰球联赛转播", labelled.NOTHING_FITS)
    ]
    few = matters.write(tmp_path / "few.jsonl", asked[:5])
    with pytest.raises(InputError, match="标注的问题"):
        calibrating.calibrate_lookup(office, [few], now=NOON)
    many = matters.write(tmp_path / "many.jsonl", asked * 4)
    done = calibrating.calibrate_lookup(office, [many], now=NOON, into=tmp_path / "lookup")
    assert done.cases == len(asked) * 4
    assert json.loads((tmp_path / "lookup" / WEIGHTS).read_text(encoding="utf-8"))["measured"] == done.after
