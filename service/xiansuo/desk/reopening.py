"""Checks that were made (以前的查重): kept as runs, opened again as they were, cut at another threshold."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from xiansuo.desk.cutting import recut
from xiansuo.desk.decided import draft_fingerprint, with_decisions
from xiansuo.desk.desk import Desk
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import HomeError, NotFound
from xiansuo.store import check_makers, runs

MOST = 30
"""Matches that a kept check holds at most: more than are shown, so that a lower threshold finds them."""

_KIND = "check"
_REPORT = TypeAdapter(DuplicateReport)


@dataclass(frozen=True, slots=True)
class PastCheck:
    """A check that can be opened again."""

    run: str
    day: dt.date
    title: str
    advice: str


def save_report(desk: Desk, report: DuplicateReport, now: dt.datetime, maker: int | None = None) -> DuplicateReport:
    """Keep a report with all its matches; the same one again changes nothing.

    :param maker: the account that asked for it.
    :return: the report; where the home takes nothing in, with a note that it could not be kept, since a full disk is no
        reason to withhold an answer.
    """
    packed = base64.b64encode(zlib.compress(_REPORT.dump_json(report))).decode("ascii")
    result = {"title": report.title, "advice": report.advice, "report": packed}
    try:
        with desk.database.write() as connection:
            runs.put(connection, report.run, _KIND, now, {"title": report.title}, report.models, result)
            if maker is not None:
                check_makers.add(connection, report.run, maker)
    except HomeError as error:
        return replace(report, notes=(*report.notes, f"这次查重没有存下，以后不能再打开：{error.message}"))
    return report


def reopen(
    desk: Desk,
    run: str,
    threshold: float | None = None,
    limit: int | None = None,
    *,
    without_quoted: bool = False,
    maker: int | None = None,
) -> DuplicateReport:
    """Open a check again: as it was, but for what editors decided since; only its matches are read, nothing compared.

    :param threshold: as for `cutting.recut`, `limit` and `without_quoted` likewise.
    :param maker: only if this account has asked for it.
    :raises NotFound: there is no such check.
    """
    with desk.database.read() as connection:
        found = runs.get(connection, run)
        hidden = maker is not None and not check_makers.made(connection, run, maker)
        if found is None or found["kind"] != _KIND or hidden:
            raise NotFound(f"没有编号为“{run}”的查重。", advice="以前的查重在“我的”里（xiansuo check --history）。")
        kept = _REPORT.validate_json(zlib.decompress(base64.b64decode(found["result"]["report"])))
        marked = with_decisions(connection, draft_fingerprint(kept.title, kept.text), kept.matches)
    return recut(replace(kept, matches=marked), threshold, limit, without_quoted=without_quoted)


def history(
    desk: Desk, limit: int = 20, maker: int | None = None, *, after: str | None = None
) -> tuple[PastCheck, ...]:
    """List checks that were made, newest first.

    :param maker: only those that this account has asked for.
    :param after: only those behind the check of this name.
    """
    with desk.database.read() as connection:
        only = None if maker is None else check_makers.of(maker)
        return tuple(
            PastCheck(told["id"], told["at"].date(), told["title"], told["advice"])
            for told in runs.told(connection, _KIND, ("title", "advice"), limit, only=only, after=after)
        )
