"""The archive is held against the central work once; later only what is new or changed is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.desk import archives
from tests.desk.archives import NOW, fill, rows
from xiansuo.desk import aligning
from xiansuo.desk.aligned_archive import AlignedArchive
from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.theme_editing import edit, weigh
from xiansuo.desk.themes import import_themes
from xiansuo.errors import NotFound
from xiansuo.recommend.texts import ReadText
from xiansuo.records import ThemeChange
from xiansuo.settings import Settings
from xiansuo.store import alignments, documents

THEMES = """编号,名称,权重,关键词,原文条款,起始日期
T1,养老服务,5,老年食堂、送餐、长护险,办好社区老年食堂，开展送餐。,2026-01-01
T2,海上风电,4,海上风电、渔民补偿,健全用海协商和渔民补偿机制。,2026-01-01
T3,低空经济,5,无人机、起降点,稳妥开通海岛物流低空航线。,2026-01-01
"""
LATER = dt.datetime(2026, 11, 1, 10, tzinfo=dt.UTC)


def listed(desk: Desk, folder: Path, told: str = THEMES, version: str = "2026") -> Desk:
    path = folder / f"{version}.csv"
    path.write_text(told, encoding="utf-8")
    import_themes(desk, path)
    return desk


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    return listed(fill(desk, tmp_path, rows()), tmp_path)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are held against the themes, as they come."""
    told: list[str] = []
    align = aligning.align

    def hearing(terms: Any, ground: Any, texts: Sequence[ReadText], weights: Any) -> Any:
        told.extend(text.record.id for text in texts)
        return align(terms, ground, texts, weights)

    monkeypatch.setattr(aligning, "align", hearing)
    return told


def said(made: AlignedArchive) -> list[tuple[str, str, float, str, str]]:
    found = made.by_document.values()
    return [(each.document, each.theme.id, each.probability, each.passage, each.clause) for each in found]


def many(count: int) -> list[dict[str, object]]:
    """Rows on nothing in particular."""
    return [
        {"id": f"N{place:03d}", "title": f"第{place}号路灯不亮", "text": f"路灯{place}号坏了。", "date": "2026-05-01"}
        for place in range(count)
    ]


def test_documents_are_judged_once(office: Desk, judged: list[str]) -> None:
    first = aligned(office, now=NOW)
    assert sorted(judged) == sorted(str(row["id"]) for row in rows())
    assert {each.theme.id for each in first.by_document.values()} == {"T1", "T2"}
    assert first.documents == len(rows())
    again = aligned(office, now=NOW)
    assert len(judged) == len(rows())
    assert (said(again), again.written) == (said(first), first.written)
    assert again.vectors.tobytes() == first.vectors.tobytes()


def test_only_what_is_new_or_corrected_is_judged(desk: Desk, tmp_path: Path, judged: list[str]) -> None:
    office = listed(fill(desk, tmp_path, [*rows(), *many(40)]), tmp_path)
    before = said(aligned(office, now=NOW))
    judged.clear()
    changed = {**rows()[0], "text": "社区老年食堂换了承办企业，送餐还是没有人手。"}
    new = {"id": "Z1", "title": "海上风电施工噪声", "text": "海上风电施工，渔民补偿没有说法。", "date": "2026-10-01"}
    fill(office, tmp_path, [changed, new])
    after = said(aligned(office, now=NOW))
    assert judged == sorted([str(changed["id"]), "Z1"])
    assert "Z1" in {row[0] for row in after}
    assert [row for row in after if row[0] not in judged] == [row for row in before if row[0] not in judged]


def test_an_archive_that_has_grown_by_half_is_judged_anew(desk: Desk, tmp_path: Path, judged: list[str]) -> None:
    office = listed(fill(desk, tmp_path, [*rows(), *many(40)]), tmp_path)
    aligned(office, now=NOW)
    judged.clear()
    fill(office, tmp_path, [{**row, "id": f"M{row['id']}", "title": f"又{row['title']}"} for row in many(40)])
    aligned(office, now=NOW)
    assert len(judged) == len(rows()) + 80


