"""What an informant does with a writing prompt: claim it, give it up, check a draft for it, report it."""

from __future__ import annotations

import datetime as dt

from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name, masked_line
from xiansuo.desk.prompt_acts import Change, Seen, act, led_on, prompt_named
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.reopening import MOST, save_report
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import NotFound
from xiansuo.ingest.characters import clean, one_line
from xiansuo.recommend import life
from xiansuo.records.prompts import Claim, DraftCheck, PromptAction, PromptState
from xiansuo.store import claims, documents

_LONGEST_UNIT = 200


def claim(desk: Desk, number: int, *, by: str, now: dt.datetime, author: str = "", unit: str = "") -> PromptLine:
    """Claim a prompt for an informant; of two at the same moment one gets it, unless several may.

    :param author: the informant, where somebody else (`by`) puts it down for them.
    :raises NotNow: it is not to be claimed by them now; else as `prompt_acts.act`.
    """
    author, unit = _author(author), unit_name(unit)

    def make(seen: Seen, by: str) -> Change:
        who = author or by
        life.check_claim(seen.prompt, seen.claims, who, unit, now.date())
        alone = not seen.prompt.several
        return led_on(seen, Claim(id=0, prompt=number, author=who, unit=unit, alone=alone, by=by, at=now))

    return act(desk, number, PromptAction.CLAIM, by=by, now=now, make=make)


def release(desk: Desk, number: int, *, by: str, now: dt.datetime, author: str = "") -> PromptLine:
    """Give a claim up, so that others may claim the prompt.

    :param author: whose claim; the only one where nobody is named.
    :raises NotNow: there is no such claim, or it is reported already; else as `prompt_acts.act`.
    """
    author = _author(author)

    def make(seen: Seen, by: str) -> Change:
        held = life.check_work(PromptAction.RELEASE, seen.prompt, seen.claims, author)
        return led_on(seen, held.model_copy(update={"released_at": now, "released_by": by}))

    return act(desk, number, PromptAction.RELEASE, by=by, now=now, make=make)


def check_draft(
    desk: Desk,
    number: int,
    title: str,
    body: str,
    *,
    by: str,
    now: dt.datetime,
    author: str = "",
    maker: int | None = None,
) -> tuple[DuplicateReport, PromptLine]:
    """Check a draft that was written on a prompt; the prompt keeps the check's number and what it said, no text.

    The report is kept like any other check, with personal numbers masked, for the account `maker`.

    :raises TextUnusable: as `checking.check`; else as `release`.
    """
    by, author = editor_name(by, PromptAction.CHECK.label), _author(author)
    with desk.database.read() as connection:
        # Refused before the draft is read for nothing.
        held = life.check_work(
            PromptAction.CHECK, prompt_named(connection, number), claims.of(connection, number), author
        )
    without = (held.document,) if held.document else ()
    made = check(
        desk, title, body, now=now, most=MOST, author=held.author, unit=held.unit, leave_out=without, date=now.date()
    )
    report = save_report(desk, made, now, maker)
    best = next((match for match in report.matches if not match.rejected), None)
    said = DraftCheck(
        run=report.run,
        advice=report.advice,
        relation=best.relation.value if best else "",
        earlier=best.facts.id if best else "",
        copied_share=round(report.copied_share, 4),
    )

    def make(seen: Seen, _by: str) -> Change:
        held = life.check_work(PromptAction.CHECK, seen.prompt, seen.claims, author)
        return led_on(seen, held.model_copy(update={"state": PromptState.DRAFTED, "check": said}))

    return report, act(desk, number, PromptAction.CHECK, by=by, now=now, make=make)


def submit(desk: Desk, number: int, *, by: str, now: dt.datetime, author: str = "", document: str = "") -> PromptLine:
    """Put down that a prompt was reported; done again, to name the document once it is in the archive.

    :param document: id of the submission in the archive, where known.
    :raises NotFound: there is no such prompt or document; else as `release`.
    """
    author, document = _author(author), one_line(clean(document)[0])

    def make(seen: Seen, _by: str) -> Change:
        held = life.check_work(PromptAction.SUBMIT, seen.prompt, seen.claims, author)
        if document and documents.by_id(seen.connection, document) is None:
            raise NotFound(f"档案里没有编号为“{document}”的材料。", advice="可先不写编号，入库以后再补。")
        told = {"state": PromptState.SUBMITTED, "document": document or held.document}
        return led_on(seen, held.model_copy(update=told))

    return act(desk, number, PromptAction.SUBMIT, by=by, now=now, make=make)


def unit_name(unit: str) -> str:
    """Clean a unit's name, personal numbers masked; it may be empty."""
    return masked_line(unit)[:_LONGEST_UNIT]


def _author(author: str) -> str:
    return editor_name(author, "写") if author.strip() else ""
