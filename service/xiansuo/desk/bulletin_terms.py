"""What counts in the monthly bulletin: an office's points and the reports expected of each unit in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from xiansuo.desk.bulletin import shipped_points
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import masked_line
from xiansuo.desk.office import Office, office
from xiansuo.desk.office import settle as settle_office
from xiansuo.errors import InputError
from xiansuo.records.points import Points


def points(desk: Desk) -> Points:
    """Return the points that hold."""
    return office(desk).points or shipped_points()


def target_lines(desk: Desk) -> str:
    """Return the targets as lines of unit and number, as they are typed."""
    return "\n".join(f"{unit} {number}" for unit, number in office(desk).targets.items())


def settle(desk: Desk, typed: Mapping[str, Any], targets: str, *, by: str, now: dt.datetime) -> Office:
    """Let other points and targets hold.

    :param typed: points, as numbers or as they were typed.
    :param targets: a line a unit: its name and how many reports are expected of it in a year.
    :raises InputError: a number or line is no good; it says which.
    """
    try:
        chosen = Points.model_validate(typed)
    except ValidationError as error:
        raise InputError("分值要填 0 到 1000 之间的数。") from error
    return settle_office(desk, by=by, now=now, points=chosen.model_dump(mode="json"), targets=_targets(targets))


def _targets(typed: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, line in enumerate(typed.splitlines(), 1):
        words = masked_line(line).replace("：", " ").replace(",", " ").replace("，", " ").split()
        if not words:
            continue
        if len(words) < 2 or not words[-1].isdecimal() or int(words[-1]) > 100_000:
            raise InputError(f"任务的第 {place} 行看不懂。", advice="每行写一个单位和一个数，例如：青屿县政协 24。")
        found["".join(words[:-1])] = int(words[-1])
    return found
