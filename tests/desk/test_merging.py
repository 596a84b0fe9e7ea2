"""Merging keeps every document and every contributor, and can be undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.merging import heads, merge, undo
from xiansuo.errors import InputError, NotFound
from xiansuo.records import Merging
from xiansuo.store import documents, mergings

from .conftest import told

ROWS = [{**row, "team": team} for row, team in zip(matters.ALL, ["委员", "智囊", "特邀", "委员", "", ""], strict=True)]


@pytest.fixture
def archive(office: Desk, tmp_path: Path) -> Desk:
    import_path(office, matters.write(tmp_path / "来稿.jsonl", ROWS), now=NOON)
    return office


def facts(desk: Desk, id: str) -> Facts:
    """The facts of a document as a check shows them."""
    row = next(row for row in ROWS if row["id"] == id)
    report = check(desk, row["title"], row["text"], now=NOON)
    return next(match.facts for match in report.matches if match.facts.id == id)


def merged(desk: Desk, canonical: str, *members: str) -> Merging:
    return merge(desk, canonical, members, by="编辑甲", now=NOON)


def test_every_contributor_is_kept_with_unit_team_and_date(archive: Desk) -> None:
    merged(archive, "甲-02", "甲-03", "甲-01")
    told_of = {each.id: each for each in facts(archive, "甲-02").contributors}
    for row in ROWS[:3]:
        kept = told_of[row["id"]]
        assert (kept.author, kept.unit, str(kept.date)) == (row["author"], row["unit"], row["date"])
        assert kept.team is not None
    assert list(told_of) == ["甲-01", "甲-02", "甲-03"]


def test_a_lookup_knows_the_contributors_too(archive: Desk) -> None:
    merged(archive, "甲-02", "甲-03")
    (first, *_) = lookup(archive, matters.STALLS["title"]).hits
    assert {each.id for each in first.facts.contributors} == {"甲-02", "甲-03"}


def test_nothing_is_hidden_or_changed(archive: Desk) -> None:
    with archive.database.read() as connection:
        before = list(documents.read(connection))
        changes = documents.last_change(connection)
    merged(archive, "甲-02", "甲-03", "甲-01")
    with archive.database.read() as connection:
        assert list(documents.read(connection)) == before
        assert documents.last_change(connection) == changes
    assert facts(archive, "甲-01").id == "甲-01"


def test_undo_restores_what_was(archive: Desk) -> None:
    before = told(facts(archive, "甲-02"))
    made = merged(archive, "甲-02", "甲-03")
    assert told(facts(archive, "甲-02")) != before
    undone = undo(archive, made.id, by="编辑乙", now=NOON + dt.timedelta(days=1))
    assert (undone.undone_by, undone.members) == ("编辑乙", ("甲-03",))
    assert told(facts(archive, "甲-02")) == before
    assert undo(archive, made.id, by="编辑丙", now=NOON) == undone
    assert merged(archive, "甲-05", "甲-03").canonical == "甲-05"


def test_the_same_again_changes_nothing(archive: Desk) -> None:
    made = merged(archive, "甲-02", "甲-03", "甲-01")
    assert merged(archive, "甲-02", "甲-01") == made
    further = merged(archive, "甲-02", "甲-01", "甲-04")
    assert further.members == ("甲-04",)
    assert len(facts(archive, "甲-02").contributors) == 4


def test_what_was_merged_before_comes_along(archive: Desk) -> None:
    merged(archive, "甲-02", "甲-03")
    outer = merged(archive, "甲-06", "甲-02")
    assert {each.id for each in facts(archive, "甲-06").contributors} == {"甲-02", "甲-03", "甲-06"}
    with archive.database.read() as connection:
        assert heads(mergings.standing(connection)) == {"甲-02": "甲-06", "甲-03": "甲-06"}
    undo(archive, outer.id, by="编辑甲", now=NOON)
    assert facts(archive, "甲-06").contributors == ()
    assert {each.id for each in facts(archive, "甲-02").contributors} == {"甲-02", "甲-03"}


def test_a_canonical_document_is_never_itself_merged_elsewhere(archive: Desk) -> None:
    merged(archive, "甲-02", "甲-03")
    with pytest.raises(InputError, match="已经并入“甲-02”"):
        merged(archive, "甲-03", "甲-04")
    with pytest.raises(InputError, match="已经并入“甲-02”"):
        merged(archive, "甲-04", "甲-03")
    with pytest.raises(InputError, match="没有要并入"):
        merged(archive, "甲-02", "甲-02")


def test_who_and_what_must_be_told(archive: Desk) -> None:
    with pytest.raises(NotFound, match="没有这篇"):
        merged(archive, "甲-02", "没有这篇")
    with pytest.raises(NotFound, match="第 99 号"):
        undo(archive, 99, by="编辑甲", now=NOON)
    for name in ("", " \n", "编" * 101):
        with pytest.raises(InputError, match=r"谁合并|太长"):
            merge(archive, "甲-02", ["甲-03"], by=name, now=NOON)


def test_a_home_that_was_closed_still_knows(archive: Desk) -> None:
    made = merged(archive, "甲-02", "甲-03")
    settings = archive.settings
    archive.close()
    with Desk(settings) as again, again.database.read() as connection:
        assert mergings.get(connection, made.id) == made
        assert mergings.standing(connection) == [made]
