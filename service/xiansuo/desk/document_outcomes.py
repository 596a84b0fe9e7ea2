"""What became of a document (采用、批示、答复): put down, and taken back when it was put down wrongly."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from pydantic import ValidationError

from xiansuo.desk.correcting import rewrite
from xiansuo.desk.desk import Desk
from xiansuo.desk.document_page import DocumentPage
from xiansuo.desk.editors import masked_line
from xiansuo.errors import InputError, NotFound
from xiansuo.ingest.characters import clean
from xiansuo.ingest.redact import redact
from xiansuo.records import Adoption, Document, Instruction, Reply
from xiansuo.records.archive import AdoptionTold, InstructionTold, Outcome, ReplyTold

_Kept: TypeAlias = Adoption | Instruction | Reply


def add_outcome(desk: Desk, id: str, outcome: Outcome, *, by: str, now: dt.datetime, tag: str = "") -> DocumentPage:
    """Put down what became of a document; the same again changes nothing. Personal numbers are masked.

    Raises as `correcting.correct`.

    :raises InputError: the date lies ahead, or a reply says nothing.
    """
    field, kept = _kept(outcome)
    if kept.date is not None and kept.date > now.date() + dt.timedelta(days=1):
        raise InputError(f"日期在将来：{kept.date}。", advice="请检查日期。")

    def make(record: Document) -> Document:
        known = getattr(record, field)
        return record if kept in known else record.model_copy(update={field: (*known, kept)})

    return rewrite(desk, id, make, "outcome", by=by, now=now, tag=tag)


def take_back_outcome(
    desk: Desk, id: str, outcome: Outcome, *, by: str, now: dt.datetime, tag: str = ""
) -> DocumentPage:
    """Take back what was put down. Raises as `correcting.correct`.

    :raises NotFound: the document has no such outcome.
    """
    field, kept = _kept(outcome)

    def make(record: Document) -> Document:
        left = list(getattr(record, field))
        if kept not in left:
            raise NotFound("这份材料没有这一条记录。", advice="可能已经有人撤回，请刷新后再看。")
        left.remove(kept)
        return record.model_copy(update={field: tuple(left)})

    return rewrite(desk, id, make, "outcome_back", by=by, now=now, tag=tag)


def _kept(outcome: Outcome) -> tuple[str, _Kept]:
    """Tell in which field of a document an outcome is kept, and as what."""
    match outcome:
        case AdoptionTold():
            return "adoptions", Adoption(level=outcome.level, date=outcome.date)
        case InstructionTold():
            by, text = masked_line(outcome.by), _masked(outcome.text)
            return "instructions", Instruction(date=outcome.date, by=by, text=text)
        case ReplyTold():
            told = {"date": outcome.date, "department": masked_line(outcome.department), "grade": outcome.grade}
            try:
                return "replies", Reply(**told, text=_masked(outcome.text))
            except ValidationError as error:
                raise InputError("答复没有内容。", advice="请写下答复的要点。") from error


def _masked(text: str) -> str:
    return redact(clean(text)[0])[0].strip()
