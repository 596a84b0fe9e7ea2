"""The three parts of a body: situation and problem, causes, suggestions; found by rules that can be named.

Informants use headings (一、存在问题), brackets (【建议】), lead-ins (究其原因，) or nothing at all. Each way has a
rule; the one that decided is kept, so that an editor can see why a text was cut where it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiansuo.records import Part, Section, Sections
from xiansuo.text.closing import find_closing
from xiansuo.text.normalise import Normalised
from xiansuo.text.sentences import sentences

_NUMBER = (
    r"(?:第[一二三四五六]部分|\(?[一二三四五六七八九十]{1,2}[)、.,]+|\(?\d{1,2}[)、.,]+|\([一二三四五六]\)"
    r"|[◆●■★※▲◇○□△▶#*]+)"
)
_HEAD_WORDS = {
    Part.SITUATION: "存在|主要|突出|面临|当前|目前|现有|的|及其|以及|及|和|与|基本|有关|情况|现状|问题|背景|反映|调研|"
    "案由|表现|困难|现象|事由|概况|分析|简述|介绍|内容|信息|提出|和影响",
    Part.CAUSES: "产生|问题|主要|深层次|深层|形成|造成|存在|的|原因|成因|分析|症结|根源|剖析|短板|所在|监管|制约|因素|"
    "及其|及",
    Part.SUGGESTIONS: "工作|对策|意见|建议|措施|政策|相关|有关|几点|具体|办法|解决|整治|破解|之策|下一步|改进|和|与|"
    "及|的|期盼|举措|思路|方案|治理|几条|内容|企业|群众|如下|方法|途径|对此|为此|提案|提出|完善|应对|打算|希望",
}
_CORE = {
    Part.SITUATION: "情况|现状|问题|背景|反映|案由|表现|困难|现象|事由|概况",
    Part.CAUSES: "原因|成因|症结|根源|剖析|短板|分析|因素",
    Part.SUGGESTIONS: "建议|对策|措施|办法|之策|期盼|举措|方案|意见|途径|思路|希望",
}
# 问题分析 describes problems; any other 分析 gives causes.
_AMBIGUOUS = re.compile(r"^(?:存在|主要|的)*问题(?:及|与|和|的)?分析$")


def _heading(part: Part) -> re.Pattern[str]:
    head = rf"(?=[^\n:\]]*(?:{_CORE[part]}))(?P<head>(?:{_HEAD_WORDS[part]})+)"
    bare_head = head.replace("head", "head2")
    return re.compile(rf"(?:{_NUMBER})?(?:\[{head}\][:。]?|{bare_head}(?:[:–]+|。(?<=[\u4e00-\u9fff]。)|(?=\n)))\n?")


# A short numbered line without a full stop is a heading whatever its words; one of these tells which part it opens.
_NUMBERED_HEADING = re.compile(rf"{_NUMBER}(?P<head>[^。!?;:,\n]{{2,16}})\n")
_TELLING = [
    (Part.SUGGESTIONS, re.compile("建议|对策|措施|思路|办法|举措|想法|怎么办|怎么改|如何|之策|出路")),
    (Part.CAUSES, re.compile("原因|为什么|为何|难点|堵在|症结|欠缺|分析|误区|根源|短板|成因|缘由|难以为继")),
    (Part.SITUATION, re.compile("情况|现状|问题|困难|表现|背景|概况")),
]

_HEADINGS = [(part, _heading(part)) for part in (Part.SUGGESTIONS, Part.CAUSES, Part.SITUATION)]
_NUMBERED = re.compile(_NUMBER)

_LEAD_INS = [
    (
        Part.SUGGESTIONS,
        re.compile(
            r"[^。!?;:\n]{0,30}?(?:建议|对策|措施|意见|请求|期望|呼吁|想法|设想|要求|诉求|主意|希望|提出|可做的|规矩)"
            r"(?:如下|有|是|不高|[一二三四五几两]点|[一二三四五几两]条|有[一二三四五六几两][点条])?[:–]+\n?"
            r"|(?:为此|对此|因此|鉴于此|鉴于上述[^,。]{0,8}|据此|综上(?:所述)?|基于此|基于上述[^,。]{0,8}),?[^。!?;:,\n]{0,6}"
            r"(?:提出[^。:\n]{0,10}?(?:建议|对策)(?:如下)?[,:。]\n?|建议[,:]?)"
            r"|建议(?!书)"
        ),
    ),
    (
        Part.CAUSES,
        re.compile(
            r"究其(?:原因|根源)[,:]?\n?"
            r"|(?:[^。!?;:,\n]{1,12},)?[^。!?;:,\n]{0,16}(?:原因|症结|根源)[^。!?;:,\n]{0,6}:\n?"
            r"|[^。!?;:,\n]{0,6}(?:原因|成因)[^。!?;:,\n]{0,6}。(?=其一|一是|首先|第一)"
            r"|为什么[^。!?;:\n]{0,12}:\n?|问题出在[^。!?;:\n]{0,14}:\n?|分析起来,"
            r"|(?<=\n)[^。!?;:,\n]{0,14}之所以[^。!?;:,\n]{0,14},(?:主要)?(?:在于|是因为)[:,]?"
            r"|(?:[^。!?;:,\n]{0,14}的)?(?:主要|深层|根本|其)?(?:原因|症结|根源|成因)(?:主要)?"
            r"(?:在于|是|有|可归为|既有|,(?=一是))[:,]?"
            r"|(?:造成|导致)(?:这一|上述|这种|这些)[^。!?;:,\n]{0,8},主要(?:是|在于)[:,]?"
            r"|(?:归结起来|说到底|究其根本),?主要(?:是|在于)[:,]?"
        ),
    ),
]
# Most sentences hold none of these words near their beginning and need no closer look.
_CUE = re.compile(
    "|".join(
        [
            *_CORE.values(),
            *(each.pattern for _, each in _TELLING),
            "请求|期望|呼吁|设想|要求|诉求|主意|提出|可做的|规矩|之所以",
        ]
    )
)
_CUE_WITHIN = 48
# What a person is quoted as asking gives no cause.
_CAUSE_SENTENCE = re.compile(
    r"(?![二三四五六]是)[^\"]{0,24}?"
    r"(?:是主因|主要是因为|根子在|为什么[^。]{0,12}\?|[一二三]是因为|是[^。,]{0,12}(?:根本|主要|基础性)原因)"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    part: Part
    start: int
    content: int
    rule: str


def find_sections(body: Normalised) -> Sections:
    """Find the parts of a body.

    :param body: a normalised body, with or without its title as first line.
    :return: parts with offsets into the original text, and the rule: `headings`, `lead_ins`, `directives` (no
        marks; the closing sentences say what should be done, see `find_closing`), `whole` (nothing found: all is
        situation), `empty`.
    """
    text = body.text
    spans = sentences(text)
    if not spans:
        return Sections(rule="empty")
    marks = _marks(text, spans)
    rule = "headings" if any(m.rule == "headings" for m in marks) else "lead_ins"
    if not any(mark.part is Part.SUGGESTIONS for mark in marks):
        closing = find_closing(text, spans, after=marks[-1].content if marks else 0)
        if closing is not None:
            marks.append(_Mark(Part.SUGGESTIONS, *closing, "directives"))
            rule = rule if len(marks) > 1 else "directives"
        elif not marks:
            rule = "whole"
    if not any(mark.part is Part.CAUSES for mark in marks):
        _insert_plain_causes(text, spans, marks)
    return Sections(rule=rule, parts=tuple(_cut(body, marks)))


def _marks(text: str, spans: list[tuple[int, int]]) -> list[_Mark]:
    """Headings and lead-ins in reading order; each opens a part."""
    marks: list[_Mark] = []
    current = Part.SITUATION
    covered = 0
    for start, _ in spans:
        if start < covered or not _CUE.search(text, start, start + _CUE_WITHIN):
            continue
        mark = _heading_at(text, start) or _lead_in_at(text, start, current)
        if mark is None or (mark.part is current and mark.rule == "lead_ins"):
            continue
        marks.append(mark)
        current, covered = mark.part, mark.content
    return marks


def _heading_at(text: str, start: int) -> _Mark | None:
    at_line_start = not start or text[start - 1] == "\n" or text[start] in "[(" or bool(_NUMBERED.match(text, start))
    for part, pattern in _HEADINGS:
        found = pattern.match(text, start)
        if found is None:
            continue
        head = found.group("head") or found.group("head2")
        closing = found.group().rstrip("\n")[-1]
        if not at_line_start and closing != ":":
            continue
        if closing == "。" and not _NUMBERED.match(text, start):
            continue
        if _AMBIGUOUS.match(head):
            part = Part.SITUATION
        return _Mark(part, start, found.end(), "headings" if at_line_start else "lead_ins")
    return _numbered_heading_at(text, start) if at_line_start else None


def _numbered_heading_at(text: str, start: int) -> _Mark | None:
    found = _NUMBERED_HEADING.match(text, start)
    if found is None:
        return None
    for part, telling in _TELLING:
        if telling.search(found.group("head")):
            return _Mark(part, start, found.end(), "headings")
    return None


def _lead_in_at(text: str, start: int, current: Part) -> _Mark | None:
    for part, pattern in _LEAD_INS:
        # Reasons given inside a suggestion do not end the suggestions.
        if part is Part.CAUSES and current is Part.SUGGESTIONS:
            continue
        found = pattern.match(text, start)
        if found:
            return _Mark(part, start, found.end(), "lead_ins")
    return None


def _insert_plain_causes(text: str, spans: list[tuple[int, int]], marks: list[_Mark]) -> None:
    end = next((m.start for m in marks if m.part is Part.SUGGESTIONS), len(text))
    for start, stop in spans:
        if 0 < start < end and _CAUSE_SENTENCE.match(text, start, min(stop, start + 30)):
            marks.append(_Mark(Part.CAUSES, start, start, "lead_ins"))
            marks.sort(key=lambda mark: mark.start)
            return


def _cut(body: Normalised, marks: list[_Mark]) -> list[Section]:
    opening = _Mark(Part.SITUATION, 0, 0, "whole")
    cuts = [opening, *marks]
    parts: list[Section] = []
    for here, following in zip(cuts, [*cuts[1:], None], strict=True):
        start, end = here.content, following.start if following else len(body.text)
        piece = body.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            low, high = body.original(start, end)
            parts.append(Section(part=here.part, start=low, end=high))
    return parts
