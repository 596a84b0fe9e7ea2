"""A report as its page shows it: the draft in painted stretches, and a card for each match."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.desk.swaps import Swap, swaps
from xiansuo.export.content import Piece, pieces

Paint: TypeAlias = Literal["", "copied", "new"]

_SURE = ((0.9, "几乎可以肯定"), (0.7, "很可能"), (0.5, "多半"), (0.0, "有可能"))
_ASKED = {"confirmed": "请过目", "suggested": "请编辑判断", "none": "供参考"}


@dataclass(frozen=True, slots=True)
class Painted:
    """One paragraph of the draft: its colour in words, the share copied 0..1, and the place of the match it is from.

    `place` is 0 where no match holds any of it.
    """

    colour: str
    level: str
    share: float
    place: int
    stretches: tuple[tuple[str, Paint], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the draft beside its nearest in the earlier text."""

    part: str
    draft: tuple[Piece, ...]
    earlier: tuple[Piece, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class Card:
    """A match with its place from 1, how sure it is in words, what it asks for, and all that was laid side by side."""

    place: int
    match: Match
    sure: str
    asks: str
    rows: tuple[Row, ...]
    new: tuple[str, ...]
    swaps: tuple[Swap, ...]


def painted(report: DuplicateReport) -> tuple[Painted, ...]:
    """Paint the draft: what stands in a match to the letter, and the sentences that no match has anything like."""
    paint: list[Paint] = [""] * len(report.text)
    marks: list[tuple[Paint, tuple[int, int]]] = [("new", span) for span in report.new]
    marks += [("copied", span) for match in report.matches if not match.rejected for span in match.evidence.runs]
    for kind, (start, end) in marks:
        paint[start:end] = [kind] * (end - start)
    places = {match.facts.id: place for place, match in enumerate(report.matches, 1)}
    colours = {"high": "红", "some": "橙", "none": ""}
    made = []
    for each in report.paragraphs:
        start, end = each.span
        end = start + len(report.text[start:end].rstrip())
        runs = groupby(range(start, end), key=paint.__getitem__)
        stretches = tuple(("".join(report.text[at] for at in group), kind) for kind, group in runs)
        made.append(Painted(colours[each.level], each.level, each.copied_share, places.get(each.match, 0), stretches))
    return tuple(made)


def cards(report: DuplicateReport) -> tuple[Card, ...]:
    """Make a card of every match."""
    return tuple(card(report, match, place) for place, match in enumerate(report.matches, 1))


def card(report: DuplicateReport, match: Match, place: int) -> Card:
    """Make the card of one match."""
    evidence = match.evidence
    rows = tuple(
        Row(
            pair.part.label,
            pieces(report.text, pair.draft, evidence.runs),
            pieces(match.text, pair.earlier, evidence.earlier_runs),
            pair.similarity,
        )
        for pair in evidence.pairs
    )
    new = tuple(said for start, end in evidence.new if (said := report.text[start:end].strip()))
    asks = "编辑已判" if match.decision else _ASKED[match.status]
    return Card(place, match, sure(match), asks, rows, new, swaps(report.text, match))


def sure(match: Match) -> str:
    """Say in words how sure the service is of its relation."""
    judged = match.judgement
    said = next(word for least, word in _SURE if judged.probability >= least)
    return f"系统判断：{said}是“{judged.relation.label}”（把握 {judged.probability:.0%}）"
