"""Answers to writes that named themselves, kept for a day: the same request sent twice is done once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from xiansuo.store.account_tables import kept_answer
from xiansuo.store.moments import utc

KEPT = dt.timedelta(days=1)

_WORKING = dt.timedelta(minutes=30)
"""Work that has not ended by then was cut off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was asked under a name and answered; `status` None is being worked on."""

    request: str
    at: dt.datetime
    status: int | None
    media_type: str
    body: str


def begin(connection: Connection, account: int, key: str, request: str, at: dt.datetime) -> Kept | None:
    """Take a name for a request.

    :return: what is kept under it already; None where the request is to be worked on now.
    """
    cut_off = and_(kept_answer.c.status.is_(None), kept_answer.c.at < utc(at - _WORKING))
    connection.execute(delete(kept_answer).where(or_(kept_answer.c.at < utc(at - KEPT), cut_off)))
    values = {"account": account, "key": key, "request": request, "at": utc(at), "media_type": "", "body": ""}
    try:
        with connection.begin_nested():
            connection.execute(insert(kept_answer).values(values))
    except IntegrityError:
        row = connection.execute(
            select(kept_answer).where(kept_answer.c.account == account, kept_answer.c.key == key)
        ).one()
        return Kept(row.request, utc(row.at), row.status, row.media_type, row.body)
    return None


def finish(connection: Connection, account: int, key: str, status: int, media_type: str, body: str) -> None:
    """Keep the answer."""
    connection.execute(
        update(kept_answer)
        .where(kept_answer.c.account == account, kept_answer.c.key == key)
        .values(status=status, media_type=media_type, body=body)
    )


def give_up(connection: Connection, account: int, key: str) -> None:
    """Free a name: the request came to nothing and may be sent again."""
    connection.execute(delete(kept_answer).where(kept_answer.c.account == account, kept_answer.c.key == key))
