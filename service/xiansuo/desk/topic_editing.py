"""What an editor does to a topic: rename, merge, split, pin, hide; remembered, done again after every run, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name, masked_line
from xiansuo.desk.finding import Found, find_topics
from xiansuo.desk.topic_changes import called
from xiansuo.errors import InputError, NotFound
from xiansuo.records import TopicAction, TopicEdit
from xiansuo.store import topic_edits
from xiansuo.topics.answers import name_of
from xiansuo.topics.edits import found_again

_LONGEST = 24


def rename(desk: Desk, topic: str, name: str, *, by: str, now: dt.datetime) -> TopicEdit:
    """Call a topic by another name.

    :raises NotFound: there is no such topic now.
    :raises InputError: nobody's name is given, the name is empty, too long, or another topic's.
    """
    name = masked_line(name)
    if not 2 <= len(name) <= _LONGEST:
        raise InputError("热点的名称要有 2 到 24 个字。", advice="请写明事情，能写明地点更好，如“望潮区老年食堂亏损”。")
    found, members = _of(desk, topic, now)
    with desk.database.read() as connection:
        names = called(connection, found)
    if other := next((id for id, given in names.items() if given == name and id != topic), ""):
        raise InputError(f"已有叫“{name}”的热点（{other}）。", advice="请换一个能分清两件事的名称，或把两个热点合并。")
    return _add(desk, _edit(TopicAction.RENAME, topic, members, by, now, name=name))


def merge(desk: Desk, topic: str, into: str, *, by: str, now: dt.datetime) -> TopicEdit:
    """Make a topic part of another one; documents are not touched.

    :raises NotFound: there is no such topic now.
    :raises InputError: nobody's name is given, or both are one topic.
    """
    if topic == into:
        raise InputError("这是同一个热点。", advice="请写两个不同的编号：并入的在前，保留的在后。")
    found, members = _of(desk, topic, now)
    if into not in found.topics:
        raise _unknown(into)
    name = next(each.name for each in found.named if each.cluster.id == topic)
    edit = _edit(TopicAction.MERGE, topic, members, by, now, into=into, into_documents=found.topics[into], name=name)
    return _add(desk, edit)


def split(desk: Desk, topic: str, documents: Sequence[str], *, by: str, now: dt.datetime) -> TopicEdit:
    """Take documents out of a topic as a topic of their own; its id is `into` of what is returned.

    :raises NotFound: there is no such topic now.
    :raises InputError: nobody's name is given, documents are not of the topic, or nothing would be left of it.
    """
    found, members = _of(desk, topic, now)
    out = sorted(set(documents))
    if strange := [id for id in out if id not in members]:
        raise InputError(f"“{strange[0]}”不在这个热点里。", advice="请先用 xiansuo topics show 查看它的材料编号。")
    rest = tuple(id for id in members if id not in out)
    if not out or not rest:
        raise InputError("拆出的材料要至少一篇，也要给原来的热点留下至少一篇。")
    name = name_of(out)
    while name in found.topics:
        name = name_of([name, *out])
    return _add(desk, _edit(TopicAction.SPLIT, topic, tuple(out), by, now, into=name, into_documents=rest))


def pin(desk: Desk, topic: str, *, by: str, now: dt.datetime) -> TopicEdit:
    """Show a topic before all others; raises as `merge`."""
    return _mark(desk, TopicAction.PIN, topic, by, now)


def hide(desk: Desk, topic: str, *, by: str, now: dt.datetime) -> TopicEdit:
    """Leave a topic out of every list; it is still found by its id. Raises as `merge`."""
    return _mark(desk, TopicAction.HIDE, topic, by, now)


def undo(desk: Desk, id: int, *, by: str, now: dt.datetime) -> TopicEdit:
    """Undo an edit; it stays as history.

    :raises NotFound: there is no such edit.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "修改")
    with desk.database.write() as connection:
        topic_edits.undo(connection, id, by, now)
        made = topic_edits.get(connection, id)
    if made is None:
        raise NotFound(f"没有第 {id} 号修改。", advice="请用 xiansuo topics edits 查看编号。")
    return made


def edits(desk: Desk) -> tuple[TopicEdit, ...]:
    """List what editors did to topics, newest first, the undone edits too."""
    with desk.database.read() as connection:
        return tuple(reversed(topic_edits.every(connection)))


def latest_edits(desk: Desk, limit: int, *, before: int | None = None) -> tuple[TopicEdit, ...]:
    """List the newest of `edits`; only those with ids below `before`, where given."""
    with desk.database.read() as connection:
        return tuple(topic_edits.latest(connection, limit, before=before))


def _mark(desk: Desk, action: TopicAction, topic: str, by: str, now: dt.datetime) -> TopicEdit:
    found, members = _of(desk, topic, now)
    topics, home = found.topics, found.home
    with desk.database.read() as connection:
        for edit in topic_edits.standing(connection):
            if edit.action is action and found_again(edit, topics, home) == topic:
                return edit
    return _add(desk, _edit(action, topic, members, by, now))


def _edit(
    action: TopicAction,
    topic: str,
    documents: tuple[str, ...],
    by: str,
    now: dt.datetime,
    *,
    into: str = "",
    into_documents: tuple[str, ...] = (),
    name: str = "",
) -> TopicEdit:
    by = editor_name(by, "修改")
    told = {"into": into, "into_documents": into_documents, "name": name, "by": by, "at": now}
    return TopicEdit(id=0, action=action, topic=topic, documents=documents, **told)


def _add(desk: Desk, edit: TopicEdit) -> TopicEdit:
    with desk.database.write() as connection:
        return edit.model_copy(update={"id": topic_edits.add(connection, edit)})


def _of(desk: Desk, topic: str, now: dt.datetime) -> tuple[Found, tuple[str, ...]]:
    found = find_topics(desk, now=now.date())
    if topic not in found.topics:
        raise _unknown(topic)
    return found, found.topics[topic]


def _unknown(topic: str) -> NotFound:
    return NotFound(f"现在没有编号为“{topic}”的热点。", advice="请查看热点列表；并入别处的见 topics log。")
