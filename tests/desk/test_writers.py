"""Who could write, over a real archive with a stand-in encoder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests import prompts
from tests.desk.archives import NOW, fill, rows
from xiansuo.desk import claiming, prompt_editing, topics
from xiansuo.desk.desk import Desk
from xiansuo.desk.suggesting import LOAD
from xiansuo.desk.themes import import_themes
from xiansuo.desk.writers import Writers, find_writers
from xiansuo.errors import InputError, NotFound, TextUnusable
from xiansuo.store import documents

NOON = dt.datetime.combine(NOW, dt.time(12), dt.UTC)
CANTEEN = "老年食堂亏损"
# Those who wrote on canteens and on wind power in the archive.
COOKS, SAILORS = {f"委员{i:03d}" for i in range(4)}, {f"委员{i:03d}" for i in range(4, 7)}


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Desk:
    """Two matters of several people, with units that hold several of them."""
    return fill(desk, tmp_path, rows())


def _find(desk: Desk, text: str = "", **told: Any) -> Writers:
    return find_writers(desk, now=told.pop("now", NOON), text=text, **told)


def _names(found: Writers) -> list[str]:
    return [each.name for each in found.informants]


def _load(desk: Desk, author: str, count: int) -> None:
    for _ in range(count):
        number = prompts.published(desk)
        claiming.claim(desk, number, by=author, now=NOON)


def test_a_question_finds_those_who_wrote_on_it_with_reasons_and_evidence(archive: Desk) -> None:
    found = _find(archive, CANTEEN)
    assert set(_names(found)[:4]) == COOKS
    assert len(set(_names(found))) == len(found.informants)
    first = found.informants[0]
    assert first.rank == 1
    assert 1 <= len(first.evidence) <= 3
    assert {text.author for text in first.evidence} == {first.name}
    assert any("有关材料" in reason for reason in first.reasons)
    assert {each.sort for each in found.units} == {"unit"}
    assert set(found.commission) <= set(_names(found))
    assert _find(archive, CANTEEN) == found


def test_a_topic_finds_its_writers(archive: Desk) -> None:
    board = topics.hot_topics(archive, now=NOW, window="all")
    wind = next(topic for topic in board.topics if "风电" in topic.name)
    assert set(_names(_find(archive, topic=wind.id))) == SAILORS


def test_a_theme_finds_who_wrote_on_it_and_a_prompt_too(archive: Desk, tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    path.write_text(
        "编号,名称,关键词\nT1,老年食堂,老年食堂、就餐补贴\nT2,海上风电,海上风电、渔民补偿\n", encoding="utf-8"
    )
    import_themes(archive, path)
    for named in ("T1", "老年食堂"):
        assert COOKS & set(_names(_find(archive, theme=named)))
    number = prompts.published(archive, theme="T1")
    assert set(_names(_find(archive, prompt=number))[:4]) == COOKS
    found = _find(archive, prompt=number)
    path = tmp_path / "2027.csv"
    path.write_text("编号,名称,关键词,起始日期\nT1,海上风电,海上风电、渔民补偿,2026-10-01\n", encoding="utf-8")
    import_themes(archive, path)
    assert _find(archive, prompt=number).informants == found.informants


def test_full_hands_are_told_apart_and_say_how_full(archive: Desk) -> None:
    first, second, *_ = _names(_find(archive, CANTEEN))
    _load(archive, first, LOAD)
    _load(archive, second, LOAD - 1)
    found = _find(archive, CANTEEN, names=[first])
    assert first not in _names(found)
    (busy,) = found.busy
    assert (busy.name, busy.load, busy.rank) == (first, LOAD, 1)
    assert f"手上已有 {LOAD} 件" in busy.reasons
    assert "另列" in found.named[0].told
    light = next(each for each in found.informants if each.name == second)
    assert light.load == LOAD - 1
    assert first not in found.commission


def test_who_holds_the_prompt_already_is_told_apart(archive: Desk) -> None:
    number = prompts.published(archive, theme="")
    claiming.claim(archive, number, by="委员001", now=NOON)
    found = _find(archive, prompt=number)
    assert [(each.name, each.claimed) for each in found.busy] == [("委员001", True)]
    assert "已认领这条选题" in found.busy[0].reasons
    claiming.release(archive, number, by="委员001", now=NOON)
    assert _find(archive, prompt=number).busy == ()


def test_who_never_wrote_appears_only_when_asked_for_by_name(archive: Desk) -> None:
    assert _find(archive, CANTEEN).named == ()
    found = _find(archive, CANTEEN, names=["新来的", "委员005", "第9联络站", "委员001", "新来的", " "])
    told = {each.name: each for each in found.named}
    assert list(told) == ["新来的", "委员005", "第9联络站", "委员001"]
    assert "没有其报送的材料" in told["新来的"].told
    assert "没有其报送的材料" in told["第9联络站"].told
    assert told["委员005"].told.startswith("报送过 1 篇") or told["委员005"].writer is not None
    assert told["委员001"].writer is not None
    assert not {"新来的", "第9联络站"} & {*_names(found), *(each.name for each in found.units)}


def test_the_limit_says_how_many_it_left_out(archive: Desk) -> None:
    every = _find(archive, CANTEEN)
    found = _find(archive, CANTEEN, limit=1)
    assert found.informants == every.informants[:1]
    assert found.more_informants == len(every.informants) - 1
    assert found.more_units == len(every.units) - 1


def test_nothing_later_than_the_day_is_seen(archive: Desk) -> None:
    early = NOON - dt.timedelta(days=10)
    assert set(_names(_find(archive, CANTEEN, now=early))) <= {f"委员{i:03d}" for i in range(2, 11)}
    assert {"委员000", "委员001"} <= set(_names(_find(archive, CANTEEN)))
    assert "没有其报送的材料" in _find(archive, CANTEEN, now=early, names=["委员000"]).named[0].told


def test_where_nothing_is_known_it_says_so(archive: Desk, desk: Desk) -> None:
    found = _find(archive, "火星基地移民的签证")
    assert (found.informants, found.units, found.commission) == ((), (), ())
    assert "没有找到" in found.notes[0]
    for wrong in ({}, {"text": "食堂", "theme": "T1"}, {"text": " "}):
        with pytest.raises(InputError):
            _find(desk, **wrong)
    for missing in ({"theme": "T9"}, {"topic": "t9"}, {"prompt": 9}):
        with pytest.raises(NotFound):
            _find(archive, **missing)
    with pytest.raises(TextUnusable):
        _find(archive, "。。")


def test_an_empty_archive_has_nobody(desk: Desk) -> None:
    found = _find(desk, CANTEEN)
    assert found.informants == ()
    assert "请先导入" in found.notes[0]


def test_not_all_texts_are_read(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read does not grow with the archive, but for the sample of what is usual."""
    from xiansuo.desk import related

    monkeypatch.setattr(related, "_OTHERS", 2)
    read: list[int] = []
    real = documents.read

    def counted(connection: Any, numbers: Any = None) -> Any:
        assert numbers is not None
        read.extend(numbers)
        return real(connection, numbers)

    monkeypatch.setattr(related.documents, "read", counted)
    board = topics.hot_topics(archive, now=NOW, window="all")
    read.clear()
    wind = next(topic for topic in board.topics if "风电" in topic.name)
    _find(archive, topic=wind.id)
    assert len(set(read)) <= wind.size + 2


def test_of_very_many_texts_only_the_nearest_are_looked_at(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from xiansuo.desk import related

    wind = next(each for each in topics.hot_topics(archive, now=NOW, window="all").topics if "风电" in each.name)
    monkeypatch.setattr(related, "MOST", 1)
    found = _find(archive, topic=wind.id)
    assert len(found.informants) == 1
    assert f"另有 {wind.size - 1} 篇没有看" in found.notes[0]


def test_nobody_is_proposed_for_a_prompt_that_is_not_to_be_written_any_more(archive: Desk) -> None:
    number = prompts.published(archive)
    assert _find(archive, prompt=number).commission
    prompt_editing.withdraw(archive, number, by="编辑甲", now=NOON)
    found = _find(archive, prompt=number)
    assert found.informants
    assert found.commission == ()
    assert any("撤回" in note for note in found.notes)
