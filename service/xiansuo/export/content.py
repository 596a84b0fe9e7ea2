"""What a written report says, the same for every format: Chinese text in order, with what is to be marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiansuo.dedup.paragraphs import Level, Span
from xiansuo.desk.report import DuplicateReport, Match

_SIDE_BY_SIDE = 3
_PAIRS = 20
_LEVELS: dict[Level, str] = {"high": "红", "some": "橙", "none": ""}
_STATUS = {"confirmed": "很高", "suggested": "请判断", "none": "供参考"}

ADVISORY = "本报告由系统比对生成，只作参考，不代替编辑的判断。"
LEGEND = "段落底色：红色，七成以上的文字与以前的材料一字不差；橙色，四成到七成；套话不算。下划线处是相同的文字。"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; `marked` where it stands in the other text to the letter."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Coloured:
    """One paragraph of the draft with the note on its colour, such as `红 82%　见 1`."""

    pieces: tuple[Piece, ...]
    level: Level
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One match in the table: its place from 1, relation, how sure, title, lines of facts, copied share."""

    place: int
    relation: str
    sure: str
    title: str
    facts: tuple[str, ...]
    copied: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """One sentence of the draft beside its nearest in the earlier text."""

    part: str
    draft: tuple[Piece, ...]
    earlier: tuple[Piece, ...]
    similarity: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The best sentences of one match, in the draft's order, and how many more there are."""

    place: int
    title: str
    rows: tuple[Aligned, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Content:
    """All of a report in the order in which it is read."""

    title: str
    made: tuple[str, ...]
    advice: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    copied: str
    paragraphs: tuple[Coloured, ...]
    rows: tuple[Row, ...]
    side_by_side: tuple[SideBySide, ...]
    new: tuple[str, ...]


def content(report: DuplicateReport) -> Content:
    """Put a report into words."""
    places = {match.facts.id: place for place, match in enumerate(report.matches, 1)}
    telling = [match for match in report.matches if not match.rejected]
    return Content(
        title=report.title,
        made=_made(report),
        advice=report.advice,
        reasons=report.reasons,
        notes=report.notes,
        copied=f"{report.copied_share:.0%}",
        paragraphs=_paragraphs(report, places, telling),
        rows=tuple(_row(places[match.facts.id], match) for match in report.matches),
        side_by_side=tuple(
            _beside(report, places[match.facts.id], match) for match in telling[:_SIDE_BY_SIDE] if match.evidence.pairs
        ),
        new=tuple(report.text[start:end].strip() for start, end in report.new),
    )


def pieces(text: str, span: Span, marked: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a part of a text where marks begin and end; blanks at its end are left out.

    :param marked: spans of the text, ascending and disjoint.
    """
    start, end = span
    end = start + len(text[start:end].rstrip())
    found = []
    for low, high in marked:
        low, high = max(low, start), min(high, end)
        if low < high:
            found += [Piece(text[start:low], False), Piece(text[low:high], True)]
            start = high
    return tuple(piece for piece in (*found, Piece(text[start:end], False)) if piece.text)


def _made(report: DuplicateReport) -> tuple[str, ...]:
    cut = "全部" if report.threshold is None else f"{report.threshold:.0%} 以上"
    return (
        f"日期：{report.day}　编号：{report.run}",
        f"与 {report.compared} 篇材料比对，列出 {len(report.matches)} 篇（门槛：{cut}）",
        f"编码器：{report.models.get('encoder', '')}　词表：{report.models.get('lexicon', '')[:12]}",
    )


def _paragraphs(report: DuplicateReport, places: dict[str, int], telling: list[Match]) -> tuple[Coloured, ...]:
    marks = [False] * len(report.text)
    for match in telling:
        for start, end in match.evidence.runs:
            marks[start:end] = [True] * (end - start)
    edges = [i for i in range(len(marks) + 1) if (i and marks[i - 1]) != (i < len(marks) and marks[i])]
    copied = list(zip(edges[::2], edges[1::2], strict=True))
    told = []
    for each in report.paragraphs:
        note = ""
        if each.level != "none":
            note = f"{_LEVELS[each.level]} {each.copied_share:.0%}　见 {places[each.match]}"
        told.append(Coloured(pieces(report.text, each.span, copied), each.level, note))
    return tuple(told)


def _row(place: int, match: Match) -> Row:
    facts = match.facts
    said = [" · ".join(filter(None, (facts.kind.label, facts.unit or facts.author, str(facts.date or "日期不详"))))]
    said.append("；".join(match.outcomes) or facts.status)
    if match.same_author or match.same_unit:
        said.append("与本稿同一作者" if match.same_author else "与本稿同一单位")
    if match.decision is not None:
        decided = match.decision
        said.append(f"编辑{decided.verdict.label}：{decided.relation.label}（{decided.by}，{decided.at:%Y-%m-%d}）")
    else:
        said.append("；".join(match.judgement.reasons))
    sure = f"{match.judgement.probability:.0%}（{_STATUS[match.status]}）" if match.decision is None else "编辑已判"
    return Row(place, match.relation.label, sure, facts.title, tuple(said), f"{match.evidence.copied_share:.0%}")


def _beside(report: DuplicateReport, place: int, match: Match) -> SideBySide:
    evidence = match.evidence
    best = sorted(evidence.pairs, key=lambda pair: (-max(pair.copied, pair.similarity), pair.draft))[:_PAIRS]
    rows = tuple(
        Aligned(
            pair.part.label,
            pieces(report.text, pair.draft, evidence.runs),
            pieces(match.text, pair.earlier, evidence.earlier_runs),
            f"{pair.similarity:.2f}",
        )
        for pair in sorted(best, key=lambda pair: pair.draft)
    )
    return SideBySide(place, match.facts.title, rows, len(evidence.pairs) - len(rows))
