"""How long a name must wait after wrong passwords."""

from __future__ import annotations

import datetime as dt

FREE = 5
"""Wrong guesses that cost no waiting: people mistype."""

_FIRST = 30
_LONGEST = 3600


def wait(failures: int) -> dt.timedelta:
    """Return how long to wait after so many wrong guesses in a row.

    30 s after the fifth, then twice as long each time, an hour at most.
    """
    if failures < FREE:
        return dt.timedelta(0)
    return dt.timedelta(seconds=min(_LONGEST, _FIRST * 2 ** min(failures - FREE, 10)))
