"""From the command line's options to an open desk and a moment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from xiansuo.desk.desk import Desk


def open_desk() -> Desk:
    """Open the home that the environment names."""
    from xiansuo.desk.desk import Desk
    from xiansuo.settings import Settings

    return Desk(Settings())


def clock() -> dt.datetime:
    """Return this moment, for what goes by the clock; only here does the command line ask it."""
    return dt.datetime.now().astimezone()


def at(day: str | None, desk: Desk | None = None) -> dt.datetime:
    """Return the given day at noon, or the archive's present."""
    if day is None:
        now = clock()
        return now if desk is None else desk.moment(now)
    try:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)
    except ValueError as error:
        raise typer.BadParameter(f"日期“{day}”看不懂，请写成 2026-11-01 这样。") from error
