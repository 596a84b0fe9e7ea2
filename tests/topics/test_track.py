"""Topics keep their ids with most of their documents, and the log tells what became of them and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.topics.answers import name_of
from xiansuo.topics.items import Cluster
from xiansuo.topics.track import Change, Fate, changes, with_ids

Partition = Mapping[str, tuple[str, ...]]


def partitions(places: Sequence[int]) -> Partition:
    """Documents by the topic that each is in, -1 for none; topics are called after their number."""
    return {
        f"T{topic}": tuple(f"d{n:02d}" for n, place in enumerate(places) if place == topic)
        for topic in sorted(set(places) - {-1})
    }


PLACES = st.lists(st.integers(-1, 5), min_size=12, max_size=12)


def drawn(groups: Sequence[Sequence[str]]) -> list[Cluster]:
    return [Cluster(name_of(ids), tuple(ids), len(ids), tuple(ids), 1.0) for ids in groups]


def named(before: Partition, groups: Sequence[Sequence[str]], taken: frozenset[str] = frozenset()) -> list[str]:
    return [each.id for each in with_ids(before, drawn(groups), taken)]


@given(PLACES, PLACES, st.sets(st.sampled_from(["T0", "T1", "T9"])))
def test_ids_are_unique_and_not_others_and_go_where_most_documents_went(
    was: list[int], now: list[int], taken: set[str]
) -> None:
    before, groups = partitions(was), list(partitions(now).values())
    ids = named(before, groups, frozenset(taken))
    assert len(set(ids)) == len(ids)
    assert not set(ids) & taken
    for id, ids_before in before.items():
        for place, group in enumerate(groups):
            # More than half of what both were and are: nobody else can claim it with as many.
            shared = set(group) & set(ids_before)
            if 2 * len(shared) > max(len(ids_before), len(group)) and id not in taken:
                assert ids[place] == id
    for place, group in enumerate(groups):
        if ids[place] in before:
            assert set(group) & set(before[ids[place]]), "an id is not handed to other documents"


@given(PLACES)
def test_the_same_topics_have_the_same_ids_in_whatever_order(places: list[int]) -> None:
    before = partitions(places)
    assert named(before, list(before.values())[::-1]) == list(before)[::-1]
    assert changes(before, before) == ()


def test_of_a_topic_in_two_the_larger_part_keeps_the_id() -> None:
    before = {"A": ("1", "2", "3", "4", "5")}
    larger, smaller = named(before, [("1", "2", "3"), ("4", "5")])
    assert larger == "A"
    assert smaller == name_of(("4", "5"))


def test_of_two_topics_in_one_the_larger_gives_the_id() -> None:
    assert named({"A": ("1", "2"), "B": ("3", "4", "5")}, [("1", "2", "3", "4", "5")]) == ["B"]
    assert named({"B": ("1", "2"), "A": ("3", "4")}, [("1", "2", "3", "4")]) == ["A"]


def test_a_few_of_its_documents_do_not_carry_an_id() -> None:
    before = {"A": tuple("1234567"), "B": tuple("abcdefg"), "C": tuple("ABCDEFG")}
    (id,) = named(before, [("1", "2", "a", "b", "A", "B", "x")])
    assert id not in before


def test_an_id_is_never_given_to_two() -> None:
    old = name_of(("1", "2"))
    # The topic that began with these documents has grown and lost them since; its id is its own.
    before = {old: ("3", "4", "5")}
    ids = named(before, [("1", "2"), ("3", "4", "5")])
    assert ids[1] == old != ids[0]
    assert named({}, [("1", "2")], frozenset({old}))[0] != old
    assert named({}, [("1", "2")]) == [old]


BEFORE: Partition = {"A": ("1", "2", "3"), "B": ("4", "5"), "C": ("6", "7")}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, []),
        (BEFORE | {"A": ("1", "2", "3", "8")}, [Change(Fate.GROWN, "A", (), 3, 4)]),
        (BEFORE | {"A": ("1", "2")}, [Change(Fate.SHRUNK, "A", (), 3, 2)]),
        (BEFORE | {"D": ("8", "9")}, [Change(Fate.NEW, "D", (), 0, 2)]),
        ({"A": BEFORE["A"], "B": BEFORE["B"]}, [Change(Fate.GONE, "C", (), 2, 0)]),
        (
            {"A": ("1", "2", "3", "4", "5"), "C": BEFORE["C"]},
            [Change(Fate.GROWN, "A", (), 3, 5), Change(Fate.MERGED, "B", ("A",), 2, 0)],
        ),
        (
            {"A": ("1", "2"), "S": ("3",), "B": BEFORE["B"], "C": BEFORE["C"]},
            [Change(Fate.SHRUNK, "A", (), 3, 2), Change(Fate.SPLIT, "S", ("A",), 0, 1)],
        ),
        ({}, [Change(Fate.GONE, "A", (), 3, 0), Change(Fate.GONE, "B", (), 2, 0), Change(Fate.GONE, "C", (), 2, 0)]),
        # One for another: neither more nor fewer, and yet not the same.
        (BEFORE | {"B": ("4", "9")}, [Change(Fate.CHANGED, "B", (), 2, 2)]),
    ],
)
def test_each_fate_is_told_as_it_is(after: Partition, expected: list[Change]) -> None:
    assert list(changes(BEFORE, after)) == expected


@given(PLACES, PLACES)
def test_every_topic_that_changed_is_told_once_and_no_other(was: list[int], now: list[int]) -> None:
    before, after = partitions(was), partitions(now)
    told = changes(before, after)
    assert [each.id for each in told] == [each.id for each in sorted(told, key=lambda each: (each.fate.value, each.id))]
    ids = [each.id for each in told]
    assert len(ids) == len(set(ids))
    assert set(ids) == {id for id in {*before, *after} if before.get(id) != after.get(id)}
    for each in told:
        assert (each.size, each.now) == (len(before.get(each.id, ())), len(after.get(each.id, ())))
        allowed = {
            (True, True): {Fate.GROWN, Fate.SHRUNK, Fate.CHANGED},
            (True, False): {Fate.MERGED, Fate.GONE},
            (False, True): {Fate.NEW, Fate.SPLIT},
        }
        assert each.fate in allowed[each.id in before, each.id in after]
        if each.size and each.now:
            assert each.fate is (
                Fate.GROWN if each.now > each.size else Fate.SHRUNK if each.now < each.size else Fate.CHANGED
            )
        if each.fate is Fate.MERGED:
            assert 2 * len(set(before[each.id]) & set(after[each.others[0]])) >= len(before[each.id])
        if each.fate is Fate.SPLIT:
            assert 2 * len(set(after[each.id]) & set(before[each.others[0]])) >= len(after[each.id])
            assert each.others[0] in after
