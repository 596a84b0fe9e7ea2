"""Topics are drawn of whatever there is, follow what is withdrawn or corrected, and are as editors wanted them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.desk.offices import MOMENT, NOW, Row, find, groups, halves, ids, of, office, rows, take, withdraw
from tests.desk.stock import LETTERS
from xiansuo.desk import topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import draw_all_anew
from xiansuo.store import documents
from xiansuo.topics.items import State
from xiansuo.topics.track import Fate

OLD, NEW = halves()


def test_withdrawn_documents_leave_every_answer_and_return_to_their_topic(archive: Desk) -> None:
    before = find(archive)
    topic = max(groups(before), key=len)
    gone = sorted(topic)[:3]
    withdraw(archive, gone)
    after = find(archive)
    assert topic - set(gone) in groups(after)
    assert not {near.id for each in after.loose for near in each.nearest} & set(gone)
    assert {change.fate for change in after.changes} == {Fate.SHRUNK}
    withdraw(archive, gone, documents.ACTIVE)
    assert topic in groups(find(archive))


def test_a_topic_of_which_one_document_is_left_is_gone_and_the_log_says_so(archive: Desk) -> None:
    before = find(archive)
    id, members = next((id, members) for id, members in before.topics.items() if len(members) == 2)
    withdraw(archive, members[:1])
    after = find(archive)
    assert id not in after.topics
    assert [(each.fate, each.id, each.size, each.now) for each in after.changes] == [(Fate.GONE, id, 2, 0)]
    assert members[1] in {each.id for each in after.loose}


def test_a_corrected_document_goes_where_its_text_belongs(archive: Desk) -> None:
    before = find(archive)
    one, other = sorted(groups(before), key=lambda group: (-len(group), min(group)))[:2]
    moved, model = min(one), next(row for row in OLD if row["id"] == min(other))
    row = next(row for row in OLD if row["id"] == moved)
    corrected = row | {"title": model["title"], "text": model["text"].replace("。", "。据了解，", 1)}
    after = find(take(archive, [corrected]))
    assert of(after, moved) == other | {moved}
    assert one - {moved} in groups(after)
    assert {each.fate for each in after.changes} == {Fate.GROWN, Fate.SHRUNK}


def test_withdrawn_down_to_nothing_and_back(archive: Desk) -> None:
    before = find(archive)
    withdraw(archive, ids(OLD))
    empty = find(archive)
    assert (empty.named, empty.loose, empty.documents) == ((), (), 0)
    assert {each.fate for each in empty.changes} == {Fate.GONE}
    assert len(empty.changes) == len(before.topics)
    assert find(archive, NOW + dt.timedelta(days=1)).documents == 0
    withdraw(archive, ids(OLD), documents.ACTIVE)
    assert groups(find(archive)) == groups(before)


def test_copies_are_in_the_topic_of_their_text_and_counted(archive: Desk) -> None:
    before = find(archive)
    original = max(before.named, key=lambda each: len(each.cluster.members)).cluster
    row = next(row for row in OLD if row["id"] == original.members[0])
    copies = [row | {"id": f"{sign}-再", "title": f"{row['title']}（{sign}）"} for sign in ("0", "z")]
    after = find(take(archive, copies))
    (now,) = [each.cluster for each in after.named if each.cluster.id == original.id]
    assert len(now.members) == len(original.members) + 2
    assert now.texts == original.texts


@pytest.mark.parametrize("anew", [True, False])
def test_merged_and_parted_again_the_topics_are_as_before(archive: Desk, anew: bool) -> None:
    before = find(archive)
    small, large = sorted(before.topics, key=lambda id: len(before.topics[id]))[:: len(before.topics) - 1]
    # The larger one becomes part of the smaller.
    edit = topic_editing.merge(archive, large, small, by="编辑甲", now=MOMENT)
    merged = find(archive)
    assert merged.topics[small] == tuple(sorted((*before.topics[small], *before.topics[large])))
    assert [(each.fate, each.id) for each in merged.changes] == [(Fate.GROWN, small), (Fate.MERGED, large)]
    again = draw_all_anew(archive, now=NOW) if anew else find(take(archive, []))
    assert again.topics == merged.topics, "an editor's wish survives every refit"
    names = {each.cluster.id: each.name for each in merged.named}
    assert {each.cluster.id: each.name for each in again.named} == names
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    after = draw_all_anew(archive, now=NOW) if anew else find(archive)
    assert after.topics == before.topics


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_what_was_split_off_stays_apart_whatever_comes(archive: Desk, share: float) -> None:
    before = find(archive)
    id = max(before.topics, key=lambda id: len(before.topics[id]))
    members = before.topics[id]
    out = members[: max(1, round(share * len(members)))]
    edit = topic_editing.split(archive, id, out, by="编辑甲", now=MOMENT)
    parted = find(archive)
    assert parted.topics[edit.into] == out
    assert parted.topics[id] == members[len(out) :]
    assert draw_all_anew(archive, now=NOW).topics == parted.topics
    late = find(take(archive, NEW))
    assert set(out) <= set(late.topics[edit.into])
    assert set(members[len(out) :]) <= set(late.topics[id])
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert set(members) <= of(find(archive), members[0])


def test_a_copy_that_is_split_off_takes_its_text_with_it(archive: Desk) -> None:
    before = find(archive)
    id = max(before.topics, key=lambda id: len(before.topics[id]))
    row = next(row for row in OLD if row["id"] == before.topics[id][0])
    find(take(archive, [row | {"id": "z-再"}]))
    edit = topic_editing.split(archive, id, ["z-再"], by="编辑甲", now=MOMENT)
    assert find(archive).topics[edit.into] == tuple(sorted((row["id"], "z-再")))
    assert draw_all_anew(archive, now=NOW).topics[edit.into] == tuple(sorted((row["id"], "z-再")))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_archives(tmp_path: Path, count: int) -> None:
    with office(tmp_path / "home") as desk:
        found = find(take(desk, rows()[:count]))
        assert found.documents == count
        assert find(take(desk, rows()[:2])).documents == 2


def test_all_identical_is_one_topic_and_none_alike_is_none(tmp_path: Path) -> None:
    with office(tmp_path / "one") as desk:
        only = find(take(desk, [rows()[0] | {"id": f"同{n:02d}"} for n in range(40)]))
        (topic,) = only.named
        assert (len(topic.cluster.members), topic.cluster.texts) == (40, 1)
        more = find(take(desk, [rows()[0] | {"id": "同99"}]))
        assert [len(each.cluster.members) for each in more.named] == [41]
    with office(tmp_path / "none") as desk:
        found = find(take(desk, LETTERS))
        assert not found.named
        assert {each.state for each in found.loose} == {State.ISOLATED}


@pytest.mark.parametrize("without", ["date", "unit", "author"])
def test_documents_may_lack_what_is_said_of_them(tmp_path: Path, without: str) -> None:
    def bare(told_of: list[Row]) -> list[Row]:
        return [{key: value for key, value in row.items() if key != without} for row in told_of]

    with office(tmp_path / "home") as desk:
        before = find(take(desk, bare(OLD)), dt.date(2020, 1, 1) if without == "date" else NOW)
        assert before.documents == len(OLD)
        after = find(take(desk, bare(NEW)))
        assert before.topics.keys() <= after.topics.keys()


def test_ten_years_in_one_archive(tmp_path: Path) -> None:
    long = [row | {"date": f"{2016 + n % 11}-03-0{1 + n % 9}"} for n, row in enumerate(rows())]
    with office(tmp_path / "home") as desk:
        take(desk, long)
        first = find(desk, dt.date(2020, 12, 31))
        for year in range(2021, 2027):
            found = find(desk, dt.date(year, 12, 31))
        assert found.documents == len(long)
        assert first.documents < len(long)
