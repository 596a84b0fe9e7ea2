"""The tasks that a work report sets, each with the very words that set it.

A sentence is cut at its commas; what begins with a verb is a task of its own. Joined to the one before are what comes
of it (力争…, 确保…, a figure) and measures on the same thing, seen by a word that both have. Left out: what
looks back, principles, wishes without any means, sentences that only open a paragraph, and what names no thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xiansuo.recommend.reports.task_keywords import keywords_of, things, words_of_everywhere
from xiansuo.recommend.reports.task_names import name_of
from xiansuo.recommend.reports.task_parts import Part, Role, parts, sentences
from xiansuo.recommend.reports.task_weights import focus_of, weight_of
from xiansuo.recommend.reports.task_words import Cut, TaskWords
from xiansuo.recommend.reports.work_report import Paragraph, TasksPart
from xiansuo.records import Focus


@dataclass(frozen=True, slots=True)
class Task:
    """One task: characters `start` to `end` of the report are its clause; `paragraph` is the paragraph's number.

    `again` has the numbers of the paragraphs that set it once more.
    """

    name: str
    keywords: tuple[str, ...]
    focus: Focus
    weight: float
    clause: str
    paragraph: int
    start: int
    end: int
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    """Spans in the normalised text: all of it, its actions, and what it is measured by."""

    actions: tuple[Part, ...]
    start: int
    end: int
    measures: tuple[Part, ...] = ()


_NO_TASK = re.compile(
    r"习近平|总书记|党中央|两个确立|两个维护|四个意识|初心|各位代表|我们(?:将|一定|坚信|必须|深知|要以|要让|始终|完全|有信心)"
    r"|去年|上年|过去|已经|以来|(?:完成|取得|实现|建成|获得)了|多年来|不是.{1,20}而是|正在|至关重要|必将|意味着|标志着|[动干强热旺活暖转立]起来"
    r"|谱写|篇章|万马奔腾|砥砺|磅礴|同心同德|先手棋|幸福美好|美好家园|大道至简|新局面|新境界"
)
_UNIT = re.compile(r"\((?:牵头|责任|承办)[^)]*\)$")
_SECTION = re.compile(r"\([一二三四五六七八九十]{1,3}\)")
_FIGURE = re.compile(r"\d")
_LEAD = 26
"""A first sentence of one part that is no longer says what the paragraph is about."""
_LONGEST = 110
_ATTACHED = 40
_MOST_ACTIONS = 4
_SHORTEST = 6
_SAME = 0.75
"""Share of a clause's 3-grams in another from which both set one task."""