def test_withdrawn_and_removed_documents_vanish(office: Desk) -> None:
    first = list(aligned(office, now=NOW).by_document)
    with office.database.write() as connection:
        numbers = {id: documents.known(connection, [id])[id].number for id in first[:2]}
        documents.set_status(connection, numbers[first[0]], "withdrawn")
        documents.remove(connection, numbers[first[1]])
    left = aligned(office, now=NOW)
    assert not {first[0], first[1]} & set(left.by_document)
    assert not any(set(first[:2]) & ids for ids in left.written.found.values())
    with office.database.write() as connection:
        documents.set_status(connection, numbers[first[0]], "active")
    assert first[0] in aligned(office, now=NOW).by_document


def test_nothing_later_than_the_day_is_seen(office: Desk) -> None:
    day = NOW - dt.timedelta(days=20)
    early = aligned(office, now=day)
    late = {row["id"] for row in rows() if str(row["date"]) > str(day)}
    assert late
    assert not late & set(early.by_document)
    assert early.documents == len(rows()) - len(late)
    assert early.written.documents == early.documents


def test_the_order_of_import_changes_nothing(tmp_path: Path) -> None:
    made = []
    for name, turned in (("one", rows()), ("two", rows()[::-1])):
        (tmp_path / name).mkdir()
        with Desk(Settings(home=tmp_path / name / "home")) as desk:
            fill(desk, tmp_path / name, turned[:5])
            fill(desk, tmp_path / name, turned[5:])
            made.append(aligned(listed(desk, tmp_path / name), now=NOW))
    assert said(made[0]) == said(made[1])
    assert made[0].vectors.tobytes() == made[1].vectors.tobytes()


def test_weights_and_dates_of_themes_change_no_alignment_but_words_do(office: Desk, judged: list[str]) -> None:
    aligned(office, now=NOW)
    judged.clear()
    weigh(office, "T1", 1.0, by="编辑甲", now=LATER)
    assert aligned(office, now=NOW).themes[0].weight == 1.0
    assert judged == []
    edit(office, "T3", ThemeChange(keywords=("图书馆", "自习")), by="编辑甲", now=LATER)
    found = aligned(office, now=NOW).by_document
    assert "T3" in {each.theme.id for each in found.values()}
    assert len(judged) == len(rows())


def test_each_version_keeps_its_own_matches(office: Desk, tmp_path: Path, judged: list[str]) -> None:
    before = aligned(office, now=NOW, version="2026")
    listed(office, tmp_path, "编号,名称,关键词,起始日期\nT1,图书馆开放,图书馆、自习,2026-10-01\n", "2027")
    now = aligned(office, now=NOW)
    assert {each.theme.name for each in now.by_document.values()} == {"图书馆开放"}
    judged.clear()
    assert said(aligned(office, now=NOW, version="2026")) == said(before)
    assert judged == []
    with pytest.raises(NotFound):
        aligned(office, now=NOW, version="2030")


def test_what_was_lost_is_computed_again(office: Desk) -> None:
    first = aligned(office, now=NOW)
    with office.database.write() as connection:
        for ground in alignments.grounds(connection, _list(office), archives.Grams.id):
            alignments.forget(connection, ground.id, [row.number for row in alignments.of(connection, ground.id, None)])
        connection.exec_driver_sql("DELETE FROM alignment_ground")
    assert said(aligned(office, now=NOW)) == said(first)


def _list(desk: Desk) -> str:
    with desk.database.read() as connection:
        return str(connection.exec_driver_sql("SELECT list FROM alignment_ground").scalar())


def test_two_who_ask_at_once_get_the_same(office: Desk, tmp_path: Path) -> None:
    def ask(_: int) -> list[tuple[str, str, float, str, str]]:
        with Desk(Settings(home=tmp_path / "home")) as other:
            other._encoder = archives.Grams()
            return said(aligned(other, now=NOW))

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(ask, range(2))
    assert one == two == said(aligned(office, now=NOW))


def test_words_that_nobody_speaks_of_are_silent(office: Desk) -> None:
    made = aligned(office, now=NOW)
    assert made.written.silent(["送餐", "长护险", "无人机"]) == ["长护险", "无人机"]
    assert made.written.found["送餐"]


def test_without_themes_or_archive_there_is_nothing_to_say(desk: Desk, tmp_path: Path) -> None:
    desk._encoder = archives.Grams()
    assert (aligned(desk, now=NOW).by_document, aligned(desk, now=NOW).themes) == ({}, ())
    made = aligned(listed(desk, tmp_path), now=NOW)
    assert (len(made.themes), made.by_document, made.documents) == (3, {}, 0)
    assert made.written.silent(["送餐"]) == ["送餐"]
