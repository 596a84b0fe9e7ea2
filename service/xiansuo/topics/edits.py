"""What editors did to topics, done again after every run: what they put together is together, what they parted not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from xiansuo.records import TopicAction, TopicEdit
from xiansuo.topics.answers import name_of
from xiansuo.topics.track import home_of


def edited(
    topics: Mapping[str, Sequence[str]],
    standing: Sequence[TopicEdit],
    undone: Sequence[TopicEdit] = (),
    there: Set[str] = frozenset(),
) -> dict[str, tuple[str, ...]]:
    """Put the documents of topics where editors wanted them.

    Topics are found by the documents that they had when the edit was made: their ids may have changed since.

    :param topics: the documents of each topic.
    :param standing: edits that count, oldest first; only those that merge and split matter here.
    :param undone: edits that counted when `topics` were drawn and do not any longer, oldest first.
    :param there: all documents that there are: those that were split off are a topic though they belong to none now.
    """
    now = {topic: set(ids) for topic, ids in topics.items()}
    for edit in reversed(undone):
        if edit.action is TopicAction.MERGE:
            _part(now, edit, edit.topic, edit.into)
        elif edit.action is TopicAction.SPLIT:
            _unite(now, edit, edit.topic)
    for edit in standing:
        if edit.action is TopicAction.MERGE:
            _unite(now, edit, edit.into)
        elif edit.action is TopicAction.SPLIT:
            _part(now, edit, edit.into, edit.topic)
            _found(now, edit, there)
    return {topic: tuple(sorted(ids)) for topic, ids in now.items() if ids}


def found_again(edit: TopicEdit, topics: Mapping[str, Sequence[str]], home: Mapping[str, str]) -> str:
    """Tell which topic an edit is about now: the one with its id, else the one with most of its documents, else "".

    :param home: the topic of each document.
    """
    return edit.topic if edit.topic in topics else _plurality(home, edit.documents)


def _unite(now: dict[str, set[str]], edit: TopicEdit, name: str) -> None:
    """Make one topic of both sides; it is called by `name` if one of them is."""
    one, other = _sides(now, edit)
    if one and other and one != other:
        into, gone = (one, other) if one == name else (other, one)
        now[into] |= now.pop(gone)


def _part(now: dict[str, set[str]], edit: TopicEdit, name: str, rest_name: str) -> None:
    """Take the edit's documents out of what the other side is in; what is called by their `name` gives it to them."""
    one, other = _sides(now, edit)
    out = now[one] & set(edit.documents) if one else set()
    # The other side may since have gone several ways, as when a merging before the split was undone.
    if one and (one == other or len(now[one] & set(edit.into_documents)) >= len(out)):
        rest = now[one] - out
        if out and rest:
            del now[one]
            now[name if name == one else _free(name, out, now)] = out
            now[_free(rest_name, rest, now) if name == one else one] = rest


def _found(now: dict[str, set[str]], edit: TopicEdit, there: Set[str]) -> None:
    """Make a topic of documents that were split off and belong to none."""
    out = set(edit.documents) & there
    if out and out.isdisjoint(id for ids in now.values() for id in ids):
        now[_free(edit.into, out, now)] = out


def _free(name: str, ids: Iterable[str], now: Mapping[str, object]) -> str:
    while name in now:
        name = name_of((name, *sorted(ids)))
    return name


def _sides(now: Mapping[str, set[str]], edit: TopicEdit) -> tuple[str, str]:
    home = home_of(now)
    return _plurality(home, edit.documents), _plurality(home, edit.into_documents)


def _plurality(home: Mapping[str, str], ids: Iterable[str]) -> str:
    """Name the topic with more of some documents than any other, however few; of equal ones the id that is first."""
    counted = Counter(home[id] for id in ids if id in home)
    return min(counted, key=lambda topic: (-counted[topic], topic), default="")
