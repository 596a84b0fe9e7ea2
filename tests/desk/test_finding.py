"""Topics stay put: each run builds on the one before, and only the documents make the answer."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desk.offices import NOW, answered, find, groups, halves, ids, of, office, rows, take, told
from xiansuo.desk import finding, topic_runs
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import draw_all_anew, find_topics, found_in
from xiansuo.records import Filter, Kind
from xiansuo.store import grounds, runs
from xiansuo.topics.track import Fate

OLD, NEW = halves()


def test_order_of_import_changes_no_byte(tmp_path: Path) -> None:
    every = rows()
    shuffled = random.Random(2).sample(every, len(every))
    found = []
    for name, parts in (("a", [every]), ("b", [shuffled[:30], shuffled[30:]])):
        with office(tmp_path / name) as desk:
            for part in parts:
                take(desk, part)
            found.append(find(desk))
            take(desk, [row | {"id": f"{row['id']}-再"} for row in every[:3]])
            found.append(find(desk))
    assert told(found[0]) == told(found[2])
    assert found[0].run == found[2].run
    assert told(found[1]) == told(found[3])


def test_threads_and_seeds_of_hashes_change_no_byte(archive: Desk, tmp_path: Path) -> None:
    archive.close()
    script = (
        "import os, sys\n"
        "os.cpu_count = lambda: int(os.environ['OPENBLAS_NUM_THREADS'])\n"
        "from pathlib import Path\n"
        "from tests.desk.offices import NOW, halves, office, take, told\n"
        "from xiansuo.desk.finding import draw_all_anew, find_topics\n"
        "with office(Path(sys.argv[1])) as desk:\n"
        "    take(desk, halves()[1])\n"
        "    for found in (find_topics(desk, now=NOW), draw_all_anew(desk, now=NOW)):\n"
        "        sys.stdout.buffer.write(told(found))\n"
    )
    written = set()
    for threads in ("1", "2"):
        home = shutil.copytree(tmp_path / "home", tmp_path / threads)
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
        ran = subprocess.run(
            [sys.executable, "-c", script, str(home)], env=environment, capture_output=True, check=True
        )
        written.add(ran.stdout)
    assert len(written) == 1


def test_a_run_is_computed_once(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find(archive)
    for name in ("draw_anew", "draw_on"):
        monkeypatch.setattr(finding, name, None)
    assert find_topics(archive, now=NOW) == first


def test_a_day_later_nothing_has_changed(archive: Desk) -> None:
    first, later = find(archive), find(archive, NOW + dt.timedelta(days=1))
    assert (later.base, later.ground, later.changes) == (first.run, first.run, ())
    assert (later.named, later.loose, later.themes) == (first.named, first.loose, first.themes)


def test_what_comes_joins_and_ids_names_and_all_that_is_not_touched_stay(archive: Desk) -> None:
    before = find(archive)
    after = find(take(archive, NEW))
    assert (after.base, after.ground) == (before.run, before.run)
    assert before.topics.keys() <= after.topics.keys()
    names = {each.cluster.id: each.name for each in after.named}
    changed = {each.id for each in after.changes}
    assert 0 < len(changed & before.topics.keys()) < len(before.topics)
    kept = {each.cluster.id: each for each in after.named}
    for each in before.named:
        assert names[each.cluster.id] == each.name
        assert set(each.cluster.members) <= set(after.topics[each.cluster.id])
        if each.cluster.id not in changed:
            assert kept[each.cluster.id].cluster == each.cluster
    joined = {id for id in ids(NEW) if of(after, id)}
    assert len(joined) >= len(NEW) / 2
    for change in after.changes:
        assert change.fate in (Fate.GROWN, Fate.NEW)


def test_one_by_one_or_all_at_once_nearly_the_same_are_assigned(archive: Desk, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "home", tmp_path / "again")
    at_once = find(take(archive, NEW))
    with office(tmp_path / "again") as desk:
        for row in NEW:
            singly = find(take(desk, [row]))
    assert abs(len(singly.loose) - len(at_once.loose)) <= 2
    assert singly.ground == at_once.ground
    with office(tmp_path / "whole") as desk:
        whole = find(take(desk, OLD + NEW))
    assert abs(len(whole.loose) - len(at_once.loose)) <= 0.1 * len(OLD + NEW)


def test_drawn_anew_ids_and_names_stay_with_their_documents(archive: Desk) -> None:
    before = find(take(archive, NEW))
    after = draw_all_anew(archive, now=NOW)
    assert after.ground == after.run != before.ground
    assert after.base == before.run
    names = {each.cluster.id: each.name for each in before.named}
    same = [each for each in after.named if each.cluster.id in names]
    assert len(same) >= 0.9 * len(after.named)
    assert all(each.name == names[each.cluster.id] for each in same)
    with archive.database.read() as connection:
        kept = grounds.get(connection, after.run)
    assert kept
    assert told(draw_all_anew(archive, now=NOW)).count(b'"fate"') == 0, "drawn anew twice, nothing has changed"


def test_an_archive_that_has_grown_by_half_is_drawn_anew(archive: Desk) -> None:
    before = find(archive)
    more = [row | {"id": f"{row['id']}-再", "text": row["text"][::-1]} for row in OLD[: len(OLD) // 2 + 1]]
    after = find(take(archive, more))
    assert after.ground == after.run
    assert len(before.topics.keys() & after.topics.keys()) >= 0.9 * len(before.topics)


def test_after_a_change_of_the_models_ids_and_names_are_the_same_ones(
    archive: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = find(archive)
    monkeypatch.setattr(finding, "stock_words", lambda: frozenset({"另一份套话"}))
    after = find_topics(archive, now=NOW)
    assert (after.base, after.ground) == (before.run, after.run)
    assert after.named == before.named
    monkeypatch.undo()
    late = find(take(archive, NEW))
    assert late.ground == before.run, "a run with the same models has a ground to build on"


def test_an_earlier_day_sees_no_later_documents_and_disturbs_nothing(archive: Desk) -> None:
    now = find(archive)
    day = dt.date(2025, 12, 31)
    early = find(archive, day)
    assert early.base == ""
    assert not {row["id"] for row in OLD if row.get("date", "") > str(day)} & set(answered(early))
    assert find_topics(archive, now=NOW) == now
    assert find(take(archive, NEW)).base == now.run
    assert find(archive, day).base == early.run


def test_month_by_month_each_run_builds_on_the_one_before(tmp_path: Path) -> None:
    with office(tmp_path / "home") as desk:
        take(desk, rows())
        before = None
        for year, month in ((2025, 7), (2026, 1), (2026, 4), (2026, 7), (2026, 11)):
            found = find(desk, dt.date(year, month, 1))
            if before is not None:
                assert found.base == before.run
                assert len(before.topics.keys() - found.topics.keys()) <= 0.1 * len(before.topics)
            before = found


def test_filters_do_not_disturb_the_line_of_runs(archive: Desk, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "home", tmp_path / "again")
    whole = find(archive)
    filtered = find_topics(archive, now=NOW, filters=Filter(kinds=(Kind.PROPOSAL,)))
    assert set(answered(filtered)) == {row["id"] for row in OLD if row["kind"] == "proposal"}
    assert (filtered.base, filtered.ground, filtered.changes) == ("", "", ())
    after = find(take(archive, NEW))
    assert after.base == whole.run
    with office(tmp_path / "again") as desk:
        assert told(find(take(desk, NEW))) == told(after)


def test_what_earlier_code_has_found_is_not_taken(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find(archive)
    monkeypatch.setattr(topic_runs, "METHOD", 10**6)
    after = find_topics(archive, now=NOW)
    assert (after.base, groups(after)) == ("", groups(before))
    with archive.database.read() as connection:
        assert found_in(connection, before.run) is None
        assert found_in(connection, "没有这次计算") is None


def test_a_run_that_lost_its_ground_is_followed_by_one_drawn_anew(archive: Desk) -> None:
    before = find(archive)
    with archive.database.write() as connection:
        grounds.keep_only(connection, [])
    after = find(take(archive, NEW))
    assert (after.base, after.ground) == (before.run, after.run)


def test_inputs_name_what_an_answer_depends_on(archive: Desk) -> None:
    with archive.database.read() as connection:
        kept: dict[str, Any] | None = runs.get(connection, find(archive).run)
    assert kept is not None
    assert kept["inputs"]["until"] == str(NOW)
    assert set(kept["models"]) == {"encoder", "lexicon", "stock"}
