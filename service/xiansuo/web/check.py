"""查重: paste a draft or drag files; one draft leads to its report, several to a batch report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import batch, checking, reopening, sight
from xiansuo.desk.about import about
from xiansuo.desk.desk import Desk
from xiansuo.desk.drafts import Draft
from xiansuo.desk.office import office
from xiansuo.desk.uploaded_drafts import own_id, uploaded_drafts
from xiansuo.errors import InputError, XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.web.pages import templates

router = APIRouter(prefix="/check", include_in_schema=False)

Line = Annotated[str, Form(max_length=200)]
Day = Annotated[str, Form(max_length=20)]

_PAST = 30
_MOST_FILES = 100
_MOST_DRAFTS = 200
_SHOWN = 3


@router.get("", response_class=HTMLResponse)
def ask(request: Request, desk: OpenDesk, who: Asking) -> HTMLResponse:
    """Show where a draft is put in, and the checks made before."""
    return _page(request, desk, who, {})


@router.post("")
def check(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    title: Annotated[str, Form(max_length=500)] = "",
    text: Annotated[str, Form(max_length=200_000)] = "",
    unit: Line = "",
    author: Line = "",
    date: Day = "",
    stored: Line = "",
) -> Response:
    """Check one draft, keep its report and lead there."""
    typed = {"title": title, "text": text, "unit": unit, "author": author, "date": date}
    try:
        day = _day(date) or now.date()
        return _checked(desk, now, who, title, text, unit=unit, author=author, date=day, stored=stored)
    except XiansuoError as error:
        return _page(request, desk, who, typed, error)


@router.post("/files")
def check_files(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    files: Annotated[list[UploadFile], File(max_length=_MOST_FILES)],
    unit: Line = "",
    author: Line = "",
    date: Day = "",
) -> Response:
    """Check the drafts of files, which are not kept; what is typed counts where a file does not say it."""
    try:
        day = _day(date)
        sent = [(each.filename or "", each.file) for each in files]
        found = uploaded_drafts(sent, now=now.date(), most=_MOST_DRAFTS)
        drafts = [_completed(each, unit, author, day) for each in found.found]
        if len(drafts) == 1 and not found.remarks:
            one = drafts[0].document
            return _checked(
                desk,
                now,
                who,
                one.title,
                one.text,
                unit=one.unit,
                author=one.author,
                date=one.date or now.date(),
                stored=own_id(drafts[0]),
            )
        made = batch.check_many(desk, drafts, now=now, limit=_SHOWN, remarks=found.remarks)
    except XiansuoError as error:
        return _page(request, desk, who, {"unit": unit, "author": author, "date": date}, error, sent_files=True)
    return templates.TemplateResponse(request, "check/batch.html", {"batch": sight.answer(who, made, office(desk))})


def _checked(
    desk: Desk,
    now: dt.datetime,
    who: Asking,
    title: str,
    text: str,
    *,
    unit: str,
    author: str,
    date: dt.date,
    stored: str,
) -> Response:
    made = checking.check(
        desk,
        title,
        text,
        now=now,
        most=reopening.MOST,
        leave_out=(stored,) if stored else (),
        unit=unit,
        author=author,
        date=date,
    )
    kept = reopening.save_report(desk, made, now, who.account)
    return RedirectResponse(f"/checks/{kept.run}", 303)


def _page(
    request: Request,
    desk: Desk,
    who: Asking,
    typed: Mapping[str, str],
    error: XiansuoError | None = None,
    *,
    sent_files: bool = False,
) -> HTMLResponse:
    told: dict[str, Any] = {
        "typed": typed or _own(who),
        "error": error,
        "sent_files": sent_files,
        "archive": about(desk),
        "past": reopening.history(desk, _PAST, sight.maker(who)),
        "most": _MOST_DRAFTS,
    }
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "check/ask.html", told, status_code=status)


def _own(who: Asking) -> dict[str, str]:
    """An informant checks their own drafts; an editor other people's."""
    return {} if who.edits else {"unit": who.unit, "author": who.name}


def _completed(draft: Draft, unit: str, author: str, day: dt.date | None) -> Draft:
    document = draft.document
    said = {"unit": document.unit or unit, "author": document.author or author, "date": document.date or day}
    return Draft(document.model_copy(update=said), draft.file, draft.row)


def _day(date: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(date) if date else None
    except ValueError:
        raise InputError("日期不对。", advice="请写成 2026-03-01 这样，或不填。") from None
