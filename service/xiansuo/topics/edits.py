"""What editors did to topics, done again after every run: what they put together is together, what they parted not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xiansuo.records import TopicAction, TopicEdit


def edited(
    topics: Mapping[str, Sequence[str]], standing: Sequence[TopicEdit], undone: Sequence[TopicEdit] = ()
) -> dict[str, tuple[str, ...]]:
    """Put the documents of topics where editors wanted them.

    Topics are found by the documents that they had when the edit was made: their ids may have changed since.

    :param topics: the documents of each topic.
    :param standing: edits that count, oldest first; only those that merge and split matter here.
    :param undone: edits that counted when `topics` were drawn and do not any longer.
    """
    now = {topic: set(ids) for topic, ids in topics.items()}
    for edit in undone:
        if edit.action is TopicAction.MERGE:
            _part(now, edit, edit.topic)
        elif edit.action is TopicAction.SPLIT:
            _unite(now, edit)
    for edit in standing:
        if edit.action is TopicAction.MERGE:
            _unite(now, edit)
        elif edit.action is TopicAction.SPLIT:
            _part(now, edit, edit.into)
    return {topic: tuple(sorted(ids)) for topic, ids in now.items() if ids}


def found_again(edit: TopicEdit, topics: Mapping[str, Sequence[str]], home: Mapping[str, str]) -> str:
    """Tell which topic an edit is about now: the one with its id, else the one with most of its documents, else "".

    :param home: the topic of each document.
    """
    return edit.topic if edit.topic in topics else _mostly(home, edit.documents)


def _unite(now: dict[str, set[str]], edit: TopicEdit) -> None:
    one, other = _sides(now, edit)
    if one and other and one != other:
        now[other] |= now.pop(one)


def _part(now: dict[str, set[str]], edit: TopicEdit, name: str) -> None:
    one, other = _sides(now, edit)
    if one and one == other:
        out = now[one] & set(edit.documents)
        rest = now[one] - out
        if out and rest and name not in now:
            now[one], now[name] = rest, out


def _sides(now: Mapping[str, set[str]], edit: TopicEdit) -> tuple[str, str]:
    home = {id: topic for topic, ids in now.items() for id in ids}
    return _mostly(home, edit.documents), _mostly(home, edit.into_documents)


def _mostly(home: Mapping[str, str], ids: Iterable[str]) -> str:
    counted = Counter(home[id] for id in ids if id in home)
    return min(counted, key=lambda topic: (-counted[topic], topic), default="")
