"""What people write about now (热点): the archive's matters with their names, heat and history."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pydantic import TypeAdapter

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found, find_topics, found_in, listed_for
from xiansuo.desk.hot_topic import HotTopic, judged
from xiansuo.desk.names import NamedTheme
from xiansuo.desk.paging import paged
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.topic_runs import RUN, age, readable
from xiansuo.errors import InputError, NotFound
from xiansuo.records import Filter, TopicAction, TopicEdit
from xiansuo.store import heads, runs, topic_edits
from xiansuo.store.database import Connection
from xiansuo.store.heads import Head
from xiansuo.topics.edits import found_again
from xiansuo.topics.heat import WINDOWS, Window
from xiansuo.topics.items import State
from xiansuo.topics.phrases import content_words
from xiansuo.topics.stock import stock_words

# An archive of so many texts at least, of which so large a part has one word in the title, is told to be about that.
_MANY, _MOSTLY, _TITLES = 20, 0.6, 1_000
_Place: TypeAlias = tuple[bool, float, str]
_PLACE: TypeAdapter[_Place] = TypeAdapter(_Place)


@dataclass(frozen=True, slots=True)
class TopicBoard:
    """The hot topics of a window, pinned ones first, then hottest first; `emerging` and `fading` are of all topics.

    `themes` groups the topics of all the archive. `hidden`: how many topics editors have hidden from these lists.
    `next` asks for the topics behind these, None where there are no more.
    """

    run: str
    now: dt.date
    window: Window
    topics: tuple[HotTopic, ...]
    emerging: tuple[HotTopic, ...]
    fading: tuple[HotTopic, ...]
    documents: int
    all_topics: int
    assigned: int
    undecided: int
    isolated: int
    themes: tuple[NamedTheme, ...] = ()
    hidden: int = 0
    notes: tuple[str, ...] = field(default=())
    next: str | None = None


def hot_topics(
    desk: Desk,
    *,
    now: dt.date,
    window: Window = "quarter",
    limit: int = 20,
    filters: Filter | None = None,
    cursor: str = "",
    progress: Progress = silent,
) -> TopicBoard:
    """List the hot topics of a window that ends on a day; nothing later than the day is seen.

    :param cursor: what the page in front said.
    :raises InputError: there is no such window, or the cursor is none of this list's.
    """
    check_window(window)
    found = find_topics(desk, now=now, filters=filters, progress=progress)
    with desk.database.read() as connection:
        numbers = listed_for(connection, now, filters or Filter()).values()
        by_id, begins = heads.by_id(connection, numbers), heads.first_day(connection, numbers)
        topics = curated(connection, found, judged(found.named, by_id, begins, now, window))
    shown = [topic for topic in topics if not topic.hidden]
    hot = [topic for topic in shown if topic.heat > 0 or topic.pinned]
    page = paged("topics", cursor, limit, _PLACE, lambda after, most: _behind(hot, after)[:most], _place)
    states = Counter(each.state for each in found.loose)
    return TopicBoard(
        found.run,
        now,
        window,
        page.items,
        tuple(topic for topic in hot if topic.standing in ("新出现", "升温"))[:limit],
        _fading(shown, limit),
        found.documents,
        len(found.named),
        found.documents - len(found.loose),
        states[State.UNDECIDED],
        states[State.ISOLATED],
        found.themes,
        len(topics) - len(shown),
        (*_notes(by_id, shown, hot, window), *(_one_thing(desk, by_id) if hot else [])),
        page.next,
    )


def show(desk: Desk, id: str, *, now: dt.date | None = None, window: Window = "quarter") -> HotTopic:
    """Show one topic, also one that an earlier run had found.

    :param now: the day to judge it by; the day of the run that found it by default.
    :raises NotFound: no run knows this id.
    """
    check_window(window)
    first = None if now is None else find_topics(desk, now=now)
    with desk.database.read() as connection:
        return shown(connection, id, first, window)


def shown(connection: Connection, id: str, first: Found | None, window: Window) -> HotTopic:
    """Look for a topic in a run over the whole archive and judge it by that day, as `show` does; else in every run.

    :param first: that run; where none is given, the topic is judged by the day of the newest run that knows it.
    """
    # The run of that very day first: a later one has seen more.
    known = [] if first is None else [(first, Filter())]
    for found, wanted in itertools.chain(known, _every_run(connection)):
        if id in found.topics:
            day = found.now if first is None else first.now
            topics = judged_alone(connection, found, {id}, listed_for(connection, day, wanted), day, window)
            if topics:
                return topics[0]
    raise no_topic(id)


def no_topic(id: str) -> NotFound:
    """Say that there is no such topic, or none for who asks: the same words, so that neither can be told."""
    return NotFound(f"没有编号为“{id}”的热点。", advice="请先查看热点列表，编号在列表里。")


def judged_alone(
    connection: Connection, found: Found, ids: Set[str], listed: Mapping[str, int], now: dt.date, window: Window
) -> list[HotTopic]:
    """Judge some topics of a run as `hot_topics` would among all, in its order; only their documents are read.

    :param listed: numbers of all documents that count on the day, by their ids.
    """
    named = [each for each in found.named if each.cluster.id in ids]
    numbers = [listed[id] for each in named for id in each.cluster.members if id in listed]
    by_id, begins = heads.by_id(connection, numbers), heads.first_day(connection, listed.values())
    return curated(connection, found, judged(named, by_id, begins, now, window))


def _every_run(connection: Connection) -> Iterator[tuple[Found, Filter]]:
    """Read what each run has found, and among which documents, the newest first."""
    # By what they were made of: several may have been made at one moment of the archive.
    asked = [run for run in runs.asked(connection, RUN) if readable(run)]
    for run in sorted(asked, key=lambda run: (*age(run["inputs"]), run["id"]), reverse=True):
        found = found_in(connection, run["id"])
        if found is not None:
            yield found, Filter.model_validate(run["inputs"]["filters"])


def check_window(window: str) -> None:
    """Refuse a window that there is not.

    :raises InputError: there is none of this name.
    """
    if window not in WINDOWS:
        raise InputError(f"没有“{window}”这个时间窗。", advice=f"可以用：{' '.join(WINDOWS)}。")


def curated(connection: Connection, found: Found, topics: Sequence[HotTopic]) -> list[HotTopic]:
    """Name, pin and hide topics as editors wanted it; pinned ones come first."""
    told: dict[str, dict[TopicAction, TopicEdit]] = {}
    known, home = found.topics, found.home
    for edit in topic_edits.standing(connection):
        told.setdefault(found_again(edit, known, home), {})[edit.action] = edit
    made = []
    theme_of = {topic: theme.id for theme in found.themes for topic in theme.topics}
    for topic in topics:
        edits = told.get(topic.id, {})
        name = edits[TopicAction.RENAME].name if TopicAction.RENAME in edits else topic.name
        pinned, hidden = TopicAction.PIN in edits, TopicAction.HIDE in edits
        made.append(replace(topic, name=name, theme=theme_of.get(topic.id, ""), pinned=pinned, hidden=hidden))
    return sorted(made, key=lambda topic: not topic.pinned)


def _place(topic: HotTopic) -> _Place:
    return not topic.pinned, -topic.heat, topic.id


def _behind(topics: Sequence[HotTopic], after: _Place | None) -> list[HotTopic]:
    return [topic for topic in topics if after is None or _place(topic) > after]


def _fading(topics: Sequence[HotTopic], limit: int) -> tuple[HotTopic, ...]:
    fading = [topic for topic in topics if topic.standing == "降温"]
    return tuple(sorted(fading, key=lambda topic: (topic.parts.growth, -topic.parts.past, topic.id))[:limit])


def _one_thing(desk: Desk, by_id: Mapping[str, Head]) -> list[str]:
    """Say that nearly all texts speak of one thing: what they share then tells none from another."""
    titles = [by_id[id].title for id in sorted(by_id)[:_TITLES]]
    if len(titles) < _MANY:
        return []
    stock = stock_words()
    counted = Counter(word for title in titles for word in set(content_words(desk.words.words(title), stock)))
    word, count = max(counted.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return [f"多数材料都在谈“{word}”，以下是其中的各件事。"] if count >= _MOSTLY * len(titles) else []


def _notes(
    by_id: Mapping[str, Head], shown: Sequence[HotTopic], hot: Sequence[HotTopic], window: Window
) -> tuple[str, ...]:
    notes = []
    undated = sum(head.date is None for head in by_id.values())
    if not by_id:
        notes.append("档案里还没有材料，请先导入。")
    elif not hot and any(topic.voices > 1 for topic in shown):
        notes.append("两人以上反映的事都不在这段时间，暂时没有热点，可以把时间放宽。")
    elif not hot:
        notes.append("没有两人以上反映的同一件事，暂时没有热点。")
    elif not any(topic.parts.recent for topic in hot):
        notes.append("这段时间没有人反映新的情况，以下是以前的热点，热度随时间下降。")
    if undated and window != "all":
        notes.append(f"{undated} 篇材料没有日期，不计入本期热度。")
    return tuple(notes)
