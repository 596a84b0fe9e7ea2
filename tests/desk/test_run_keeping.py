"""Runs of topics do not pile up: the latest and those that editors keep are whole, of others the log's line is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import archives
from tests.desk.archives import Grams
from tests.desk.offices import MOMENT, told
from xiansuo.desk import topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found, draw_all_anew, find_topics, found_in
from xiansuo.desk.run_keeping import keep, release
from xiansuo.desk.topic_changes import diff, log
from xiansuo.desk.topic_page import topic_page
from xiansuo.errors import InputError, NotFound, NotNow
from xiansuo.records import Filter, Kind
from xiansuo.settings import Settings
from xiansuo.store import runs

KEPT = 3
DAYS = [archives.NOW + dt.timedelta(days=day) for day in range(6)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office that keeps three runs whole; its documents come in two parts."""
    with Desk(Settings(home=tmp_path / "home", topic_runs=KEPT)) as opened:
        opened._encoder = Grams()
        yield archives.fill(opened, tmp_path, archives.rows()[:5])


def daily(desk: Desk, folder: Path, days: list[dt.date] = DAYS) -> list[Found]:
    """Ask every day; what is still to come comes on the second."""
    found = [find_topics(desk, now=days[0])]
    archives.fill(desk, folder, archives.rows())
    return found + [find_topics(desk, now=day) for day in days[1:]]


def whole(desk: Desk) -> list[str]:
    return [run.run for run in log(desk, 100) if run.whole]


def stored(desk: Desk, run: str) -> int:
    with desk.database.read() as connection:
        return len(str((runs.get(connection, run) or {})["result"]))


def test_the_latest_runs_are_whole_and_every_line_stays(desk: Desk, tmp_path: Path) -> None:
    found = daily(desk, tmp_path, DAYS[:KEPT])
    before = {run.run: run for run in log(desk)}
    full = stored(desk, found[0].run)
    found += [find_topics(desk, now=day) for day in DAYS[KEPT:]]
    lines = log(desk)
    assert [run.run for run in lines] == [each.run for each in found[::-1]]
    assert whole(desk) == [each.run for each in found[: -KEPT - 1 : -1]]
    assert {run.run: replace(run, whole=True) for run in lines if run.run in before} == before
    assert before[found[1].run].changed
    assert stored(desk, found[0].run) < full / 4
    with desk.database.read() as connection:
        assert told(found_in(connection, found[-1].run) or found[0]) == told(found[-1])
        assert found_in(connection, found[0].run) is None


def test_comparing_with_what_was_shortened_says_so(desk: Desk, tmp_path: Path) -> None:
    found = daily(desk, tmp_path)
    assert diff(desk, found[-KEPT].run, found[-1].run).second == found[-1].run
    for pair in ((found[0].run, found[-1].run), (found[-1].run, found[0].run)):
        with pytest.raises(NotNow, match=f"{found[0].run}.*已经精简.*变化记录"):
            diff(desk, *pair)


def test_what_an_editor_keeps_stays_whole_until_it_is_released(desk: Desk, tmp_path: Path) -> None:
    first = find_topics(desk, now=DAYS[0])
    keep(desk, first.run, by="编辑甲", now=MOMENT)
    keep(desk, first.run, by="编辑乙", now=MOMENT)
    found = daily(desk, tmp_path)
    assert diff(desk, first.run, found[-1].run).first == first.run
    line = log(desk)[-1]
    assert (line.run, line.whole, line.kept) == (first.run, True, f"{MOMENT.date()} 编辑甲")
    release(desk, first.run, by="编辑甲")
    find_topics(desk, now=DAYS[-1] + dt.timedelta(days=1))
    assert first.run not in whole(desk)
    with pytest.raises(NotNow, match="已经精简"):
        keep(desk, first.run, by="编辑甲", now=MOMENT)


def test_ids_names_and_edits_do_not_hang_on_what_is_gone(desk: Desk, tmp_path: Path) -> None:
    first, second = daily(desk, tmp_path, DAYS[:2])
    id = second.changes[0].id
    topic_editing.rename(desk, id, "编辑起的名称", by="编辑甲", now=MOMENT)
    last = [find_topics(desk, now=day) for day in DAYS][-1]
    assert not {first.run, second.run} & set(whole(desk))
    assert second.topics.keys() == last.topics.keys() >= first.topics.keys()
    page = topic_page(desk, id, now=DAYS[-1])
    assert page.topic.name == "编辑起的名称"
    assert second.run in {step.run for step in page.history}, "its history reaches back to shortened runs"


def test_what_was_shortened_is_found_again_under_another_name(desk: Desk, tmp_path: Path) -> None:
    found = daily(desk, tmp_path)
    again = find_topics(desk, now=DAYS[1])
    assert again.run not in {each.run for each in found}
    assert set(again.topics) == set(found[1].topics)
    assert find_topics(desk, now=DAYS[1]) == again
    assert whole(desk)[:KEPT] == [each.run for each in found[: -KEPT - 1 : -1]]
    assert draw_all_anew(desk, now=DAYS[0]).run in whole(desk)


def test_runs_over_a_part_neither_push_out_the_others_nor_pile_up(desk: Desk, tmp_path: Path) -> None:
    found = daily(desk, tmp_path)
    part = Filter(kinds=(Kind.SUBMISSION,))
    over = [find_topics(desk, now=day, filters=part) for day in DAYS]
    assert whole(desk) == [each.run for each in found[: -KEPT - 1 : -1]]
    with desk.database.read() as connection:
        left = [run.run for run in over if found_in(connection, run.run)]
    assert left == [run.run for run in over[-KEPT:]]


def test_only_a_run_of_topics_is_kept_and_by_somebody(desk: Desk) -> None:
    run = find_topics(desk, now=DAYS[0]).run
    with pytest.raises(NotFound, match="没有编号为"):
        keep(desk, "topics-0", by="编辑甲", now=MOMENT)
    with pytest.raises(NotFound, match="没有人保留"):
        release(desk, run, by="编辑甲")
    with pytest.raises(InputError, match="没有写明"):
        keep(desk, run, by=" ", now=MOMENT)
