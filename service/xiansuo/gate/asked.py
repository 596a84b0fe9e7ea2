"""What routes ask for: the open desk, the moment that answers are given for, and the moment by the clock."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends, Request

from xiansuo.desk.desk import Desk


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _clock(request: Request) -> dt.datetime:
    now: dt.datetime = request.state.now
    return now


OpenDesk = Annotated[Desk, Depends(_desk)]

Clock = Annotated[dt.datetime, Depends(_clock)]
"""For what goes by the clock, such as sessions and jobs."""


def _now(desk: OpenDesk, now: Clock) -> dt.datetime:
    return desk.moment(now)


Now = Annotated[dt.datetime, Depends(_now)]
"""For answers: the archive's own day where it has one."""
