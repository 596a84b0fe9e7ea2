"""What became of topics from run to run: told from both sides alike, with the names that editors gave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk import archives, offices
from tests.desk.offices import MOMENT, NOW, halves, take, withdraw
from xiansuo.desk import topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found, draw_all_anew, find_topics
from xiansuo.desk.topic_changes import LABELS, diff, log
from xiansuo.desk.topics import hot_topics
from xiansuo.errors import NotFound
from xiansuo.store import heads

LATER = archives.NOW + dt.timedelta(days=100)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[Found]]]:
    """An office to which some documents came later, and then all was clustered anew; for reading only."""
    first, second = halves()
    with offices.office(tmp_path_factory.mktemp("grown") / "home") as desk:
        found = [find_topics(take(desk, told), now=NOW) for told in (first, second)]
        yield desk, [*found, draw_all_anew(desk, now=NOW)]


def test_the_log_tells_every_run_newest_first(grown: tuple[Desk, list[Found]]) -> None:
    desk, found = grown
    told = log(desk)
    assert [run.run for run in told] == [each.run for each in found[::-1]]
    assert [run.base for run in told] == [found[1].run, found[0].run, ""]
    assert [(run.documents, run.topics) for run in told] == [(each.documents, len(each.named)) for each in found[::-1]]
    assert [run.anew for run in told] == [True, False, True]
    assert told[1].changed.get("grown") or told[1].changed.get("new")
    assert log(desk, 1) == told[:1]


def test_what_the_log_counts_is_what_the_comparison_lists(grown: tuple[Desk, list[Found]]) -> None:
    desk, _ = grown
    for run in log(desk, window="quarter"):
        if run.base:
            compared = diff(desk, run.base, run.run)
            assert Counter(change.fate for change in compared.changes) == run.changed


def test_a_run_is_like_itself(grown: tuple[Desk, list[Found]]) -> None:
    desk, found = grown
    told = diff(desk, found[0].run, found[0].run)
    assert told.changes == ()
    assert told.before == told.after == told.same == len(found[0].named)


def test_backwards_is_the_same_story(grown: tuple[Desk, list[Found]]) -> None:
    desk, found = grown
    there, back = diff(desk, found[0].run, found[1].run), diff(desk, found[1].run, found[0].run)
    assert (there.before, there.after, there.same) == (back.after, back.before, back.same)
    assert there.same < there.after

    def stayed(changes: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        return sorted(each for each in changes if each[1] and each[2])

    forth = stayed([(change.id, change.size, change.now) for change in there.changes])
    assert forth == stayed([(change.id, change.now, change.size) for change in back.changes])
    came = {change.id for change in there.changes if change.fate in ("new", "split")}
    assert came == {change.id for change in back.changes if change.fate in ("gone", "merged")}


def test_every_change_names_its_topics(grown: tuple[Desk, list[Found]]) -> None:
    desk, found = grown
    names = {each.cluster.id: each.name for run in found for each in run.named}
    for change in diff(desk, found[0].run, found[2].run).changes:
        assert change.fate in LABELS
        assert change.name == names[change.id]
        assert all(name == names[id] for id, name in change.others)
        assert bool(change.others) == (change.fate in ("merged", "split"))


def test_a_topic_that_nobody_speaks_of_any_more_has_faded(office: Desk, tmp_path: Path) -> None:
    desk = archives.fill(office, tmp_path, archives.rows())
    one, other = find_topics(desk, now=archives.NOW), find_topics(desk, now=LATER)
    fading = {topic.id for topic in hot_topics(desk, now=LATER).fading}
    told = diff(desk, one.run, other.run)
    assert {change.id for change in told.changes if change.fate == "faded"} == fading != set()
    assert told.same == told.before
    assert log(desk, window="quarter")[0].changed == {"faded": len(fading)}
    assert log(desk)[0].changed == {}
    assert "faded" not in {change.fate for change in diff(desk, one.run, other.run, window="all").changes}


def test_the_log_reads_documents_once_for_all_runs(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = archives.fill(office, tmp_path, archives.rows())
    days = [archives.NOW + dt.timedelta(days=50 * n) for n in range(4)]
    found = {find_topics(desk, now=day).run: day for day in days}
    boards = {run: {topic.id for topic in hot_topics(desk, now=day).fading} for run, day in found.items()}
    read, asked = heads.by_id, list[int]()

    def counting(connection: Any, numbers: Any) -> Any:
        asked.append(len(numbers))
        return read(connection, numbers)

    monkeypatch.setattr(heads, "by_id", counting)
    told = log(desk, window="quarter")
    assert sum(asked) == len(archives.rows())
    counted = {run.run: run.changed.get("faded", 0) for run in told if run.base}
    assert counted == {run.run: len(boards[run.run] - boards[run.base]) for run in told if run.base}
    assert any(counted.values())


def test_changes_are_told_with_the_names_that_editors_gave(archive: Desk) -> None:
    one = find_topics(archive, now=NOW)
    other = find_topics(take(archive, halves()[1]), now=NOW)
    id = next(change.id for change in diff(archive, one.run, other.run).changes if change.size and change.now)
    edit = topic_editing.rename(archive, id, "编辑起的名称", by="编辑甲", now=MOMENT)
    assert [change.name for change in diff(archive, one.run, other.run).changes if change.id == id] == ["编辑起的名称"]
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert all(change.name != "编辑起的名称" for change in diff(archive, one.run, other.run).changes)


def test_a_merge_by_an_editor_is_told_as_one(archive: Desk) -> None:
    before = find_topics(archive, now=NOW)
    gone, into = sorted(before.topics)[:2]
    topic_editing.merge(archive, gone, into, by="编辑甲", now=MOMENT)
    after = find_topics(archive, now=NOW)
    told = {change.id: change for change in diff(archive, before.run, after.run).changes}
    assert (told[gone].fate, [id for id, _ in told[gone].others]) == ("merged", [into])
    assert told[into].now == len(before.topics[gone]) + len(before.topics[into])
    assert told.keys() == {gone, into}


def test_withdrawn_documents_let_a_topic_go(archive: Desk) -> None:
    before = find_topics(archive, now=NOW)
    id, members = min(before.topics.items())
    withdraw(archive, members)
    after = find_topics(archive, now=NOW)
    told = {change.id: change for change in diff(archive, before.run, after.run).changes}
    assert (told[id].fate, told[id].size, told[id].now) == ("gone", len(members), 0)


def test_what_is_no_run_of_topics_is_said(grown: tuple[Desk, list[Found]]) -> None:
    desk, found = grown
    for first, second in (("topics-20260101-0000000000", found[0].run), (found[0].run, "import-1")):
        with pytest.raises(NotFound, match="没有编号为"):
            diff(desk, first, second)


def test_an_office_that_never_asked_has_no_log(office: Desk) -> None:
    assert log(office) == ()
