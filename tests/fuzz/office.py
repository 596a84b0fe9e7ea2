"""A small office with one of everything: what made-up requests meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.desk.archives import fill, rows
from tests.desk.test_aligning import listed
from tests.prompts import published, put
from xiansuo.desk import accounts, api_keys, deciding, jobs, merging, reopening, topic_editing, topics
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import Text
from xiansuo.desk.desk import Desk
from xiansuo.records import Verdict
from xiansuo.records.accounts import Role, Scope
from xiansuo.records.jobs import JobKind
from xiansuo.store import state

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
BY = "编辑甲"


def furnish(desk: Desk, folder: Path) -> None:
    """Put documents, themes, topics, prompts, a check, a decision, a merging, jobs and accounts into an empty home."""
    told = rows()
    listed(fill(desk, folder, told), folder)
    with desk.database.write() as connection:
        state.put(connection, state.DAY, NOW.date().isoformat())
    for title, text in ((str(row["title"]), str(row["text"])) for row in told[:2]):
        reopening.save_report(desk, check(desk, title, text, now=NOW), NOW)
    draft = Text(str(told[0]["title"]), str(told[0]["text"]))
    deciding.decide(desk, draft, "D01", Verdict.REJECTED, by=BY, now=NOW)
    merging.merge(desk, "D04", ["D05"], by=BY, now=NOW)
    board = topics.hot_topics(desk, now=NOW.date(), window="year")
    topic_editing.rename(desk, board.topics[0].id, "老年食堂亏损", by=BY, now=NOW)
    put(desk)
    published(desk)
    jobs.submit(desk, JobKind.INDEXES, by=BY, now=NOW)
    for role in Role:
        accounts.add(desk, f"renyuan.{role.value}", role=role, by=BY, now=NOW)


def key(desk: Desk, name: str, now: dt.datetime) -> str:
    """Make an administrator with a key for everything; earlier ones may have been closed by what was asked."""
    made = accounts.add(desk, name, role=Role.ADMIN, by=BY, now=now)
    return api_keys.make(desk, made.id, "试验", tuple(Scope), by=BY, now=now).secret


def quiet(desk: Desk, now: dt.datetime) -> None:
    """Cancel what is queued: nobody works here, and to follow a job lasts until it ends."""
    for job in jobs.listed(desk, limit=100).jobs:
        if not job.state.ended:
            jobs.cancel(desk, job.id, now=now)


def known(desk: Desk) -> Mapping[str, Sequence[Any]]:
    """Return what the office holds by the names under which the interface asks for it.

    Names that stand for several things, such as `id`, come with the address's first part: `topics/id`.
    """
    documents = [str(row["id"]) for row in rows()]
    board = topics.hot_topics(desk, now=NOW.date(), window="year")
    found = [topic.id for topic in board.topics]
    checks = [past.run for past in reopening.history(desk)]
    numbers = [1, 2]
    return {
        "documents/id": documents,
        "topics/id": found,
        "topics/run": [board.run],
        "themes/id": ["T1", "T2"],
        "checks/run": checks,
        "number": numbers,
        "id": numbers,
        "run": checks,
        "first": [board.run],
        "second": [board.run],
        "topic": found,
        "into": found,
        "earlier": documents,
        "canonical": documents,
        "document": documents,
        "members": [documents[:2], documents[4:7]],
        "documents": [documents[:1], documents[:2]],
        "others": [["T2"], ["T1"]],
        "account": numbers,
        "prompt": numbers,
        "theme": ["T1"],
        "version": ["2026"],
        "q": ["老年食堂亏损", "海上风电渔民补偿"],
        "text": [str(row["text"]) for row in rows()[:3]],
    }
