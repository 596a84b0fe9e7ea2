"""The archive by hand: listed in order, corrected with history, withdrawn and restored, outcomes kept; rights held."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.desk import auditing, correcting, document_list, document_outcomes, sight, withdrawing
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.document_page import DocumentPage, document_page
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.office import Office, office, settle
from xiansuo.errors import ChangedSince, InputError, NotFound, NotNow
from xiansuo.records import Level
from xiansuo.records.accounts import Role, Viewer
from xiansuo.records.archive import (
    AdoptionTold,
    ArchiveFilter,
    DocumentChange,
    InstructionTold,
    Outcome,
    ReplyTold,
    Standing,
)
from xiansuo.store import documents, vectors

EDITOR = Viewer(account=1, login="bj", name="编辑甲", role=Role.EDITOR)
FIRST = Viewer(account=2, login="jia", name="信息员甲", role=Role.INFORMANT, unit="临江区政协")
SECOND = Viewer(account=3, login="yi", name="信息员乙", role=Role.INFORMANT, unit="城关区政协")
LIFT, STALLS = matters.LIFT["id"], matters.STALLS["id"]
SIGNED = InstructionTold(what="instruction", date=dt.date(2026, 1, 2), by="市政府", text="请住建局研究落实。")


@pytest.fixture
def archive(office: Desk, tmp_path: Path) -> Desk:
    rows = [*matters.ALL, {**matters.TREES, "id": "甲-07", "title": "没有日期的一篇", "date": ""}]
    import_path(office, matters.write(tmp_path / "来稿.jsonl", rows), now=NOON)
    return office


def walk(desk: Desk, viewer: Viewer, wanted: ArchiveFilter | None = None, limit: int = 2) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        page = document_list.listed(desk, viewer, wanted, cursor=cursor, limit=limit)
        assert len(page.items) <= limit
        yield from (line.id for line in page.items)
        cursor = page.next


def found(desk: Desk, words: str) -> list[str]:
    return [hit.facts.id for hit in lookup(desk, words, limit=10).hits]


def change(desk: Desk, id: str, tag: str = "", **fields: Any) -> DocumentPage:
    return correcting.correct(desk, id, DocumentChange(**fields), by="编辑甲", now=NOON, tag=tag)


def told(desk: Desk, id: str, outcome: Outcome) -> DocumentPage:
    return document_outcomes.add_outcome(desk, id, outcome, by="编辑甲", now=NOON)


def seen(desk: Desk, viewer: Viewer, id: str, rules: Office | None = None) -> DocumentPage:
    return sight.document_for(viewer, document_page(desk, id), rules or office(desk))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_pages_of_any_size_give_every_document_once_newest_first(archive: Desk, limit: int) -> None:
    assert list(walk(archive, EDITOR, limit=limit)) == ["甲-06", "甲-05", "甲-04", "甲-03", "甲-02", "甲-01", "甲-07"]


def test_what_comes_in_between_two_pages_moves_nothing(archive: Desk, tmp_path: Path) -> None:
    first = document_list.listed(archive, EDITOR, limit=3)
    newer = {**matters.TREES, "id": "乙-01", "title": "更新的一篇", "date": "2026-10-01"}
    import_path(archive, matters.write(tmp_path / "又一批.jsonl", [newer]), now=NOON)
    withdrawing.withdraw(archive, first.items[-1].id, by="编辑甲", now=NOON)
    rest = document_list.listed(archive, EDITOR, cursor=first.next or "", limit=50)
    assert [line.id for line in rest.items] == ["甲-03", "甲-02", "甲-01", "甲-07"]


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WyIyMDI1LTAxLTAxIiwtMV0", "WyJ4IiwxXQ", "甲", "[" * 99])
def test_a_made_up_cursor_is_refused(archive: Desk, cursor: str) -> None:
    with pytest.raises(InputError):
        document_list.listed(archive, EDITOR, cursor=cursor)


def test_each_filter_keeps_what_it_names(archive: Desk) -> None:
    told(archive, "甲-04", AdoptionTold(what="adoption", level=Level.CITY))
    withdrawing.withdraw(archive, "甲-05", by="编辑甲", now=NOON)
    cases: list[tuple[ArchiveFilter, set[str]]] = [
        (ArchiveFilter(kinds=("proposal",)), {"甲-04"}),
        (ArchiveFilter(years=(2025,)), {"甲-01", "甲-02", "甲-03"}),
        (ArchiveFilter(units=("城关区政协",)), {"甲-02", "甲-06", "甲-07"}),
        (ArchiveFilter(region="石坝"), {"甲-03", "甲-04"}),
        (ArchiveFilter(standing=Standing.WITHDRAWN), {"甲-05"}),
        (ArchiveFilter(adopted=True), {"甲-04"}),
        (ArchiveFilter(adopted=False), {"甲-01", "甲-02", "甲-03", "甲-05", "甲-06", "甲-07"}),
        (ArchiveFilter(words=("电梯", "维修金")), {"甲-01"}),
        (ArchiveFilter(words=("电梯", "油烟")), set()),
        (ArchiveFilter(words=("甲-02",)), {"甲-02"}),
        (ArchiveFilter(words=("%",)), set()),
        (ArchiveFilter(words=("_",)), set()),
    ]
    for wanted, expected in cases:
        assert set(walk(archive, EDITOR, wanted)) == expected
        assert document_list.counted(archive, EDITOR, wanted) == len(expected)


def test_a_corrected_text_is_found_by_its_new_words_and_the_old_version_stays(archive: Desk) -> None:
    before = document_page(archive, LIFT)
    body = "地下车库的排水泵坏了半年，一下雨就积水没过轮胎，业主只好把车停在马路上。\n建议：由街道牵头更换水泵。"
    after = change(archive, LIFT, title="地下车库排水泵坏了没人修", text=body, tag=before.tag)
    assert (after.version, after.text, after.unit) == (2, body, before.unit)
    assert after.sections != before.sections
    (kept,) = after.versions
    assert (kept.version, kept.document.title, kept.document.text) == (1, before.title, before.text)
    assert found(archive, "地下车库排水泵")[:1] == [LIFT]
    assert found(archive, "加装电梯维保合同")[:1] != [LIFT]
    with archive.database.read() as connection:
        stored = documents.by_id(connection, LIFT)
        assert stored is not None
        (held,) = vectors.read(connection, archive.encoder.id, archive.encoder.dimension, [stored.number])
        assert int(held.spans[:, 1].max()) <= len(body)
        assert documents.changes(connection, documents.last_change(connection) - 1) == {stored.number: "put"}


def test_a_check_follows_a_correction(archive: Desk) -> None:
    draft = matters.LIFT["title"], matters.LIFT["text"]
    assert [match.facts.id for match in check(archive, *draft, now=NOON).matches][:1] == [LIFT]
    change(archive, LIFT, text="河边步道的护栏断了一截，孩子容易掉下去，建议尽快焊好并立警示牌。")
    after = check(archive, *draft, now=NOON)
    assert all(match.facts.id != LIFT or match.judgement.relation.value != "copy" for match in after.matches)


def test_only_what_is_named_changes_and_null_takes_out(archive: Desk) -> None:
    before = document_page(archive, LIFT)
    after = change(archive, LIFT, unit="新区政协", date=None)
    changed = {
        field.name for field in dataclasses.fields(after) if getattr(after, field.name) != getattr(before, field.name)
    }
    assert changed == {"unit", "date", "version", "versions", "tag"}
    assert (after.unit, after.date) == ("新区政协", None)


def test_the_same_again_leaves_no_trace(archive: Desk) -> None:
    before = document_page(archive, LIFT)
    assert change(archive, LIFT, title=before.title, unit=f" {before.unit} ") == before


def test_personal_numbers_are_masked_wherever_they_are_typed(archive: Desk) -> None:
    number = "13800138000"
    after = change(archive, LIFT, title=f"联系{number}", text=f"请打电话{number}联系业主张某。", author=f"甲{number}")
    after = told(archive, LIFT, ReplyTold(what="reply", department=f"住建局{number}", text=f"电话{number}"))
    after = told(archive, LIFT, InstructionTold(what="instruction", by=f"办{number}", text=f"阅{number}"))
    assert number not in repr(dataclasses.replace(after, versions=()))
    assert repr(after).count("[手机号]") >= 7


def test_a_correction_of_what_somebody_has_changed_is_refused(archive: Desk) -> None:
    tag = document_page(archive, LIFT).tag
    change(archive, LIFT, unit="甲单位", tag=tag)
    with pytest.raises(ChangedSince):
        change(archive, LIFT, unit="乙单位", tag=tag)
    assert document_page(archive, LIFT).unit == "甲单位"


@pytest.mark.parametrize(
    "fields", [{"date": dt.date(2030, 1, 1)}, {"text": "，。！"}, {"text": "短"}, {"title": "\x01"}]
)
def test_what_no_import_would_take_is_refused_and_nothing_changes(archive: Desk, fields: dict[str, Any]) -> None:
    before = document_page(archive, LIFT)
    with pytest.raises(InputError):
        change(archive, LIFT, **fields)
    assert document_page(archive, LIFT) == before


def test_an_earlier_version_can_be_put_back(archive: Desk) -> None:
    before = document_page(archive, LIFT)
    change(archive, LIFT, title="改过的题目", text="改过的正文，说的是另一件事情。")
    after = correcting.put_back(archive, LIFT, 1, by="编辑乙", now=NOON)
    assert (after.title, after.text, after.version) == (before.title, before.text, 3)
    assert found(archive, "加装电梯维保合同")[:1] == [LIFT]
    with pytest.raises(NotFound):
        correcting.put_back(archive, LIFT, 9, by="编辑乙", now=NOON)


def test_a_withdrawn_document_leaves_every_answer_and_comes_back_whole(archive: Desk) -> None:
    before = found(archive, "加装电梯维保合同")
    gone = withdrawing.withdraw(archive, LIFT, by="编辑甲", now=NOON)
    assert gone.standing is Standing.WITHDRAWN
    assert LIFT not in found(archive, "加装电梯维保合同")
    with pytest.raises(NotNow):
        change(archive, LIFT, unit="别的单位")
    with archive.database.write() as connection:  # as if the archive had been read with another encoder meanwhile
        stored = documents.by_id(connection, LIFT)
        assert stored is not None
        vectors.forget(connection, [stored.number])
    back = withdrawing.restore(archive, LIFT, by="编辑甲", now=NOON)
    assert (back.standing, back.text, back.versions) == (Standing.ACTIVE, matters.LIFT["text"], ())
    assert found(archive, "加装电梯维保合同") == before
    assert withdrawing.restore(archive, LIFT, by="编辑甲", now=NOON) == back


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (AdoptionTold(what="adoption", level=Level.PROVINCE, date=dt.date(2026, 3, 1)), "adoptions"),
        (SIGNED, "instructions"),
        (ReplyTold(what="reply", department="住建局", text="已签维保合同。", date=None, grade=None), "replies"),
    ],
)
def test_an_outcome_is_kept_once_and_taken_back(archive: Desk, outcome: Outcome, field: str) -> None:
    before = document_page(archive, LIFT)
    after = told(archive, LIFT, outcome)
    assert len(getattr(after, field)) == 1
    assert after.status != before.status
    assert told(archive, LIFT, outcome) == after
    back = document_outcomes.take_back_outcome(archive, LIFT, outcome, by="编辑甲", now=NOON)
    assert (getattr(back, field), back.status, back.version) == ((), before.status, 3)
    with pytest.raises(NotFound):
        document_outcomes.take_back_outcome(archive, LIFT, outcome, by="编辑甲", now=NOON)


def test_an_outcome_of_tomorrow_is_taken_and_one_of_next_year_is_not(archive: Desk) -> None:
    told(archive, LIFT, AdoptionTold(what="adoption", level=Level.CITY, date=NOON.date() + dt.timedelta(days=1)))
    with pytest.raises(InputError):
        told(archive, LIFT, AdoptionTold(what="adoption", level=Level.CITY, date=NOON.date() + dt.timedelta(days=2)))
    with pytest.raises(InputError):
        told(archive, LIFT, ReplyTold(what="reply", text="\x01"))


def test_the_trail_names_who_did_what_and_holds_no_text(archive: Desk) -> None:
    change(archive, LIFT, title="改过的题目", text="改过的正文，说的是另一件事情。")
    withdrawing.withdraw(archive, LIFT, by="编辑乙", now=NOON)
    withdrawing.restore(archive, LIFT, by="编辑乙", now=NOON)
    rows = auditing.trail(archive)
    assert [(row.action, row.name, row.target) for row in rows][::-1] == [
        ("document.correct", "编辑甲", LIFT),
        ("document.withdraw", "编辑乙", LIFT),
        ("document.restore", "编辑乙", LIFT),
    ]
    assert rows[-1].details == {"version": 2, "fields": ["title", "text"]}
    assert "改过" not in repr(rows)


def test_an_informant_sees_their_own_whole_and_of_others_a_line(archive: Desk) -> None:
    own, other = seen(archive, FIRST, LIFT), seen(archive, SECOND, LIFT)
    assert (own.text, own.whole) == (matters.LIFT["text"], True)
    assert (other.title, other.unit, other.date, other.whole) == (own.title, own.unit, own.date, False)
    assert (other.text, other.author, other.region, other.sections.parts) == ("", "", "", ())
    assert other.tag != own.tag
    lines = {line.id: line for line in document_list.listed(archive, SECOND).items}
    assert (lines[LIFT].author, lines[LIFT].whole, lines[STALLS].author) == ("", False, "信息员乙")
    namesake = FIRST.model_copy(update={"unit": "别的单位"})
    assert not seen(archive, namesake, LIFT).whole


def test_an_informant_hears_nothing_of_instructions_until_the_office_says_so(archive: Desk) -> None:
    told(archive, LIFT, SIGNED)
    for viewer in (FIRST, SECOND):
        assert "批示" not in repr(seen(archive, viewer, LIFT))
        assert SIGNED.text not in repr(seen(archive, viewer, LIFT))
        assert "批示" not in repr(document_list.listed(archive, viewer))
    settle(archive, by="管理员", now=NOON, instructions=True)
    assert seen(archive, FIRST, LIFT).instructions[0].text == SIGNED.text
    assert seen(archive, SECOND, LIFT).instructions == ()
    assert "有批示" in seen(archive, SECOND, LIFT).status


def test_an_office_may_show_texts_to_all(archive: Desk) -> None:
    settle(archive, by="管理员", now=NOON, texts=True)
    other = seen(archive, SECOND, LIFT)
    assert (other.text, other.author, other.whole, other.versions) == (matters.LIFT["text"], "信息员甲", True, ())


def test_hidden_texts_cannot_be_searched_out_word_by_word(archive: Desk) -> None:
    words = ArchiveFilter(words=("维修金",))
    assert list(walk(archive, FIRST, words)) == [LIFT]
    assert list(walk(archive, SECOND, words)) == []
    assert list(walk(archive, SECOND, ArchiveFilter(words=("电梯",)))) == [LIFT]
    settle(archive, by="管理员", now=NOON, texts=True)
    assert list(walk(archive, SECOND, words)) == [LIFT]


def test_others_withdrawn_documents_look_like_none(archive: Desk) -> None:
    withdrawing.withdraw(archive, LIFT, by="编辑甲", now=NOON)
    assert LIFT in walk(archive, FIRST)
    assert LIFT not in list(walk(archive, SECOND))
    assert seen(archive, FIRST, LIFT).standing is Standing.WITHDRAWN
    with pytest.raises(NotFound) as hidden:
        seen(archive, SECOND, LIFT)
    with pytest.raises(NotFound) as missing:
        document_page(archive, "没有这一份")
    assert str(hidden.value).replace(LIFT, "") == str(missing.value).replace("没有这一份", "")


def test_what_is_not_named_is_not_judged_anew(archive: Desk) -> None:
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = correcting.correct(archive, LIFT, DocumentChange(unit="新区政协"), by="编辑甲", now=long_ago)
    assert (made.unit, made.date) == ("新区政协", dt.date(2025, 3, 4))
