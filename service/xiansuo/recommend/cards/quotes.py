"""Sentences taken over word for word, each with its place, so that anybody can look it up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiansuo.recommend.texts import ReadText
from xiansuo.records import Labelled

# What stands before a sentence and is none of it: a label or a number, or a word that leans on the sentence before.
_LEADING = re.compile(
    r"\s*(?:[^\s，。；！？：:,“”]{0,6}(?:情况|现状|问题|分析|建议|意见|原因|表现|对策|措施|如下|方面)[^\s，。；！？：:,“”]{0,4}[:：]"
    r"|(?:为此|因此|鉴于此|综上)[，,]?(?:我们)?(?:特)?(?:提出)?(?:如下|以下)?建议[:：。]|为此[，,:：]"
    r"|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}(?:[)）、．]|\.(?!\d))|第[一二三四五六七八九十][，,、]|[①-⑩●■◆]"
    r"|[一二三四五六七八九十]是(?!指)[，,]?|其[一二三四五六][，,、]"
    r"|(?:然而|但是|不过|可是|综上所述|综上|总之|目前|当前|现阶段|具体而言|具体来说|主要问题是|主要是)[，,]|主要问题是|但是?(?=[\u4e00-\u9fff]{4})(?!凡|愿)"
    r"|(?:首先|其次|再次|最后|此外|另外|同时|而且|并且|因此|一方面|另一方面|再者|还有)[，,]|(?:首先|其次)(?=[是要应])[是]?)\s*"
)
_WHOLE = "。！？!?；;"
_CUT = "，,、：:"


class Role(Labelled):
    """What a quoted sentence says."""

    PROBLEM = "problem", "问题"
    SUGGESTION = "suggestion", "建议"
    REPLY = "reply", "答复"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in characters `start` to `end` of a document's text, or of its reply number `reply`.

    `because` names the document as in `wording.Said`.
    """

    role: Role
    text: str
    because: tuple[str, ...]
    start: int
    end: int
    reply: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence of a body: its passages, its part's number, and characters `start` to `end`, bare of a label.

    `label` is what stood before it, such as a number; `whole` is False where the end is missing.
    """

    passages: tuple[int, ...]
    part: int
    start: int
    end: int
    label: str
    whole: bool


def whole_sentences(text: ReadText) -> list[Sentence]:
    """Put the passages of a body together where a long sentence was cut at a pause; the title is left out."""
    body, found = text.record.text, list[Sentence]()
    run: list[int] = []
    spans = text.spans.tolist()
    for place in range(1, len(spans)):
        start, end, part = spans[place]
        run.append(place)
        following = spans[place + 1] if place + 1 < len(spans) else None
        said = body[start:end].rstrip()
        if said and said[-1] in _CUT and following and following[2] == part and following[0] - end <= 1:
            continue
        first = spans[run[0]][0]
        bare = _bare_start(body, first, end)
        stop = first + len(body[first:end].rstrip())
        if bare < stop:
            whole = body[stop - 1] in _WHOLE or (body[stop - 1] in '”"）)' and body[stop - 2] in _WHOLE)
            found.append(Sentence(tuple(run), part, bare, stop, body[first:bare].strip(), whole))
        run = []
    return found


def quote(role: Role, text: ReadText, sentence: Sentence) -> Quote:
    """Quote a sentence of a body."""
    said = text.record.text[sentence.start : sentence.end]
    kept = said.rstrip("；; 　\n\t")
    return Quote(role, kept, (f"doc:{text.record.id}",), sentence.start, sentence.start + len(kept))


def quote_reply(text: ReadText, reply: int, start: int, end: int) -> Quote:
    """Quote characters `start` to `end` of a document's reply number `reply`, counted from 0."""
    said = text.record.replies[reply].text
    start = _bare_start(said, start, end)
    return Quote(Role.REPLY, said[start:end], (f"doc:{text.record.id}",), start, end, reply)


def _bare_start(body: str, start: int, end: int) -> int:
    while (found := _LEADING.match(body, start, end)) and found.end() > start:
        start = found.end()
    return start + len(body[start:end]) - len(body[start:end].lstrip())
