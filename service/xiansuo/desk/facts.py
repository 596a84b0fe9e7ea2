"""What an editor wants to know of an earlier text at a glance, the same in every answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.records import Document, Kind, Level

_LEVELS = list(Level)


@dataclass(frozen=True, slots=True)
class Facts:
    """Who wrote it, when, and what became of it; `status` says the last in one Chinese phrase."""

    id: str
    kind: Kind
    title: str
    unit: str
    author: str
    date: dt.date | None
    status: str


def facts(record: Document) -> Facts:
    """Gather the facts of a document."""
    return Facts(record.id, record.kind, record.title, record.unit, record.author, record.date, status(record))


def status(record: Document) -> str:
    """Say in one phrase what became of a document: its highest adoption, instructions, replies."""
    said = []
    if record.adoptions:
        highest = max((adoption.level for adoption in record.adoptions), key=_LEVELS.index)
        said.append(f"{highest.label}采用")
    if record.instructions:
        said.append("有批示")
    if record.replies:
        grade = record.replies[-1].grade
        said.append(f"已答复（{grade.value}：{grade.label}）" if grade else "已答复")
    elif record.kind is Kind.PROPOSAL:
        said.append("未见答复")
    return "，".join(said) or ("参照材料" if record.kind is Kind.REFERENCE else "未见采用")
