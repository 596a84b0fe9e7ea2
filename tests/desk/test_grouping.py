"""All duplicate groups of an archive: what is planted is found, and nothing but the archive decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.dedup.pairs import Pairs
from xiansuo.dedup.relation import REPEATS
from xiansuo.desk import grouping
from xiansuo.desk.comparing import Text
from xiansuo.desk.deciding import decide
from xiansuo.desk.desk import Desk
from xiansuo.desk.grouping import DuplicateGroups, duplicate_groups
from xiansuo.desk.importing import import_path
from xiansuo.desk.merging import merge, undo
from xiansuo.errors import InputError
from xiansuo.records import Filter, Kind, Relation, Verdict
from xiansuo.settings import Settings
from xiansuo.store import runs

from .conftest import told

# Measured on 2026-11-25: copy 14/14, same_matter 11/21.
FLOORS = {"copy": 14, "same_matter": 9}


def chosen_rows() -> list[dict[str, Any]]:
    """The documents of planted repetitions and of planted pairs that are none, and the references."""
    wanted = {
        row[side]
        for row in corpus.rows("gold/pairs.jsonl")
        if row["relation"] in (*FLOORS, "distinct")
        for side in ("a", "b")
    }
    return [row for row in corpus.rows("documents.jsonl") if row["id"] in wanted or row["kind"] == "reference"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A part of the demo archive, to write runs into."""
    folder = tmp_path_factory.mktemp("groups")
    with Desk(Settings(home=folder / "home")) as desk:
        import_path(desk, matters.write(folder / "来稿.jsonl", chosen_rows()), now=NOON)
        yield desk


@pytest.fixture(scope="module")
def found(archive: Desk) -> DuplicateGroups:
    return duplicate_groups(archive, now=NOON)


@pytest.fixture
def resent(desk: Desk, tmp_path: Path) -> Desk:
    """The office's submissions, two of them sent again under other ids, by others, later."""
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", [*matters.ALL, *AGAIN]), now=NOON)
    return desk


AGAIN = (
    {**matters.WATER, "id": "乙-01", "author": "委员己", "unit": "石坝县政协", "date": "2026-02-20", "kind": "来稿"},
    {**matters.TREES, "id": "乙-02", "author": "信息员庚", "unit": "市园林局", "date": "2026-09-12"},
)


def pairs(found: DuplicateGroups) -> dict[str, set[str]]:
    return {each.canonical.id: {member.facts.id for member in each.members} for each in found.groups}


def judged(found: DuplicateGroups) -> set[frozenset[str]]:
    """Every pair that the groups tell of, within one or apart."""
    inside = {
        frozenset((member.facts.id, member.through or each.canonical.id))
        for each in found.groups
        for member in each.members
    }
    return inside | {frozenset((link.later, link.earlier)) for link in found.apart}


def test_planted_repetitions_are_together(found: DuplicateGroups) -> None:
    home = {id: head for head, members in pairs(found).items() for id in (head, *members)}
    known = dict.fromkeys(FLOORS, 0)
    for row in corpus.rows("gold/pairs.jsonl"):
        if row["relation"] in known:
            together = home.get(row["a"], row["a"]) == home.get(row["b"], row["b"])
            known[row["relation"]] += together or frozenset((row["a"], row["b"])) in judged(found)
    assert all(known[relation] >= floor for relation, floor in FLOORS.items()), known


def test_a_canonical_document_is_in_no_other_group(found: DuplicateGroups) -> None:
    everybody = [id for head, members in pairs(found).items() for id in (head, *members)]
    assert len(everybody) == len(set(everybody))
    assert found.total == len(found.groups)


def test_a_group_tells_relation_probability_and_everybody(found: DuplicateGroups) -> None:
    documents = {row["id"]: row for row in corpus.rows("documents.jsonl")}
    for group in found.groups:
        ids = {group.canonical.id, *(member.facts.id for member in group.members)}
        assert {each.id for each in group.contributors} == ids
        assert {each.author for each in group.contributors} == {documents[id]["author"] for id in ids}
        for member in group.members:
            assert member.relation in REPEATS
            assert 0 < member.probability <= 1
            assert member.status in ("confirmed", "suggested")


def test_references_are_left_out_unless_asked_for(archive: Desk, found: DuplicateGroups) -> None:
    kinds = {row["id"]: row["kind"] for row in chosen_rows()}
    assert found.documents == sum(kind != "reference" for kind in kinds.values())
    only = duplicate_groups(archive, now=NOON, filters=Filter(kinds=(Kind.PROPOSAL,)))
    assert {kinds[id] for head, members in pairs(only).items() for id in (head, *members)} <= {"proposal"}


def test_the_same_archive_answers_at_once_and_on_any_day(
    archive: Desk, found: DuplicateGroups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "_find_links", lambda *_: pytest.fail("computed again"))
    again = duplicate_groups(archive, now=NOON + dt.timedelta(days=40))
    assert told(again) == told(found)


def test_order_of_import_changes_nothing(tmp_path: Path) -> None:
    answers = []
    for place, rows in enumerate(([*matters.ALL, *AGAIN], [*AGAIN, *matters.ALL][::-1])):
        with Desk(Settings(home=tmp_path / f"home{place}")) as desk:
            for number, row in enumerate(rows):
                import_path(desk, matters.write(tmp_path / f"{place}-{number}.jsonl", [row]), now=NOON)
            answers.append(duplicate_groups(desk, now=NOON))
    assert answers[0].groups == answers[1].groups
    assert pairs(answers[0]) == {"甲-04": {"乙-01"}, "甲-06": {"乙-02"}}


