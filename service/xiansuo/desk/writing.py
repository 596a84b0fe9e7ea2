"""Advice to somebody who is still writing (边写边查): what a check says of the draft so far; nothing is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.report import DuplicateReport
from xiansuo.records import Part, Relation

LONGEST = 1_500
"""Characters that a submission has at most by the usual rule."""

ENOUGH = 40
"""Letters of a body below which there is nothing to compare yet."""

_FEW = 5


@dataclass(frozen=True, slots=True)
class WritingAdvice:
    """What may be said of a draft so far.

    `letters` counts the body without blanks. `warnings` are Chinese sentences on length, structure and what was taken
    from elsewhere; `new` are the draft's sentences that no match has anything like. `report` is None while the draft is
    too short to compare.
    """

    letters: int
    warnings: tuple[str, ...]
    new: tuple[str, ...]
    report: DuplicateReport | None


def while_writing(
    desk: Desk, title: str, body: str, *, now: dt.datetime, author: str = "", unit: str = "", limit: int = _FEW
) -> WritingAdvice:
    """Look at a draft as it stands; neither the draft nor what is found is kept.

    :param author: who writes it, for whom and whose unit the answer marks their own earlier texts.
    :raises TextUnusable: as `checking.check`, but for a draft that is too short.
    """
    letters = sum(not char.isspace() for char in body)
    if sum(char.isalnum() for char in body) < ENOUGH:
        return WritingAdvice(letters, (), (), None)
    report = check(desk, title, body, now=now, limit=limit, author=author, unit=unit, date=now.date())
    return advice_of(report, letters)


def advice_of(report: DuplicateReport, letters: int) -> WritingAdvice:
    """Turn a check into advice for who is writing."""
    fresh = tuple(" ".join(report.text[start:end].split()) for start, end in report.new)
    return WritingAdvice(letters, (*_form(report, letters), *_swaps(report), *report.notes), fresh, report)


def _form(report: DuplicateReport, letters: int) -> list[str]:
    said = []
    if letters > LONGEST:
        said.append(f"正文 {letters} 字，超过 {LONGEST} 字，可以删去背景和套话。")
    there = {section.part for section in report.sections.parts}
    missing = [part.label for part in Part if part not in there]
    if missing:
        said.append(f"没有看到“{'”“'.join(missing)}”部分；社情民意信息一般写情况问题、原因、建议三部分。")
    return said


def _swaps(report: DuplicateReport) -> list[str]:
    swapped = [each for each in report.matches if each.relation is Relation.TEMPLATE_SWAP and not each.rejected]
    return [
        f"与《{match.facts.title}》像是套用：{'，'.join(match.judgement.reasons)}。请核对地名和数字。"
        for match in swapped
    ]
