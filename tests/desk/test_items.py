"""Documents as the topics read them: the same alone as among others, in whatever order they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from tests.desk.offices import NOW, halves, take, withdraw
from xiansuo.desk.desk import Desk
from xiansuo.desk.items import read_items, read_sites
from xiansuo.index.terms import hashed
from xiansuo.store import heads
from xiansuo.topics.bag import ASKED
from xiansuo.topics.items import Item
from xiansuo.topics.stock import stock_words

OLD, _ = halves()
LETTER = {
    "id": "信-1",
    "title": "盐仓里小区楼道充电隐患",
    "text": "盐仓里小区住户把电动车推进楼道充电，夜里起过火。\n建议：一是增设充电棚；二是定期巡查台账。",
    "author": "信息员甲",
    "date": "2026-10-01",
}


def listed(desk: Desk) -> dict[str, int]:
    with desk.database.read() as connection:
        return heads.listed(connection, NOW, references=False)


def read(desk: Desk, ids: list[str] | None = None) -> dict[str, Item]:
    """Read all documents, or some of them as the sample of all tells their rarity."""
    numbers = listed(desk)
    with desk.reading() as (connection, indexes):
        items, sample = read_items(desk, connection, indexes, numbers.values())
        if ids is not None:
            items, again = read_items(desk, connection, indexes, [numbers[id] for id in ids], sample)
            assert again is sample
    return {item.id: item for item in items}


def same(one: Item, other: Item) -> bool:
    arrays = ((one.vector, other.vector), (one.words.terms, other.words.terms), (one.title.counts, other.title.counts))
    told = (one.id, one.fingerprint, one.voice, one.site) == (other.id, other.fingerprint, other.voice, other.site)
    return told and all(np.array_equal(here, there) for here, there in arrays)


def test_some_are_read_as_they_are_among_all(archive: Desk) -> None:
    every = read(archive)
    assert set(every) == {row["id"] for row in OLD}
    ids = [OLD[n]["id"] for n in (5, 0, 20)]
    some = read(archive, ids)
    assert set(some) == set(ids)
    assert all(same(some[id], every[id]) for id in ids)
    assert read(archive, []) == {}


def test_a_document_is_read_with_its_writer_place_title_and_words(archive: Desk) -> None:
    (item,) = read(take(archive, [LETTER]), ["信-1"]).values()
    assert item.voice == "信息员甲"
    assert item.site.places
    assert np.linalg.norm(item.vector) == pytest.approx(1, abs=1e-5)
    assert len(item.title.terms) == len(set(item.title.terms.tolist())) > 0
    assert int(hashed(["充电"])[0]) in item.words.terms


def test_words_of_the_suggestions_alone_are_worth_less_and_stock_is_left_out(archive: Desk) -> None:
    (item,) = read(take(archive, [LETTER]), ["信-1"]).values()
    assert item.words.worth is not None
    worth = dict(zip(item.words.terms.tolist(), item.words.worth.tolist(), strict=True))
    in_both, in_suggestions = (int(hashed([word])[0]) for word in ("充电", "台账"))
    assert worth[in_both] == 1
    assert worth.get(in_suggestions, ASKED) == ASKED
    assert set(worth.values()) == {ASKED, 1.0}
    assert not set(hashed(stock_words()).tolist()) & set(worth)


def test_a_text_without_suggestions_has_words_of_one_worth(archive: Desk) -> None:
    plain = LETTER | {"text": "盐仓里小区住户把电动车推进楼道充电，夜里起过火。"}
    (item,) = read(take(archive, [plain]), ["信-1"]).values()
    assert item.words.worth is None or set(item.words.worth.tolist()) == {1.0}


def test_copies_have_one_fingerprint_whatever_their_titles(archive: Desk) -> None:
    take(archive, [LETTER, LETTER | {"id": "信-2", "title": "另一个题目", "text": LETTER["text"].replace("，", ", ")}])
    one, other = read(archive, ["信-1", "信-2"]).values()
    assert one.fingerprint == other.fingerprint
    assert not np.array_equal(one.title.terms, other.title.terms)


def test_sites_are_read_in_the_order_asked_for_as_with_the_items(archive: Desk) -> None:
    every, numbers = read(archive), listed(archive)
    ids = sorted(numbers, reverse=True)
    with archive.database.read() as connection:
        assert read_sites(connection, {id: numbers[id] for id in ids}) == [every[id].site for id in ids]
        assert read_sites(connection, {}) == []


def test_what_is_withdrawn_is_not_read(archive: Desk) -> None:
    numbers = listed(archive)
    withdraw(archive, [OLD[0]["id"]])
    with archive.reading() as (connection, indexes):
        items, _ = read_items(archive, connection, indexes, numbers.values())
    assert {item.id for item in items} == {row["id"] for row in OLD[1:]}
