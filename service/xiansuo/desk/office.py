"""What an office has settled for itself (办公室设置): kept in the database, changed by an administrator."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, ValidationError

from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError
from xiansuo.records import Record
from xiansuo.store import audit, state

_KEY = "office"


class Office(Record):
    """The settings; those about informants say what they see beyond their own and what is published.

    `name` and `contact` stand on lists that are given out. `instructions`: leaders' written instructions. `texts`: the
    whole text of other people's documents, of which they otherwise see titles, outcomes and the sentences that match.
    """

    name: str = Field(default="", max_length=100)
    contact: str = Field(default="", max_length=200)
    instructions: bool = False
    texts: bool = False


def office(desk: Desk) -> Office:
    """Read the settings; the default where none were made."""
    with desk.database.read() as connection:
        kept = state.get(connection, _KEY)
    return Office.model_validate_json(kept) if kept else Office()


def settle(desk: Desk, *, by: str, now: dt.datetime, **changes: str | bool) -> Office:
    """Change settings; those that are not named stay.

    :raises InputError: a value is no good.
    """
    before = office(desk)
    try:
        after = Office.model_validate({**before.model_dump(), **changes})
    except ValidationError as error:
        raise InputError("设置的内容不对：名称最多 100 字，联系方式最多 200 字。") from error
    with desk.database.write() as connection:
        state.put(connection, _KEY, after.model_dump_json())
        changed = {key: value for key, value in after.model_dump().items() if value != getattr(before, key)}
        audit.add(connection, at=now, account=None, name=by, action="office.settle", details=changed)
    return after
