"""The archive by hand on PostgreSQL: the same pages, versions and outcomes as on SQLite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import matters, postgresql
from tests.conftest import NOON, GramEncoder
from xiansuo.desk import correcting, document_list, document_outcomes, withdrawing
from xiansuo.desk.desk import Desk
from xiansuo.desk.document_page import document_page
from xiansuo.desk.importing import import_path
from xiansuo.records import Kind, Level
from xiansuo.records.accounts import Role, Viewer
from xiansuo.records.archive import AdoptionTold, ArchiveFilter, DocumentChange, Standing
from xiansuo.settings import Settings

ROWS = [*matters.ALL, {**matters.TREES, "id": "甲-07", "title": "没有日期 ABC_100%", "date": ""}]
WANTED = [
    ArchiveFilter(),
    ArchiveFilter(kinds=(Kind.PROPOSAL,)),
    ArchiveFilter(years=(2025,), units=("城关区政协",)),
    ArchiveFilter(region="石坝", adopted=True),
    ArchiveFilter(adopted=False),
    ArchiveFilter(standing=Standing.WITHDRAWN),
    ArchiveFilter(words=("abc_100%",)),
    ArchiveFilter(words=("电梯", "维修金")),
]
VIEWER = Viewer(account=2, login="yi", name="信息员乙", role=Role.INFORMANT, unit="城关区政协")


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgresql.server(programs) as running:
        yield running


def worked(desk: Desk, letters: Path) -> Iterator[Any]:
    """Correct, withdraw, keep outcomes; everything that is answered on the way."""
    import_path(desk, letters, now=NOON)
    yield correcting.correct(desk, "甲-01", DocumentChange(text="排水泵坏了半年，建议尽快更换。"), by="甲", now=NOON)
    yield correcting.put_back(desk, "甲-01", 1, by="甲", now=NOON)
    adoption = AdoptionTold(what="adoption", level=Level.CITY, date=dt.date(2026, 3, 1))
    yield document_outcomes.add_outcome(desk, "甲-04", adoption, by="甲", now=NOON)
    yield withdrawing.withdraw(desk, "甲-05", by="甲", now=NOON)
    yield withdrawing.withdraw(desk, "甲-06", by="甲", now=NOON)
    yield withdrawing.restore(desk, "甲-06", by="甲", now=NOON)
    yield document_page(desk, "甲-01")
    yield document_list.choices(desk)
    for viewer in (None, VIEWER):
        for wanted in WANTED:
            cursor: str | None = ""
            while cursor is not None:
                page = document_list.listed(desk, viewer, wanted, cursor=cursor, limit=2)
                yield page
                cursor = page.next


def test_both_databases_answer_the_same(socket: Path, tmp_path: Path) -> None:
    letters = matters.write(tmp_path / "来稿.jsonl", ROWS)
    told = []
    for name, database in (("here", ""), ("there", postgresql.new_database(socket))):
        with Desk(Settings(home=tmp_path / name, database=database)) as desk:
            desk._encoder = GramEncoder()
            told.append(list(worked(desk, letters)))
    assert told[0] == told[1]
    assert len(told[0]) > 20
