"""What people type about documents of the archive, and what they are told."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import kind_named, level_named

if TYPE_CHECKING:
    from xiansuo.desk.document_page import DocumentPage
    from xiansuo.records import Record
    from xiansuo.records.archive import DocumentChange, Outcome

_Told = TypeVar("_Told", bound="Record")


def change_of(text: Path | None, date: str | None, kind: str | None, **typed: str | None) -> DocumentChange:
    """Gather what is to be corrected; what was not typed stays."""
    from xiansuo.records.archive import DocumentChange

    told: dict[str, Any] = {**typed, "text": _read(text), "date": _day(date), "kind": kind_named(kind)}
    return _valid(DocumentChange, {name: value for name, value in told.items() if value is not None})


def outcome_of(
    adopted: str | None, instruction: str | None, reply: str | None, office: str, date: str | None
) -> Outcome:
    """Gather an outcome, one of the three."""
    from xiansuo.records.archive import AdoptionTold, InstructionTold, ReplyTold

    if sum(each is not None for each in (adopted, instruction, reply)) != 1:
        raise typer.BadParameter("请写 --adopted、--instruction、--reply 中的一个。")
    day = _day(date)
    if adopted is not None:
        return _valid(AdoptionTold, {"what": "adoption", "level": level_named(adopted), "date": day})
    if instruction is not None:
        return _valid(InstructionTold, {"what": "instruction", "by": office, "text": instruction, "date": day})
    return _valid(ReplyTold, {"what": "reply", "department": office, "text": reply, "date": day})


def page(told: DocumentPage, *, as_json: bool, whole: bool = False) -> None:
    """Say how a document stands now; with `whole` also its text."""
    if as_json:
        show.data(told)
        return
    out = show.console()
    out.print(told.title, style="bold", markup=False, soft_wrap=True)
    facts = (told.id, told.kind.label, told.unit, str(told.date or ""), told.status, told.standing.label)
    out.print("  " + " · ".join(filter(None, facts)) + f" · 第 {told.version} 版", markup=False, soft_wrap=True)
    if whole:
        out.print(told.text, markup=False, soft_wrap=True)
        for each in told.versions:
            when = f"{each.replaced_at.astimezone():%Y-%m-%d %H:%M}"
            out.print(f"  第 {each.version} 版（到 {when}）：{each.document.title}", markup=False, soft_wrap=True)


def _read(file: Path | None) -> str | None:
    if file is None:
        return None
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"“{file.name}”读不出来，应为 UTF-8 的文本文件。") from error


def _day(typed: str | None) -> dt.date | None:
    try:
        return None if typed is None else dt.date.fromisoformat(typed)
    except ValueError as error:
        raise typer.BadParameter(f"日期“{typed}”看不懂，请写成 2026-11-01 这样。") from error


def _valid(record: type[_Told], told: dict[str, Any]) -> _Told:
    from pydantic import ValidationError

    try:
        return record.model_validate(told)
    except ValidationError as error:
        names = "、".join(dict.fromkeys(str(each["loc"][-1]) for each in error.errors()))
        raise typer.BadParameter(f"{names} 的内容不对：为空、太长或写法不对。") from error
