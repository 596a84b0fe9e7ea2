"""The one place where the service asks the clock."""

from __future__ import annotations

import datetime as dt


def clock() -> dt.datetime:
    """Return this moment, in the zone of the machine."""
    return dt.datetime.now().astimezone()
