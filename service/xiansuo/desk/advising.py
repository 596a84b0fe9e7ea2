"""What an editor could do about a draft, and why: one sentence of advice, and short sentences of reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from xiansuo.dedup.overlap import SHORTEST_RUN
from xiansuo.dedup.relation import LOOKED_AT, REPEATS
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.records import Relation

_SAME_TEXT = (*REPEATS, Relation.TEMPLATE_SWAP)
_SHOWN_UNITS = 4
_MONTH = 30.44


def advise(report: DuplicateReport) -> str:
    """Say in one Chinese sentence what an editor could do about a draft with these matches."""
    if not report.compared:
        return "没有可比对的材料，说不出报过没有；请先导入历年来稿，或放宽筛选条件。"
    if not report.matches:
        if report.threshold:
            return f"没有达到 {report.threshold:.0%} 门槛的材料；调低门槛，可以看到较远的。"
        return "档案里没有相近的材料，可以按新稿处理。"
    first = _leading(report.matches)
    if first.rejected:
        return "相近的材料编辑都判过不是重复，可以按新稿处理。"
    name = f"《{first.facts.title}》（{first.facts.status}）"
    if first.decision is None and first.relation in LOOKED_AT and first.status == "none":
        return f"与{name}有些相近，但把握不大，请编辑看一眼再定。"
    return {
        Relation.COPY: f"与{name}文字大量重复，建议先对照原文，再决定是否退回。",
        Relation.SAME_MATTER: f"与{name}问题、建议都相近，建议合并或说明新意。",
        Relation.FOLLOW_UP: f"与{name}是同一问题但有新内容，可作续报，突出新情况新建议。",
        Relation.TEMPLATE_SWAP: f"与{name}框架相同而地名、数字不同，请核实是否套用。",
        Relation.SAME_MEASURES: f"问题是新的，建议与{name}雷同，可请作者写得更具体。",
        Relation.RELATED: f"没有重复；{name}是同一主题，可作参考。",
        # Only an editor's own word brings such a match here, and that is a rejection.
        Relation.DISTINCT: f"没有重复；{name}供参考。",
    }[first.relation]


def reasons(report: DuplicateReport) -> tuple[str, ...]:
    """Say what the advice rests on: the first match and what became of it, copied text, what is new, who wrote."""
    telling = [match for match in report.matches if not match.rejected]
    if not telling:
        return ()
    first = _leading(telling)
    said = [_relation(first), _record(first, report.day), _copied(report)]
    if report.new:
        said.append(f"有 {len(report.new)} 句是列出的材料里都没有的，见“新在何处”。")
    said += _writers(telling)
    if report.units:
        more = " 等" if len(report.units) > _SHOWN_UNITS else ""
        named = "、".join(report.units[:_SHOWN_UNITS])
        said.append(f"有 {len(report.units)} 家单位（{named}{more}）报过同一件事，可以考虑合并。")
    return tuple(said)


def _leading(matches: Sequence[Match]) -> Match:
    """Choose the match that advice is about: the first, or a repeat nobody has judged behind a milder decision."""
    first = matches[0]
    if first.decision is None or first.rejected or first.relation in REPEATS:
        return first
    open_ = (each for each in matches if each.decision is None and each.status != "none" and each.relation in REPEATS)
    return next(open_, first)


def _relation(match: Match) -> str:
    if match.decision is not None:
        return f"编辑已判为“{match.relation.label}”（{match.decision.by}，{match.decision.at:%Y-%m-%d}）。"
    judged = match.judgement
    return f"最可能是“{judged.relation.label}”，把握 {judged.probability:.0%}：{'；'.join(judged.reasons)}。"


def _record(match: Match, day: dt.date) -> str:
    facts = match.facts
    when = f"{facts.date}{_ago(facts.date, day)}" if facts.date else "日期不详"
    return f"那一篇是{facts.kind.label}，{facts.unit or facts.author or '单位不详'}，{when}，{facts.status}。"


def _ago(date: dt.date, day: dt.date) -> str:
    months = round((day - date).days / _MONTH)
    if months < 1:
        return ""
    return f"（约 {months} 个月前）" if months < 24 else f"（约 {round(months / 12)} 年前）"


def _copied(report: DuplicateReport) -> str:
    if not report.copied_share:
        return f"没有连续 {SHORTEST_RUN} 字以上与列出的材料相同的地方（套话不算）。"
    levels = [paragraph.level for paragraph in report.paragraphs]
    counted = [
        f"{levels.count(level)} 段{label}"
        for level, label in (("high", "达到七成（红）"), ("some", "在四成到七成（橙）"))
        if level in levels
    ]
    share = f"正文有 {report.copied_share:.0%} 的文字在列出的材料里一字不差（套话不算）"
    return "，".join([share, *counted]) + "。"


def _writers(matches: list[Match]) -> Iterator[str]:
    alike = [match for match in matches if match.relation in _SAME_TEXT and _counts(match)]
    for match in alike:
        if match.same_author:
            yield f"同一作者报过《{match.facts.title}》，请核实是否一稿多投。"
        elif match.same_unit:
            yield f"同一单位报过《{match.facts.title}》。"


def units_of(matches: tuple[Match, ...]) -> tuple[str, ...]:
    """Name the units behind the matches that are about the same event, where there are several."""
    events = (*REPEATS, Relation.FOLLOW_UP)
    found = {match.facts.unit for match in matches if match.relation in events and _counts(match)} - {""}
    return tuple(sorted(found)) if len(found) > 1 else ()


def _counts(match: Match) -> bool:
    return not match.rejected and (match.decision is not None or match.status != "none")
