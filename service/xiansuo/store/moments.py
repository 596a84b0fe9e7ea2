"""Moments as the store keeps them: in UTC."""

from __future__ import annotations

import datetime as dt


def utc(at: dt.datetime) -> dt.datetime:
    """Put a moment into UTC; SQLite keeps no time zone, so what comes back without one is in UTC already."""
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
