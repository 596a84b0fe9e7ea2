"""What an editor wants to know of an earlier text at a glance, the same in every answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.records import Document, Kind, Reply, Team

_LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who stands behind one document: what is not known is empty."""

    id: str
    author: str
    unit: str
    team: Team | None
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Who wrote it, when, and what became of it; `status` says the last in one Chinese phrase.

    `contributors` are those of this document and of all that editors merged into it; none where nothing was merged.
    """

    id: str
    kind: Kind
    title: str
    unit: str
    author: str
    date: dt.date | None
    status: str
    contributors: tuple[Contributor, ...] = ()


def contributor(record: Document) -> Contributor:
    """Tell who stands behind a document."""
    return Contributor(record.id, record.author, record.unit, record.team, record.date)


def facts(record: Document) -> Facts:
    """Gather the facts of a document."""
    return Facts(record.id, record.kind, record.title, record.unit, record.author, record.date, status(record))


def status(record: Document) -> str:
    """Say in one phrase what became of a document: its highest adoption, instructions, replies."""
    said = []
    if record.adoptions:
        highest = max((adoption.level for adoption in record.adoptions), key=lambda level: level.height)
        said.append(f"{highest.label}采用")
    if record.instructions:
        said.append("有批示")
    if record.replies:
        grade = record.replies[-1].grade
        said.append(f"已答复（{grade.value}：{grade.label}）" if grade else "已答复")
    elif record.kind is Kind.PROPOSAL:
        said.append("未见答复")
    return "，".join(said) or ("参照材料" if record.kind is Kind.REFERENCE else "未见采用")


def outcomes(record: Document) -> tuple[str, ...]:
    """Tell what became of a document, one Chinese line for each adoption, instruction and reply, as the record has it.

    The words of an instruction or reply are cut short.
    """
    said = [_line(adoption.date, f"{adoption.level.label}采用") for adoption in record.adoptions]
    said += [_line(each.date, f"{each.by}批示", each.text) for each in record.instructions]
    said += [_line(each.date, _answer(each), each.text) for each in record.replies]
    return tuple(said)


def _answer(reply: Reply) -> str:
    grade = f"（{reply.grade.value}：{reply.grade.label}）" if reply.grade else ""
    return f"{reply.department}答复{grade}"


def _line(date: dt.date | None, what: str, text: str = "") -> str:
    text = " ".join(text.split())
    short = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "……"
    return (f"{date} " if date else "") + what + (f"：{short}" if short else "")
