"""What an administrator looks at first (管理概览)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk import accounts, api_keys, backup
from xiansuo.desk.about import Archive, about
from xiansuo.desk.backup import Backup
from xiansuo.desk.desk import Desk
from xiansuo.desk.health import Health, health
from xiansuo.records.accounts import Role
from xiansuo.records.jobs import Job, JobState
from xiansuo.store import jobs

_OLD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts, what is under way and what needs a look; `backup` is None where there is none, or none here."""

    archive: Archive
    accounts: dict[Role, int]
    closed: int
    keys: int
    running: tuple[Job, ...]
    failed: tuple[Job, ...]
    health: Health
    backed_up_here: bool
    backup: Backup | None
    backup_is_old: bool


def overview(desk: Desk, *, now: dt.datetime) -> Overview:
    """Gather it; `now` is the clock's."""
    every = accounts.every(desk)
    keys = [key for key in api_keys.every(desk) if not key.revoked_at and not (key.ends_at and key.ends_at <= now)]
    with desk.database.read() as connection:
        running = tuple(jobs.unfinished(connection))
        failed = tuple(jobs.listed(connection, states=(JobState.FAILED,), limit=3))
    here = backup.on_sqlite(desk.settings)
    last = next(iter(backup.listed(desk.settings)), None) if here else None
    return Overview(
        archive=about(desk),
        accounts={role: sum(each.role is role and not each.disabled_at for each in every) for role in Role},
        closed=sum(each.disabled_at is not None for each in every),
        keys=len(keys),
        running=running,
        failed=failed,
        health=health(desk),
        backed_up_here=here,
        backup=last,
        backup_is_old=last is None or now.replace(tzinfo=None) - last.at > _OLD,
    )
