"""Which runs of topics are kept whole: the latest, and those that an editor keeps; of others the line of the log stays.

What a run found names every document, so that an archive asked every day would soon hold little else. Ids, names and
edits hang on the newest run alone; earlier ones serve comparison.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.topic_runs import LINE, RUN, of_part, readable, runs_of_all
from xiansuo.errors import NotFound, NotNow
from xiansuo.store import runs, state
from xiansuo.store.database import Connection

_KEPT = "topics.kept."


def keep(desk: Desk, run: str, *, by: str, now: dt.datetime) -> None:
    """Keep a run whole for as long as it is not released; keeping it again changes nothing.

    :raises NotFound: there is no such run.
    :raises NotNow: only its line is left.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "保留")
    with desk.database.write() as connection:
        kind = runs.kind_of(connection, run)
        if kind == LINE:
            raise shortened(run)
        if kind != RUN:
            raise unknown(run)
        if run not in kept(connection):
            state.put(connection, _KEPT + run, f"{now.date()} {by}")


def release(desk: Desk, run: str, *, by: str) -> None:
    """Let a run go that was kept: it is shortened with the others of its age.

    :raises NotFound: nobody keeps it.
    :raises InputError: nobody's name is given.
    """
    editor_name(by, "放开")
    with desk.database.write() as connection:
        if run not in kept(connection):
            raise NotFound(f"没有人保留“{run}”这次计算。", advice="请用 xiansuo topics log 查看。")
        state.forget(connection, _KEPT + run)


def kept(connection: Connection) -> dict[str, str]:
    """Tell which runs editors keep, and since when and who."""
    found = state.starting(connection, _KEPT)
    return {key.removeprefix(_KEPT): value for key, value in found.items()}


def shorten(connection: Connection, most: int, made: set[str]) -> None:
    """Forget what earlier runs have found; their lines in the log stay.

    :param most: so many of the latest over the whole archive stay, and so many of those over a part of it.
    :param made: others that stay.
    """
    every = runs.asked(connection, RUN)
    whole = [run["id"] for run in runs_of_all(connection)]
    part = [run["id"] for run in every if readable(run) and of_part(run)]
    stay = made | kept(connection).keys() | set(whole[:most]) | set(part[:most])
    for run in every:
        if run["id"] not in stay:
            found = runs.get(connection, run["id"])
            runs.become(connection, run["id"], LINE, _line(found["result"]) if found and readable(run) else {})


def shortened(run: str) -> NotNow:
    """Say that only a run's line is left."""
    return NotNow(
        f"热点计算“{run}”已经精简：只留下变化记录，各热点有哪些材料不再保存，因此不能再比较。",
        advice="请用 xiansuo topics log 选较近的计算；以后要长期比较的，请及早用 xiansuo topics keep 保留。",
    )


def unknown(run: str) -> NotFound:
    """Say that there is no such run."""
    return NotFound(f"没有编号为“{run}”的热点计算。", advice="请用 xiansuo topics log 查看各次计算的编号。")


def _line(result: dict[str, Any]) -> dict[str, Any]:
    told = {name: result[name] for name in ("base", "ground", "changes")}
    assigned = sum(len(each["cluster"]["members"]) for each in result["named"])
    return {**told, "documents": len(result["loose"]) + assigned, "topics": len(result["named"])}
