"""Find the matters of an archive: the heavy part, kept as a run on which the next one builds.

The first run clusters the whole archive. Later ones let what has come join it: ids and names stay, and the cost is
that of what is new. Where the archive has grown by half, or when it is asked for, all is clustered anew; ids and
names stay then as well wherever most of a topic's documents are together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from xiansuo.desk import topic_runs
from xiansuo.desk.desk import Desk
from xiansuo.desk.drawing import Before, Drawn, Seen, draw_anew, draw_on
from xiansuo.desk.ground_kept import Lasting, lasting_ground, refuse_long
from xiansuo.desk.kept_texts import keep_texts, kept_texts
from xiansuo.desk.names import NamedTheme, name_drawn, name_themes
from xiansuo.desk.naming import Named
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.run_keeping import shorten
from xiansuo.desk.topic_runs import LINE, RUN, age, readable, runs_of_all
from xiansuo.records import Filter, Kind, TopicAction, TopicEdit
from xiansuo.store import documents, grounds, heads, runs, state, topic_edits
from xiansuo.store.database import Connection
from xiansuo.topics.items import Loose
from xiansuo.topics.stock import stock_words
from xiansuo.topics.track import Change, changes, home_of

DRAWN_ANEW = "topics.drawn_anew"
"""Key of the state that counts how often it was asked to cluster all anew."""

# Grounds of so many of the latest runs are kept.
_RUNS = 20
_FOUND = "topics found"


@dataclass(frozen=True, slots=True)
class Found:
    """All matters of an archive up to a day, and all documents that belong to none.

    `base` is the run that it builds on, empty for the first; `changes` are since then. `ground` is the run in which all
    was clustered last, `young` are the topics founded since.
    """

    run: str
    now: dt.date
    named: tuple[Named, ...]
    loose: tuple[Loose, ...]
    themes: tuple[NamedTheme, ...] = ()
    changes: tuple[Change, ...] = ()
    base: str = ""
    ground: str = ""
    young: tuple[str, ...] = ()

    @property
    def topics(self) -> dict[str, tuple[str, ...]]:
        """The documents of each topic."""
        return {each.cluster.id: each.cluster.members for each in self.named}

    @property
    def home(self) -> dict[str, str]:
        """The topic of each document that belongs to one."""
        return home_of(self.topics)

    @property
    def themed(self) -> dict[str, tuple[str, ...]]:
        """The topics of each theme."""
        return {each.id: each.topics for each in self.themes}

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.loose) + sum(len(each.cluster.members) for each in self.named)


def find_topics(desk: Desk, *, now: dt.date, filters: Filter | None = None, progress: Progress = silent) -> Found:
    """Find the matters of the archive up to a day; computed once for its state, kept as a run.

    :raises NotReady: they are not kept, would take long to find, and the desk does not wait for that.
    """
    wanted = filters or Filter()
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    with desk.reading() as (connection, indexes):
        every = topic_edits.every(connection)
        edits = [edit for edit in every if edit.undone_at is None]
        run, inputs, models = _named_run(desk, connection, now, wanted, every)
        kept = found_in(connection, run) if wanted else _found_again(desk, connection, run, inputs["seq"])
        if kept is not None:
            return kept
        base, told = _base(desk, connection, inputs, models)
        listed = listed_for(connection, now, wanted)
        lasting = None
        if base is not None and not wanted:
            lasting = lasting_ground(connection, base.ground, told, inputs, models, listed)
        if not desk.patient:
            refuse_long(len(listed), lasting)
        seen = Seen(desk, connection, indexes, listed, progress)
        before = _before(base, told, every)
        drawn = None if lasting is None or base is None else _drawn_on(seen, base, told, before, lasting, edits)
        ground = run if drawn is None or base is None else base.ground
        if drawn is None:
            drawn = draw_anew(seen, before, edits)
        merged = {edit.topic: edit.name for edit in every if edit.action is TopicAction.MERGE}
        named = name_drawn(desk, connection, drawn.clusters, base.named if base else (), listed, merged, progress)
        found = Found(
            run,
            now,
            named,
            drawn.loose,
            name_themes(desk, connection, drawn.themes, named, base.themes if base else (), listed),
            changes(base.topics, {each.cluster.id: each.cluster.members for each in named})
            if base and not wanted
            else (),
            base.run if base and not wanted else "",
            "" if wanted else ground,
            () if base is None or ground == run else _young(base, named),
        )
        mark = indexes.mark
    _keep(desk, found, drawn, at, inputs, models, mark)
    if not wanted:
        desk.remembered(_FOUND, (run, mark), lambda: found)
    return found


def run_named(desk: Desk, connection: Connection, now: dt.date) -> str:
    """Name the run in which `find_topics` finds the whole archive's matters, whether or not it was made already."""
    return _named_run(desk, connection, now, Filter(), topic_edits.every(connection))[0]


def draw_all_anew(desk: Desk, *, now: dt.date, progress: Progress = silent) -> Found:
    """Cluster the whole archive anew, whether or not it has changed; ids and names stay where they can."""
    with desk.database.write() as connection:
        state.put(connection, DRAWN_ANEW, str(int(state.get(connection, DRAWN_ANEW) or 0) + 1))
    return find_topics(desk, now=now, progress=progress)


