"""What people write about now (热点): the archive's matters with their names, heat and history."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import NAMED, RUN, find_topics, records_of
from xiansuo.desk.naming import Named
from xiansuo.errors import InputError, NotFound
from xiansuo.records import Document, Filter, Grade, Kind, Level
from xiansuo.store import runs
from xiansuo.text.fingerprint import fingerprint
from xiansuo.topics.cluster import Cluster, State
from xiansuo.topics.heat import WINDOWS, Heat, Voiced, Weights, Window, heat_of

_REPRESENTATIVES = 3
_RUNS_SEARCHED = 50
_YEAR = 12
# A topic grows when its growth is this far above 1, fades when it is this far below.
_EMERGING, _FADING = 1.3, 0.77
_HIGH = (Level.CITY, Level.PROVINCE, Level.NATION)


@dataclass(frozen=True, slots=True)
class Representative:
    """A typical text of a topic."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class HotTopic:
    """A topic with its heat and all that the heat is made of.

    `size` counts documents, `copies` those of them that repeat another, `voices` distinct people
    (else units). `monthly` are pairs of month (YYYY-MM) and documents, without gaps, up to the month
    of the day and over twelve months at least. `members` are all documents, the most typical first,
    copies last. `standing` is 新出现, 升温, 降温 or empty.
    """

    id: str
    name: str
    heat: float
    parts: Heat
    size: int
    copies: int
    voices: int
    units: tuple[str, ...]
    places: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    monthly: tuple[tuple[str, int], ...]
    representatives: tuple[Representative, ...]
    phrases: tuple[str, ...]
    members: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class TopicBoard:
    """The hot topics of a window, hottest first; `emerging` and `fading` are of all topics."""

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
    notes: tuple[str, ...] = field(default=())


def hot_topics(
    desk: Desk,
    *,
    now: dt.date,
    window: Window = "quarter",
    limit: int = 20,
    filters: Filter | None = None,
) -> TopicBoard:
    """List the hot topics of a window that ends on a day; nothing later than the day is seen.

    :raises InputError: there is no such window.
    """
    if window not in WINDOWS:
        raise InputError(f"没有“{window}”这个时间窗。", advice=f"可以用：{' '.join(WINDOWS)}。")
    with desk.reading() as (connection, _):
        records = records_of(connection, now, filters or Filter())
    found = find_topics(desk, now=now, filters=filters)
    topics = _judged(found.named, records, now, window)
    hot = [topic for topic in topics if topic.heat > 0]
    states = Counter(placed.state for placed in found.placed)
    return TopicBoard(
        found.run,
        now,
        window,
        tuple(hot[:limit]),
        tuple(topic for topic in hot if topic.standing in ("新出现", "升温"))[:limit],
        _fading(topics, limit),
        len(found.placed),
        len(found.named),
        states[State.ASSIGNED],
        states[State.UNDECIDED],
        states[State.ISOLATED],
        _notes(records, hot, window),
    )


def show(desk: Desk, id: str, *, now: dt.date | None = None, window: Window = "quarter") -> HotTopic:
    """Show one topic, also one that an earlier run had found.

    :param now: the day to judge it by; the day of the run that found it by default.
    :raises NotFound: no run knows this id.
    """
    if now is not None:
        find_topics(desk, now=now)
    with desk.reading() as (connection, _):
        for run in runs.latest(connection, RUN, _RUNS_SEARCHED):
            named = [each for each in run["result"]["named"] if each["cluster"]["id"] == id]
            if named:
                day = now or dt.date.fromisoformat(run["inputs"]["until"])
                # All that counted then: growth is not held against a topic where the archive itself begins later.
                records = records_of(connection, day, Filter.model_validate(run["inputs"]["filters"]))
                return _judged([NAMED.validate_python(named[0])], records, day, window)[0]
    raise NotFound(f"没有编号为“{id}”的热点。", advice="请先查看热点列表，编号在列表里。")


