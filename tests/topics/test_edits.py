"""What editors put together is together after every run, what they parted is not, and both can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from xiansuo.records import TopicAction, TopicEdit
from xiansuo.topics.edits import edited, found_again

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
Topics = Mapping[str, tuple[str, ...]]
A, B, C = (tuple(f"{name}{n}" for n in range(size)) for name, size in (("a", 4), ("b", 3), ("c", 2)))
PLAIN: Topics = {"A": A, "B": B, "C": C}


def merge(topics: Topics, topic: str, into: str) -> TopicEdit:
    told = {"into": into, "into_documents": topics[into]}
    return TopicEdit(id=1, action=TopicAction.MERGE, topic=topic, documents=topics[topic], by="编辑", at=NOW, **told)


def split(topics: Topics, topic: str, out: Sequence[str], into: str) -> TopicEdit:
    rest = tuple(id for id in topics[topic] if id not in out)
    told = {"into": into, "into_documents": rest}
    return TopicEdit(id=1, action=TopicAction.SPLIT, topic=topic, documents=tuple(out), by="编辑", at=NOW, **told)


def groups(topics: Topics) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in topics.values()}


def test_a_merged_topic_is_part_of_the_other_whichever_is_larger() -> None:
    assert edited(PLAIN, [merge(PLAIN, "A", "B")]) == {"B": tuple(sorted(A + B)), "C": C}
    assert edited(PLAIN, [merge(PLAIN, "B", "A")]) == {"A": tuple(sorted(A + B)), "C": C}


def test_after_a_refit_the_merged_topic_keeps_its_id_though_the_larger_part_has_it() -> None:
    # All was drawn anew: most of what B was is A's documents, so these are called B now.
    refit = {"B": A, "new": B, "C": C}
    assert edited(refit, [merge(PLAIN, "A", "B")])["B"] == tuple(sorted(A + B))


def test_split_off_documents_are_a_topic_of_their_own() -> None:
    made = edited(PLAIN, [split(PLAIN, "A", A[:1], "S")])
    assert made == {"A": A[1:], "S": A[:1], "B": B, "C": C}


def test_after_a_refit_the_larger_part_of_a_split_gives_the_other_its_id_back() -> None:
    edit = split(PLAIN, "A", A[:3], "S")
    assert edited({"S": A, "B": B}, [edit]) == {"S": A[:3], "A": A[3:], "B": B}


def test_no_id_is_given_twice() -> None:
    made = edited({"A": A, "S": B}, [split(PLAIN, "A", A[:2], "S")])
    assert groups(made) == {frozenset(A[:2]), frozenset(A[2:]), frozenset(B)}
    assert made["S"] == B
    swapped = edited({"S": A, "A": B}, [split(PLAIN, "A", A[:2], "S")])
    assert groups(swapped) == {frozenset(A[:2]), frozenset(A[2:]), frozenset(B)}
    assert swapped["A"] == B


def test_a_split_stands_though_a_merging_before_it_is_undone() -> None:
    before = {"甲": ["1", "2", "3", "4"], "乙": ["5", "6", "7", "8", "9"]}
    joined = merge(before, "甲", "乙")
    out = split(edited(before, [joined]), "乙", ["1", "2"], "丙")
    assert groups(edited(before, [out])) == {frozenset("12"), frozenset("34"), frozenset("56789")}


def test_split_off_documents_that_belong_to_none_now_are_a_topic() -> None:
    edit = split(PLAIN, "A", A[:1], "S")
    assert edited({"A": A[1:]}, [edit], there=set(A)) == {"A": A[1:], "S": A[:1]}
    assert edited({"A": A[1:]}, [edit], there=set(A[1:])) == {"A": A[1:]}, "what is gone makes no topic"


def test_an_edit_on_documents_that_are_gone_does_nothing() -> None:
    left = {"B": B, "C": C}
    assert edited(left, [merge(PLAIN, "A", "B"), split(PLAIN, "A", A[:2], "S")]) == left


def test_a_topic_is_not_parted_from_nothing() -> None:
    edit = split(PLAIN, "C", C[:1], "S").model_copy(update={"documents": C, "into_documents": C[:1]})
    assert edited(PLAIN, [edit]) == PLAIN


def test_only_merges_and_splits_move_documents() -> None:
    edit = TopicEdit(id=1, action=TopicAction.RENAME, topic="A", documents=A, name="新名", by="编辑", at=NOW)
    assert edited(PLAIN, [edit], [edit]) == PLAIN


def test_documents_that_came_later_stay_with_what_they_joined() -> None:
    merged = {"B": (*A, *B, "new"), "C": C}
    assert edited(merged, [], [merge(PLAIN, "A", "B")]) == {"A": A, "B": tuple(sorted((*B, "new"))), "C": C}


def test_edits_on_edits_are_undone_in_turn() -> None:
    first = merge(PLAIN, "A", "B")
    between = edited(PLAIN, [first])
    second = merge(between, "B", "C")
    both = edited(between, [second])
    assert groups(both) == {frozenset((*A, *B, *C))}
    assert edited(both, [], [first, second]) == PLAIN


@given(st.data())
def test_done_again_nothing_changes_and_undone_all_is_as_before(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(2, 5), min_size=2, max_size=4))
    plain = {f"T{n}": tuple(f"{n}-{place}" for place in range(size)) for n, size in enumerate(sizes)}
    if data.draw(st.booleans()):
        one, other = data.draw(st.permutations(sorted(plain)))[:2]
        edit = merge(plain, one, other)
    else:
        one = data.draw(st.sampled_from(sorted(plain)))
        count = data.draw(st.integers(1, len(plain[one]) - 1))
        edit = split(plain, one, plain[one][:count], "S")
    done = edited(plain, [edit])
    assert sorted(id for ids in done.values() for id in ids) == sorted(id for ids in plain.values() for id in ids)
    assert edited(done, [edit]) == done
    assert edited(done, [], [edit]) == plain
    assert groups(edited(plain, [edit])) == groups(done), "as after a refit"


def test_a_topic_is_found_again_by_its_documents() -> None:
    home = {id: topic for topic, ids in PLAIN.items() for id in ids}
    edit = TopicEdit(id=1, action=TopicAction.PIN, topic="gone", documents=(*A[:2], *B[:1]), by="编辑", at=NOW)
    assert found_again(edit, PLAIN, home) == "A"
    assert found_again(edit.model_copy(update={"topic": "C"}), PLAIN, home) == "C"
    assert found_again(edit.model_copy(update={"documents": ("x",)}), PLAIN, home) == ""
