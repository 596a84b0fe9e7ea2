"""The main job on real texts: proposals, citizens' messages in three formats, work reports.

`pytest tests/real -s` prints the figures that stand in `docs/real-input.md`.
"""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import NOON, shipped
from tests.measuring import measuring
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes
from xiansuo.desk.topics import hot_topics
from xiansuo.records import Kind, Relation
from xiansuo.settings import Settings
from xiansuo.store import documents

pytestmark = pytest.mark.real

LAST_DAY = dt.date(2020, 1, 31)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An archive of 4,787 real texts."""
    with Desk(Settings(home=tmp_path_factory.mktemp("real"))) as desk:
        for name, kind in (
            ("data/proposals/jiangsu_2019.jsonl", Kind.PROPOSAL),
            ("data/messages/teddy_messages.jsonl", Kind.SUBMISSION),
            ("data/work_reports/provincial_2026.jsonl", Kind.REFERENCE),
        ):
            done = import_path(desk, measuring(name), now=NOON, kind=kind)
            assert done.rejected == 0
            print(f"\n{name}: added {done.added}, noted {done.noted}, numbers masked {done.redacted}")  # noqa: T201
        import_themes(desk, shipped("themes-2026.csv"), version="2026")
        yield desk


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in measuring(name).read_text(encoding="utf-8").splitlines()]


def test_everything_is_in(archive: Desk) -> None:
    with archive.database.read() as connection:
        assert documents.count(connection) == {
            Kind.SUBMISSION: 4326,
            Kind.PROPOSAL: 436,
            Kind.REPORT: 0,
            Kind.REFERENCE: 25,
        }


def test_messages_as_table_and_in_gb18030_are_the_same_documents(archive: Desk, tmp_path: Path) -> None:
    rows = rows_of("data/messages/teddy_messages.jsonl")
    table = [("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")]
    table += [(row["id"], row["user"], row["title"], row["time"], row["text"]) for row in rows]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("留言")
    for row in table:
        sheet.append(row)
    book.save(tmp_path / "留言.xlsx")
    with (tmp_path / "留言.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(table)
    for name in ("留言.xlsx", "留言.csv"):
        done = import_path(archive, tmp_path / name, now=NOON)
        assert (done.added, done.updated, done.unchanged, done.rejected) == (0, 0, 4326, 0), name


def test_a_proposal_with_another_title_is_found(archive: Desk) -> None:
    rows = rows_of("data/proposals/jiangsu_2019.jsonl")
    first = 0
    for row in rows[::20]:
        report = check(archive, "一份改了题目的稿件", row["text"], now=NOON)
        first += report.matches[0].facts.id == row["id"]
        assert report.matches[0].judgement.relation is Relation.COPY
    print(f"\nproposals found first under another title: {first} of {len(rows[::20])}")  # noqa: T201
    assert first >= 0.9 * len(rows[::20])  # some were really handed in twice


def test_a_question_is_answered(archive: Desk) -> None:
    found = lookup(archive, "电动自行车充电")
    assert found.answered
    assert "电动" in found.hits[0].facts.title
    assert not lookup(archive, "月球采矿许可证").answered


def test_topics_and_prompts(archive: Desk) -> None:
    board = hot_topics(archive, now=LAST_DAY, window="year", limit=20)
    assert len({topic.name for topic in board.topics}) == 20
    assert all(topic.voices >= 2 for topic in board.topics)
    print(  # noqa: T201
        f"\ntopics {board.all_topics}; assigned {board.assigned}, undecided {board.undecided}, "
        f"isolated {board.isolated} of {board.documents}"
    )
    made = suggest(archive, now=LAST_DAY, wish="我想写地铁噪音", limit=3)
    assert made.state == "ok"
    assert all("地铁" in each.facts.title for each in made.prompts[0].covered[:2])
