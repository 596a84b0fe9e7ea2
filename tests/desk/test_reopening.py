"""A check that was kept is opened again to the byte, long after the archive has changed."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.cutting import recut
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.reopening import MOST, history, reopen, save_report
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import HomeReadOnly, NotFound
from xiansuo.store import runs

from .conftest import told


@pytest.fixture
def archive(office: Desk, letters: Path) -> Desk:
    """The office's submissions."""
    import_path(office, letters, now=NOON)
    return office


def checked(desk: Desk, row: dict[str, str] = matters.LIFT, now: dt.datetime = NOON) -> DuplicateReport:
    return check(desk, row["title"], row["text"], now=now, limit=2, most=MOST)


def kept(desk: Desk) -> list[dict[str, object]]:
    with desk.database.read() as connection:
        return runs.latest(connection, "check", 100)


def test_a_check_is_opened_again_to_the_byte(archive: Desk, letters: Path) -> None:
    report = checked(archive)
    assert save_report(archive, report, NOON) == report
    changed = {**matters.LIFT, "title": "改过的题目", "text": matters.LIFT["text"] + "四是另找一家厂。"}
    import_path(archive, matters.write(letters, [changed]), now=NOON)
    assert told(checked(archive)) != told(report)
    assert told(reopen(archive, report.run)) == told(report)
    for threshold, limit in ((0.5, None), (0.99, 1), (None, 1)):
        assert told(reopen(archive, report.run, threshold, limit)) == told(recut(report, threshold, limit))


def test_a_check_alone_keeps_nothing(archive: Desk) -> None:
    report = checked(archive)
    assert kept(archive) == []
    with pytest.raises(NotFound, match=report.run):
        reopen(archive, report.run)


def test_the_same_check_is_kept_once_and_another_beside_it(archive: Desk, tmp_path: Path) -> None:
    first = checked(archive)
    for _ in range(2):
        save_report(archive, first, NOON)
    assert len(kept(archive)) == 1
    # The archive has grown at the same moment, as it can where the day is pinned.
    again = {**matters.LIFT, "id": "乙-01", "text": "另外，" + matters.LIFT["text"]}
    import_path(archive, matters.write(tmp_path / "又来.jsonl", [again]), now=NOON)
    second = checked(archive)
    save_report(archive, second, NOON)
    assert second.run != first.run
    assert told(reopen(archive, first.run)) == told(first)
    assert told(reopen(archive, second.run)) == told(second)


def test_a_personal_number_is_nowhere_in_what_is_kept(archive: Desk) -> None:
    secret = "13812345678"
    row = {"title": f"电梯没人管，问{secret}", "text": f"{matters.LIFT['text']}联系人电话{secret}。"}
    save_report(archive, checked(archive, row), NOON)
    (run,) = kept(archive)
    result = run["result"]
    assert isinstance(result, dict)
    unpacked = zlib.decompress(base64.b64decode(result["report"])).decode()
    assert secret not in json.dumps(run, default=str, ensure_ascii=False) + unpacked
    assert "[手机号]" in unpacked
    assert secret not in told(history(archive)).decode()


def test_past_checks_are_listed_newest_first(archive: Desk) -> None:
    assert history(archive) == ()
    made = []
    for day, row in enumerate((matters.WATER, matters.LIFT, matters.TREES)):
        now = NOON + dt.timedelta(days=day)
        made.append(save_report(archive, checked(archive, row, now), now))
    assert [(each.run, each.title, each.advice, each.day) for each in history(archive)] == [
        (report.run, report.title, report.advice, report.day) for report in made[::-1]
    ]
    assert [each.run for each in history(archive, 1)] == [made[-1].run]


def test_a_run_of_another_kind_is_no_check(archive: Desk) -> None:
    with archive.database.write() as connection:
        runs.put(connection, "topics-1", "topics", NOON, {}, {}, {})
    with pytest.raises(NotFound):
        reopen(archive, "topics-1")


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise HomeReadOnly("数据目录不能写。")

    monkeypatch.setattr(runs, "put", full)
    report = checked(archive)
    shown = save_report(archive, report, NOON)
    assert "没有存下" in shown.notes[-1]
    assert shown.matches == report.matches
