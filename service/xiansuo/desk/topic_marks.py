"""Name all that hot topics come from, so that nobody has to judge them again to see that they are the same."""

from __future__ import annotations

import datetime as dt

from xiansuo import __version__
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import run_named
from xiansuo.store import documents


def topics_mark(desk: Desk, now: dt.date) -> str:
    """Name the state of the hot topics of a day: the run that finds them, and what the documents have become.

    The run's name holds the day, the models, what editors did to topics, and how often documents have changed; the mark
    of the last change says how. It is another one whenever a list, map or drawing is.
    """
    with desk.database.read() as connection:
        run = run_named(desk, connection, now)
        return f"{__version__} {run} {documents.mark_at(connection, documents.last_change(connection))}"