def found_in(connection: Connection, run: str) -> Found | None:
    """Read what a run has found; None where there is no such run, or earlier code made it."""
    kept = runs.get(connection, run)
    if kept is None or kept["kind"] != RUN or not readable(kept):
        return None
    return FOUND.validate_python({"run": run, "now": kept["inputs"]["until"], **kept["result"]})


def _found_again(desk: Desk, connection: Connection, run: str, seq: int) -> Found | None:
    """Tell what a kept run has found, the latest one from memory.

    :param seq: the last change that the archive had then.
    """
    if runs.kind_of(connection, run) != RUN:
        return None
    key = run, documents.mark_at(connection, seq)
    return desk.remembered(_FOUND, key, lambda: found_in(connection, run))


def _drawn_on(
    seen: Seen, base: Found, told: Mapping[str, Any], before: Before, lasting: Lasting, edits: Sequence[TopicEdit]
) -> Drawn:
    """Build on an earlier run.

    :param told: what was asked of that run and with which models.
    """
    known = {each.id for each in base.loose}.union(*base.topics.values())
    unchanged = {id for id in known if id in seen.listed and id not in lasting.put}
    mark = documents.mark_at(seen.connection, told["inputs"]["seq"])
    kept = kept_texts(seen, base.run, mark, unchanged, lasting.ground, lasting.floor, lasting.sample)
    return draw_on(seen, before, kept, lasting.sample, lasting.put, edits)


def _before(base: Found | None, told: Mapping[str, Any], every: Sequence[TopicEdit]) -> Before:
    """Tell what was drawn in a run."""
    if base is None:
        return Before()
    stood = [edit for edit in every if edit.id in told["inputs"]["edits"]]
    return Before([each.cluster for each in base.named], base.loose, base.themed, stood, frozenset(base.young))


def _young(base: Found, named: Sequence[Named]) -> tuple[str, ...]:
    """List the topics that were founded since all was clustered."""
    old = base.topics.keys() - set(base.young)
    return tuple(sorted(each.cluster.id for each in named if each.cluster.id not in old))


def _named_run(
    desk: Desk, connection: Connection, now: dt.date, wanted: Filter, every: Sequence[TopicEdit]
) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Name a run after what goes into it; what was shortened since is found again under another name.

    It may build on another run than the first time, and two answers never bear one name.

    :return: the name, what is asked, and with which models.
    """
    standing = [edit.id for edit in every if edit.undone_at is None]
    models = {
        "encoder": desk.encoder.id,
        "lexicon": desk.words.digest,
        "stock": hashlib.sha256("\n".join(sorted(stock_words())).encode()).hexdigest()[:12],
    }
    inputs: dict[str, Any] = {
        "seq": documents.last_change(connection),
        "filters": _filtered(wanted),
        "until": now.isoformat(),
        "method": topic_runs.METHOD,
        "edits": standing,
        "edited": 2 * len(every) - len(standing),
        "anew": int(state.get(connection, DRAWN_ANEW) or 0),
    }
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    run = runs.run_id(RUN, inputs, models, at)
    while runs.kind_of(connection, run) == LINE:
        inputs["again"] = inputs.get("again", 0) + 1
        run = runs.run_id(RUN, inputs, models, at)
    return run, inputs, models


def _base(
    desk: Desk, connection: Connection, inputs: Mapping[str, Any], models: Mapping[str, str]
) -> tuple[Found | None, Mapping[str, Any]]:
    """Find the run to build on, and what was asked of it: the newest of no later day or state of the archive.

    One with other models has no ground to build on; ids and names are its own all the same.
    """
    fitting = [
        run
        for run in runs_of_all(connection)
        if run["inputs"]["until"] <= inputs["until"] and run["inputs"]["seq"] <= inputs["seq"]
    ]
    if not fitting:
        return None, {}
    newest = max(fitting, key=lambda run: (*age(run["inputs"]), run["models"] == models, run["id"]))
    return _found_again(desk, connection, newest["id"], newest["inputs"]["seq"]), newest


def listed_for(connection: Connection, now: dt.date, wanted: Filter) -> dict[str, int]:
    """List the documents that count on a day; references only where asked for."""
    listed = heads.listed(connection, now, references=Kind.REFERENCE in wanted.kinds)
    if not wanted:
        return listed
    allowed = set(documents.matching(connection, wanted))
    return {id: number for id, number in listed.items() if number in allowed}


def _keep(
    desk: Desk,
    found: Found,
    drawn: Drawn,
    at: dt.datetime,
    inputs: Mapping[str, Any],
    models: dict[str, str],
    mark: str,
) -> None:
    result = FOUND.dump_python(found, mode="json", exclude={"run", "now"})
    with desk.database.write() as connection:
        runs.put(connection, found.run, RUN, at, inputs, models, result)
        if drawn.ground and found.ground:
            grounds.put(connection, found.run, drawn.ground)
            told = runs.told(connection, RUN, ["ground"], _RUNS)
            grounds.keep_only(connection, [found.run, *(run["ground"] for run in told if run["ground"])])
        shorten(connection, desk.settings.topic_runs, {found.run, found.base})
    if drawn.kept is not None and found.ground:
        keep_texts(desk, found.run, mark, drawn.kept)


def _filtered(wanted: Filter) -> dict[str, list[str]]:
    return {
        "kinds": sorted(kind.value for kind in wanted.kinds),
        "years": sorted(map(str, wanted.years)),
        "units": sorted(wanted.units),
    }


FOUND = TypeAdapter(Found)
