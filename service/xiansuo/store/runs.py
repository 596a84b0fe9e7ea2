"""Runs: what was asked, with which models, when, and what came out; every answer can name its run."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from xiansuo.store.documents import chunks
from xiansuo.store.schema import run


def run_id(kind: str, inputs: Any, models: dict[str, str], now: dt.datetime) -> str:
    """Name a run after what went into it: the same work at the same moment has the same name."""
    told = json.dumps([kind, inputs, models, now.isoformat()], ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{now:%Y%m%d}-{digest[:10]}"


def put(
    connection: Connection,
    id: str,
    kind: str,
    now: dt.datetime,
    inputs: Any,
    models: dict[str, str],
    result: Any,
) -> None:
    """Keep a run; keeping the same one again changes nothing."""
    row = {"id": id, "kind": kind, "at": now, "inputs": inputs, "models": models, "result": result}
    # Two answers may keep the same run at the same moment.
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(run).values(row).on_conflict_do_nothing())


def get(connection: Connection, id: str) -> dict[str, Any] | None:
    """Read a run, or None."""
    row = connection.execute(select(run).where(run.c.id == id)).mappings().one_or_none()
    return None if row is None else dict(row)


def kind_of(connection: Connection, id: str) -> str | None:
    """Tell of which kind a run is, or None."""
    return connection.execute(select(run.c.kind).where(run.c.id == id)).scalar()


def become(connection: Connection, id: str, kind: str, result: Any) -> None:
    """Make a run one of another kind, with less of a result; what was asked stays."""
    connection.execute(update(run).where(run.c.id == id).values(kind=kind, result=result))


def keep_only(connection: Connection, kind: str, most: int, made: str) -> None:
    """Forget all runs of a kind but the newest and one just made."""
    ordered = select(run.c.id).where(run.c.kind == kind, run.c.id != made).order_by(run.c.at.desc(), run.c.id)
    old = list(connection.execute(ordered).scalars())[most - 1 :]
    for some in chunks(old):
        connection.execute(delete(run).where(run.c.id.in_(some)))


def counted(connection: Connection, kind: str, *, since: dt.datetime) -> int:
    """Count the runs of a kind that were made at a moment or later."""
    query = select(func.count()).where(run.c.kind == kind, run.c.at >= since)
    return connection.execute(query).scalar_one()


def latest(connection: Connection, kind: str, limit: int = 20) -> list[dict[str, Any]]:
    """Read the newest runs of a kind, newest first."""
    query = select(run).where(run.c.kind == kind).order_by(run.c.at.desc(), run.c.id).limit(limit)
    return [dict(row) for row in connection.execute(query).mappings()]


def asked(connection: Connection, kind: str) -> list[dict[str, Any]]:
    """Read of all runs of a kind what was asked and with which models, newest first: `id`, `at`, `inputs`, `models`."""
    query = select(run.c.id, run.c.at, run.c.inputs, run.c.models).where(run.c.kind == kind)
    return [dict(row) for row in connection.execute(query.order_by(run.c.at.desc(), run.c.id)).mappings()]


def part(connection: Connection, ids: Sequence[str], field: str) -> dict[str, Any]:
    """Read one field of the results of some runs, by id: of large results in far less time than all of them."""
    query = select(run.c.id, run.c.result[field].label(field)).where(run.c.id.in_(ids))
    return {key: value for key, value in connection.execute(query)}


def told(
    connection: Connection,
    kind: str,
    fields: Sequence[str],
    limit: int = 20,
    *,
    only: Select[tuple[str]] | None = None,
    after: str | None = None,
) -> list[dict[str, Any]]:
    """Read `id`, `at` and some text fields of the results of the newest runs of a kind, newest first.

    :param only: a selection of ids; only these.
    :param after: only those behind this one.
    """
    picked = (run.c.result[field].as_string().label(field) for field in fields)
    query = select(run.c.id, run.c.at, *picked).where(run.c.kind == kind)
    if only is not None:
        query = query.where(run.c.id.in_(only))
    if after is not None:
        at = select(run.c.at).where(run.c.id == after).scalar_subquery()
        query = query.where(or_(run.c.at < at, and_(run.c.at == at, run.c.id > after)))
    return [dict(row) for row in connection.execute(query.order_by(run.c.at.desc(), run.c.id).limit(limit)).mappings()]