def split_tasks(report: str, part: TasksPart, words: TaskWords, cut: Cut) -> list[Task]:
    """Split the part of a report that sets tasks into tasks, in reading order; each is listed once.

    :param report: the text that `part` was found in.
    """
    text = part.read.text
    common = words_of_everywhere((text[each.start : each.end] for each in part.paragraphs), words, cut)
    reader = _Reader(report, part, words, cut, common)
    return _once([task for paragraph in part.paragraphs for task in _of_paragraph(reader, paragraph)])


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading a report takes: the text as it was written and as it is read, and its common words."""

    report: str
    part: TasksPart
    words: TaskWords
    cut: Cut
    common: frozenset[str]

    @property
    def text(self) -> str:
        return self.part.read.text

    def about(self, part: Part) -> set[str]:
        """Name the things that a part is about, without whole fields of work and words that stand everywhere."""
        named = things(self.text[part.object : part.end], self.words, self.cut)
        return named - self.common - self.words.whole


def _of_paragraph(reader: _Reader, paragraph: Paragraph) -> Iterator[Task]:
    text = reader.text
    spans = list(sentences(text, paragraph.start, paragraph.end))
    first = True
    for place, (start, end) in enumerate(spans):
        if _opens(text, spans, place, reader.words) or _NO_TASK.search(text, start, end):
            continue
        for clause in _clauses(reader, start, end):
            if task := _task(reader, paragraph, clause, first=first):
                first = False
                yield task


def _opens(text: str, spans: Sequence[tuple[int, int]], place: int, words: TaskWords) -> bool:
    """Tell whether a sentence is the heading of a chapter or of its paragraph, or the principle of a chapter."""
    start, end = spans[place]
    chapter = bool(_SECTION.match(text, spans[0][0]))
    if place == 0 and len(spans) > 1:
        return chapter or (end - start <= _LEAD and "," not in text[start:end] and not _FIGURE.search(text, start, end))
    return place == 1 and chapter and parts(text, start, end, words)[0].role is Role.PRINCIPLE


def _clauses(reader: _Reader, start: int, end: int) -> Iterator[_Clause]:
    text, words = reader.text, reader.words
    now: _Clause | None = None
    named = set[str]()
    for part in parts(text, start, end, words):
        if part.role is Role.ACTION or (part.role is Role.AIM and now is None):
            about = reader.about(part)
            fits = now is not None and len(now.actions) < _MOST_ACTIONS and part.end - now.start <= _LONGEST
            if now and fits and _same_thing(named, about):
                now = replace(now, actions=(*now.actions, part), end=part.end)
                named |= about
                continue
            if now:
                yield now
            now, named = _Clause((part,), part.start, part.end), about
        elif now and _belongs(reader, part, now, named):
            measured = (part,) if part.role is Role.OTHER else ()
            now = replace(now, end=part.end, measures=(*now.measures, *measured))
        elif now:
            yield now
            now = None
    if now:
        yield now


def _belongs(reader: _Reader, part: Part, now: _Clause, named: set[str]) -> bool:
    """Tell whether a part says what comes of the task before it; a wish does where it is about the same thing."""
    if part.end - part.start > _ATTACHED or part.end - now.start > _LONGEST:
        return False
    if part.role is Role.OTHER:
        return bool(_FIGURE.search(reader.text, part.start, part.end))
    outcome = reader.words.result.match(reader.text, part.start, part.end)
    return part.role is not Role.PRINCIPLE and bool(outcome or _same_thing(named, reader.about(part)))


def _same_thing(one: set[str], other: set[str]) -> bool:
    """Tell whether two actions are about one thing: more than half of what one of them is about, the other is too."""
    return 2 * len(one & other) > min(len(one), len(other))


def _task(reader: _Reader, paragraph: Paragraph, clause: _Clause, *, first: bool) -> Task | None:
    text, words, cut = reader.text, reader.words, reader.cut
    start, end = clause.start, clause.end
    if unit := _UNIT.search(text[start:end]):
        end = start + unit.start()
    told = text[start:end]
    about = [text[each.object : min(each.end, end)] for each in (*clause.actions, *clause.measures)]
    keywords = keywords_of(about, words, cut)
    keywords = tuple(word for word in keywords if word not in reader.common)
    action = clause.actions[0]
    name = name_of(text[action.verb : min(action.end, end)], words, cut)
    if not keywords or not name or end - action.verb < _SHORTEST:
        return None
    focus, weight = focus_of(told, words), weight_of(told, words, first=first, promised=paragraph.livelihood)
    start, end = reader.part.read.original(start, end)
    return Task(name, keywords, focus, weight, reader.report[start:end], paragraph.number, start, end)


def _once(tasks: Sequence[Task]) -> list[Task]:
    """List a task that is set twice at its first place, with the greater weight."""
    kept: list[Task] = []
    grams: list[frozenset[str]] = []
    for task in tasks:
        own = _grams(task.clause)
        same = next((i for i, other in enumerate(grams) if _alike(own, other) or kept[i].name == task.name), None)
        if same is None:
            kept.append(task)
            grams.append(own)
        else:
            earlier = kept[same]
            again = tuple(dict.fromkeys((*earlier.again, task.paragraph)))
            kept[same] = replace(earlier, weight=max(earlier.weight, task.weight), again=again)
    return kept


def _grams(clause: str) -> frozenset[str]:
    letters = re.sub(r"[\W\d]", "", clause)
    return frozenset(letters[i : i + 3] for i in range(max(1, len(letters) - 2)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * max(len(one), len(other))