def _judged(named: Sequence[Named], records: Mapping[int, Document], now: dt.date, window: Window) -> list[HotTopic]:
    """Judge every topic by the day and window, hottest first."""
    by_id = {record.id: record for record in records.values()}
    begins = min((record.date for record in by_id.values() if record.date), default=None)
    weights = Weights.shipped()
    topics = []
    for each in named:
        members = [by_id[id] for id in each.cluster.members if id in by_id]
        if not members:
            continue
        voiced = [_voiced(record) for record in members]
        parts = heat_of(voiced, now=now, window=window, begins=begins, weights=weights, likeness=each.cluster.unity)
        dates = sorted(record.date for record in members if record.date)
        topics.append(
            HotTopic(
                each.cluster.id,
                each.name,
                parts.heat,
                parts,
                len(members),
                len(each.cluster.members) - each.cluster.texts,
                len({text.voice for text in voiced if text.voice}),
                _most_first(record.unit for record in members),
                _most_first(record.region for record in members),
                dates[0] if dates else None,
                dates[-1] if dates else None,
                _monthly(dates, now),
                tuple(
                    Representative(id, by_id[id].title) for id in each.cluster.central[:_REPRESENTATIVES] if id in by_id
                ),
                each.phrases,
                _typical_first(each.cluster),
                _standing(parts, dates, now, window, weights),
            )
        )
    return sorted(topics, key=lambda topic: (-topic.heat, topic.id))


def _typical_first(cluster: Cluster) -> tuple[str, ...]:
    central = set(cluster.central)
    return (*cluster.central, *(id for id in cluster.members if id not in central))


def _voiced(record: Document) -> Voiced:
    # A text without a name is a voice of its own; its copies have the same fingerprint and add
    # none.
    voice = record.author or record.unit or fingerprint(record.text)
    grade = record.replies[-1].grade if record.replies else None
    proposal = record.kind is Kind.PROPOSAL
    return Voiced(
        "" if record.kind is Kind.REFERENCE else voice,
        record.date,
        record.region,
        bool(record.instructions),
        any(adoption.level in _HIGH for adoption in record.adoptions),
        proposal and (not record.replies or grade is Grade.NOTED),
        grade is Grade.DONE,
    )


def _most_first(values: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(value for value in values if value)
    return tuple(sorted(counted, key=lambda value: (-counted[value], value)))


def _monthly(dates: Sequence[dt.date], now: dt.date) -> tuple[tuple[str, int], ...]:
    counted = Counter((date.year, date.month) for date in dates)
    last = _month(now)
    first = min((_month(date) for date in dates), default=last)
    months = ((month // 12, month % 12 + 1) for month in range(min(first, last - _YEAR + 1), last + 1))
    return tuple((f"{year}-{month:02d}", counted[year, month]) for year, month in months)


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _standing(parts: Heat, dates: Sequence[dt.date], now: dt.date, window: Window, weights: Weights) -> str:
    if window == "all" or not dates:
        return ""
    if parts.heat > 0 and parts.recent >= weights.voices_needed:
        if (now - dates[0]).days < weights.window_days[window]:
            return "新出现"
        if parts.growth >= _EMERGING:
            return "升温"
    return "降温" if parts.past >= 1 and parts.growth <= _FADING else ""


def _fading(topics: Sequence[HotTopic], limit: int) -> tuple[HotTopic, ...]:
    fading = [topic for topic in topics if topic.standing == "降温"]
    return tuple(sorted(fading, key=lambda topic: (topic.parts.growth, -topic.parts.past, topic.id))[:limit])


def _notes(records: Mapping[int, Document], hot: Sequence[HotTopic], window: Window) -> tuple[str, ...]:
    notes = []
    undated = sum(record.date is None for record in records.values())
    if not records:
        notes.append("档案里还没有材料，请先导入。")
    elif not hot:
        notes.append("没有两人以上反映的同一件事，暂时没有热点。")
    elif not any(topic.parts.recent for topic in hot):
        notes.append("这段时间没有人反映新的情况，以下是以前的热点，热度随时间下降。")
    if undated and window != "all":
        notes.append(f"{undated} 篇材料没有日期，不计入本期热度。")
    return tuple(notes)