def test_candidates_lose_next_to_nothing(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a part of the archive, against judging each with each."""
    part = Filter(years=(2025,))

    def everything(terms: list[Any], *_: Any) -> Any:
        left, right = np.triu_indices(len(terms), 1)
        return Pairs(left, right, np.ones(len(left)))

    chosen = judged(duplicate_groups(archive, now=NOON, filters=part))
    monkeypatch.setattr(grouping, "candidate_pairs", everything)
    monkeypatch.setattr(grouping, "_METHOD", "each with each")
    whole = judged(duplicate_groups(archive, now=NOON, filters=part))
    assert len(whole) > 5
    assert len(chosen & whole) >= 0.9 * len(whole)


def test_runs_of_earlier_states_do_not_pile_up(resent: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_KEPT", 2)
    made = [duplicate_groups(resent, now=NOON)]
    for day in range(1, 4):
        row = {"id": f"丙-{day}", "title": f"第{day}号路灯不亮", "text": f"第{day}号路灯坏了三天，没有人修。"}
        import_path(resent, matters.write(tmp_path / f"{day}.jsonl", [row]), now=NOON)
        made.append(duplicate_groups(resent, now=NOON + dt.timedelta(days=day)))
    with resent.database.read() as connection:
        assert {run["id"] for run in runs.asked(connection, grouping.RUN)} == {each.run for each in made[-2:]}


def test_an_empty_archive_has_no_groups(office: Desk) -> None:
    none = duplicate_groups(office, now=NOON)
    assert (none.documents, none.groups, none.apart) == (0, (), ())


def test_an_editors_no_takes_a_pair_apart(resent: Desk) -> None:
    decide(resent, text(AGAIN[0]), "甲-04", Verdict.REJECTED, by="编辑甲", now=NOON)
    assert pairs(duplicate_groups(resent, now=NOON)) == {"甲-06": {"乙-02"}}


def test_an_editors_word_joins_what_the_service_did_not(resent: Desk) -> None:
    decide(
        resent, text(matters.COURIER), "甲-01", Verdict.RELABELLED, by="编辑甲", now=NOON, relation=Relation.SAME_MATTER
    )
    groups = {each.canonical.id: each for each in duplicate_groups(resent, now=NOON).groups}
    (member,) = groups["甲-01"].members
    assert (member.facts.id, member.relation, member.status) == ("甲-05", Relation.SAME_MATTER, "confirmed")


def test_what_was_merged_is_not_proposed_again_until_undone(resent: Desk) -> None:
    before = duplicate_groups(resent, now=NOON)
    made = merge(resent, "甲-04", ["乙-01"], by="编辑甲", now=NOON)
    assert pairs(duplicate_groups(resent, now=NOON)) == {"甲-06": {"乙-02"}}
    undo(resent, made.id, by="编辑甲", now=NOON)
    assert told(duplicate_groups(resent, now=NOON)) == told(before)


def test_what_was_merged_is_not_proposed_where_its_canonical_document_is_left_out(resent: Desk, tmp_path: Path) -> None:
    third = {**AGAIN[0], "id": "丙-01", "unit": "农业农村局", "date": "2026-04-01"}
    import_path(resent, matters.write(tmp_path / "三.jsonl", [third]), now=NOON)
    letters = Filter(kinds=(Kind.SUBMISSION,))
    assert pairs(duplicate_groups(resent, now=NOON, filters=letters))["乙-01"] == {"丙-01"}
    merge(resent, "甲-04", ["乙-01", "丙-01"], by="编辑甲", now=NOON)
    assert "乙-01" not in pairs(duplicate_groups(resent, now=NOON, filters=letters))


def test_a_later_copy_comes_to_the_canonical_one_of_a_merging(resent: Desk, tmp_path: Path) -> None:
    merge(resent, "甲-04", ["乙-01"], by="编辑甲", now=NOON)
    third = {**AGAIN[0], "id": "丙-01", "unit": "农业农村局", "date": "2026-04-01"}
    import_path(resent, matters.write(tmp_path / "三.jsonl", [third]), now=NOON)
    group = next(each for each in duplicate_groups(resent, now=NOON).groups if each.canonical.id == "甲-04")
    assert {member.facts.id for member in group.members} == {"丙-01"}
    assert {each.id for each in group.contributors} == {"甲-04", "乙-01", "丙-01"}


def test_an_import_in_between_is_told(resent: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    joined = grouping.candidate_pairs

    def meanwhile(*given: Any) -> Any:
        import_path(resent, matters.write(tmp_path / "又.jsonl", [{**matters.LIFT, "id": "新"}]), now=NOON)
        return joined(*given)

    monkeypatch.setattr(grouping, "candidate_pairs", meanwhile)
    with pytest.raises(InputError, match="有了变化"):
        duplicate_groups(resent, now=NOON)


def text(row: dict[str, Any]) -> Text:
    return Text(row["title"], row["text"], row["unit"], dt.date.fromisoformat(row["date"]))
