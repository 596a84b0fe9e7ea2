"""The runs that found topics: in which order they stand, and what each has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from xiansuo.store import runs
from xiansuo.store.database import Connection
from xiansuo.topics.track import Change

RUN = "topics"
"""Kind of the runs that keep what was found."""

LINE = "topics.line"
"""Kind of the earlier runs: their line in the log is left, and what they found is not."""

METHOD = 12
"""Raise it where a change of the code changes what is found: kept runs of the earlier code are not taken then."""

CHANGES = TypeAdapter(tuple[Change, ...])
"""Reads what a run has changed."""


def runs_of_all(connection: Connection) -> list[dict[str, Any]]:
    """Read what was asked of the runs over the whole archive, newest first: `id`, `at`, `inputs`, `models`."""
    return _ordered(runs.asked(connection, RUN))


def lines_of_all(connection: Connection) -> list[dict[str, Any]]:
    """Read the same of those too of which only the line is left; `whole` tells which are not."""
    return _ordered({**run, "whole": kind == RUN} for kind in (RUN, LINE) for run in runs.asked(connection, kind))


def changes_of_all(connection: Connection, limit: int) -> list[tuple[str, dt.date, tuple[Change, ...]]]:
    """Read what the latest runs over the whole archive have changed, newest first: run, its day and the changes."""
    latest = lines_of_all(connection)[:limit]
    kept = runs.part(connection, [run["id"] for run in latest], "changes")
    return [
        (run["id"], dt.date.fromisoformat(run["inputs"]["until"]), CHANGES.validate_python(kept[run["id"]]))
        for run in latest
    ]


def age(inputs: Mapping[str, Any]) -> tuple[str, int, int, int, int]:
    """Order runs as they were made, but that a later day comes after an earlier one."""
    return inputs["until"], inputs["seq"], inputs["anew"], inputs["edited"], inputs.get("again", 0)


def readable(run: Mapping[str, Any]) -> bool:
    """Tell whether this code made a run: what earlier code kept may be of another shape."""
    return bool(run["inputs"].get("method") == METHOD)


def of_part(run: Mapping[str, Any]) -> bool:
    """Tell whether a run was over a part of the archive only."""
    return any(run["inputs"]["filters"].values())


def _ordered(some: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [run for run in some if readable(run) and not of_part(run)]
    return sorted(found, key=lambda run: (*age(run["inputs"]), run["id"]), reverse=True)
