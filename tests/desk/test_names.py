"""A topic keeps its name with its id; only what is new or has changed is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.desk.offices import NOW, find, halves, take
from xiansuo.desk import names
from xiansuo.desk.desk import Desk
from xiansuo.desk.names import name_drawn
from xiansuo.desk.naming import Named
from xiansuo.store import documents, heads
from xiansuo.topics.items import Cluster

OLD, NEW = halves()


def named(desk: Desk, clusters: Sequence[Cluster], before: Sequence[Named]) -> tuple[Named, ...]:
    with desk.database.read() as connection:
        listed: Mapping[str, int] = heads.listed(connection, NOW, references=False)
        return name_drawn(desk, connection, clusters, before, listed, {})


def test_what_has_not_changed_is_the_same_and_nothing_is_read(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find(archive).named
    monkeypatch.setattr(names, "name_all", None)
    monkeypatch.setattr(documents, "read", None)
    clusters = [each.cluster for each in before[::-1]]
    assert named(archive, clusters, before) == before[::-1]
    assert named(archive, [], before) == ()


def test_a_topic_that_has_grown_keeps_its_name_and_gets_its_phrases_anew(archive: Desk) -> None:
    before = find(archive).named
    grown = replace(before[0].cluster, members=tuple(sorted({*before[0].cluster.members, OLD[-1]["id"]})))
    (now,) = named(archive, [grown], before)
    assert (now.cluster, now.name) == (grown, before[0].name)
    assert now.phrases


def test_a_new_topic_gets_a_name_that_no_other_has(archive: Desk) -> None:
    before = find(archive).named
    twin = replace(before[0].cluster, id="t-twin")
    told = named(archive, [*(each.cluster for each in before), twin], before)
    assert told[:-1] == before
    assert told[-1].name not in {each.name for each in before}


def test_names_stay_while_documents_come_one_by_one(archive: Desk) -> None:
    known = {each.cluster.id: each.name for each in find(archive).named}
    for row in NEW[:3]:
        now = {each.cluster.id: each.name for each in find(take(archive, [row])).named}
        assert {id: now[id] for id in known} == known
        known = now
