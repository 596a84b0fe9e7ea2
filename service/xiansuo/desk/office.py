"""What an office has settled for itself (办公室设置): kept in the database, changed by an administrator."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, ValidationError

from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError
from xiansuo.records import Record
from xiansuo.records.points import Points
from xiansuo.store import audit, state

_KEY = "office"


class Office(Record):
    """The settings; those about informants say what they see beyond their own and what is published.

    `name` and `contact` stand on lists that are given out. `instructions`: leaders' written instructions. `texts`: the
    whole text of other people's documents, of which they otherwise see titles, outcomes and the sentences that match.
    `points` are those of the monthly bulletin, the shipped ones where none are set, and `targets` how many reports are
    expected of a unit in a year.
    """

    name: str = Field(default="", max_length=100)
    contact: str = Field(default="", max_length=200)
    instructions: bool = False
    texts: bool = False
    points: Points | None = None
    targets: dict[str, Annotated[int, Field(ge=0, le=100_000)]] = Field(default_factory=dict, max_length=5000)


def office(desk: Desk) -> Office:
    """Read the settings; the default where none were made."""
    with desk.database.read() as connection:
        kept = state.get(connection, _KEY)
    return Office.model_validate_json(kept) if kept else Office()


def settle(desk: Desk, *, by: str, now: dt.datetime, **changes: Any) -> Office:
    """Change settings; those that are not named stay.

    :raises InputError: a value is no good.
    """
    before = office(desk)
    try:
        after = Office.model_validate({**before.model_dump(), **changes})
    except ValidationError as error:
        raise InputError(
            "设置的内容不对。", advice="名称最多 100 字，联系方式最多 200 字；分值和任务数是不小于 0 的数。"
        ) from error
    with desk.database.write() as connection:
        state.put(connection, _KEY, after.model_dump_json())
        old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
        changed = {key: value for key, value in new.items() if value != old[key]}
        audit.add(connection, at=now, account=None, name=by, action="office.settle", details=changed)
    return after
