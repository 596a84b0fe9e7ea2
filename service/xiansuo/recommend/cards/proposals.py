"""Clues from proposals (提案) on people's livelihood: each suggestion that nobody answered is a matter of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.answers.reply_parts import Settled, settled
from xiansuo.recommend.cards import headlines, wording
from xiansuo.recommend.cards.clues import Clue, clue_id, novelty_of
from xiansuo.recommend.cards.departments import asked_department
from xiansuo.recommend.cards.lapses import for_long, months
from xiansuo.recommend.cards.livelihood import is_livelihood
from xiansuo.recommend.cards.matters import Ground
from xiansuo.recommend.cards.problems import Told, find_problems
from xiansuo.recommend.cards.quotes import Quote, Role, quote, quote_reply
from xiansuo.recommend.cards.short_names import asked_clause, problem_clause, specific, topic_of
from xiansuo.recommend.cards.suggestion_items import Item, suggestion_items
from xiansuo.recommend.cards.surroundings import around, evidence, themed
from xiansuo.recommend.cards.wording import Said
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.records import Focus, Kind, Spring

_EACH = 3
"""Clues of one proposal at most; the others of its suggestions come when these are done."""

_WITHOUT = 6
# Of an item of so few sentences whoever is asked in one of them is asked in the others.
_SHORT = 3
_WITHDRAWN = re.compile(
    r"撤案|撤回(?:提案|本案)|同意撤销|并案(?:办理|处理)|转为(?:意见|来信|社情民意)|不予立案|未予立案"
)
_SITE = re.compile("[路街桥站港湾岛镇乡村县区园](?!级|域|划|里|民|委|道|庄振兴)|断头|片区")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:人|户|家|元|个|亩|公里|起|成)")


@dataclass(frozen=True, slots=True)
class _Open:
    """A suggestion that is not settled: its problem, and how the latest reply that speaks to it stands."""

    item: Item
    told: Told
    reply: int | None
    settled: Settled | None


def from_proposals(texts: Sequence[ReadText], ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> list[Clue]:
    """Make clues of what proposals ask for and no reply settles; in the order of the documents' ids.

    :param texts: candidates; what is no proposal on people's livelihood, or was withdrawn, gives none.
    """
    made = list[Clue]()
    for text in sorted(texts, key=lambda text: text.record.id):
        if may_give(text):
            clues = (_clue(each, text, ground, aligner, gaps) for each in _open(text, ground))
            made += islice((clue for clue in clues if clue is not None), _EACH)
    return made


def may_give(text: ReadText) -> bool:
    """Tell whether a document is a proposal on people's livelihood that still stands."""
    record = text.record
    gone = any(_WITHDRAWN.search(said) for said in (record.channel, record.category, *(r.text for r in record.replies)))
    return record.kind is Kind.PROPOSAL and not gone and is_livelihood(record)


def _open(text: ReadText, ground: Ground) -> list[_Open]:
    """Choose the suggestions that are not settled and have their problem told, the best told first."""
    items = suggestion_items(text)
    if not items:
        return []
    body = text.record.text
    asked = [body[item.sentences[0].start : item.sentences[-1].end] for item in items]
    replies = [settled(asked, reply) for reply in text.record.replies]
    seen = seen_from(ground.centre, text.matrix).astype(np.float64)
    problems = find_problems(text, items, seen @ seen.T)
    found = []
    for place, (item, problem) in enumerate(zip(items, problems, strict=True)):
        if problem is None or any(each[place].answered for each in replies):
            continue
        speaking = [number for number, each in enumerate(replies) if each[place].point is not None]
        last = speaking[-1] if speaking else None
        found.append(_Open(item, problem, last, replies[last][place] if last is not None else None))
    found.sort(key=lambda each: (-each.told.fit, each.told.asking.start))
    return found


def _clue(each: _Open, text: ReadText, ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> Clue | None:
    record, doc = text.record, f"doc:{text.record.id}"
    problem = quote(Role.PROBLEM, text, each.told.problem)
    suggestion = quote(Role.SUGGESTION, text, each.told.asking)
    topic = topic_of(record.title)
    asked = asked_clause(each.item.heading, suggestion.text)
    name = _name(topic, asked, record.title)
    # What cannot be named in a few words is no matter that one would take up.
    if not name:
        return None
    replied = _reply(each, text)
    trouble = problem_clause(problem.text)
    vector = _vector(text, each, ground)
    theme = themed(text, ground, aligner, gaps)
    covered = around(text, vector, ground)
    novelty = novelty_of((text,), ground)
    return Clue(
        clue_id("proposal", record.id, suggestion.text),
        name,
        "",
        theme.theme,
        int(theme.theme is not None),
        theme.theme.focus if theme.theme else Focus.PUBLIC_CONCERN,
        headlines.for_proposal(topic, asked, trouble),
        _angle(text, replied),
        (_why_now(text, ground), *theme.ends),
        theme.clause,
        covered,
        _missing(problem, doc),
        (*_places(text, ground), *_departments(each, text)),
        evidence(covered),
        novelty,
        {"alignment": theme.probability, "gap": theme.gap, "novelty": novelty},
        (text,),
        vector,
        Spring.PROPOSAL,
        (problem, suggestion, *([replied] if replied else [])),
    )


def _reply(each: _Open, text: ReadText) -> Quote | None:
    if each.reply is None or each.settled is None or each.settled.point is None:
        return None
    return quote_reply(text, each.reply, each.settled.point.start, each.settled.point.end)


def _vector(text: ReadText, each: _Open, ground: Ground) -> NDArray[np.float32]:
    """Stand for the problem and the suggestion alike, float32 (d,), as seen from the archive's mean."""
    means = [
        text.matrix[list(said.passages)].mean(axis=0, dtype=np.float64)
        for said in (each.told.problem, each.told.asking)
    ]
    mean = np.mean(means, axis=0, keepdims=True).astype(np.float32)
    return np.asarray(seen_from(ground.centre, mean)[0], dtype=np.float32)


def _name(topic: str, asked: str, title: str) -> str:
    """Name the matter by what is asked for, within its subject; empty where that is not said in a few words."""
    if not asked:
        return ""
    if not topic:
        # Without a subject the words must say themselves what they are about, as the title does.
        return asked if specific(asked, _WITHOUT) and headlines.share(title, asked) else ""
    return asked if headlines.share(topic, asked) else f"{topic}：{asked}"


def _angle(text: ReadText, replied: Quote | None) -> Said:
    title, doc = text.record.title, f"doc:{text.record.id}"
    if replied is not None:
        return Said(
            f"提案《{title}》的这一条建议有答复，但没有落到实处，可写办到了哪一步、卡在哪里，只写这一件事。",
            ("rule:suggestion_put_off", doc),
        )
    if text.record.replies:
        return Said(
            f"提案《{title}》有答复，但没有说到这一条建议，可单就这一条写现在的情况，一事一报。",
            ("rule:suggestion_passed_over", doc),
        )
    return Said(
        f"提案《{title}》在档案里还没有答复，可单就这一条写现在的情况和群众的感受，一事一报。",
        ("rule:unanswered_proposal", doc),
    )


def _why_now(text: ReadText, ground: Ground) -> Said:
    record, because = text.record, ("rule:time_since_proposal", f"doc:{text.record.id}")
    replied = [reply for reply in record.replies if reply.date is not None]
    if replied:
        last = max(replied, key=lambda reply: str(reply.date))
        who = f"{last.department}于" if last.department else ""
        since = for_long(months(last.date, ground.now)) if last.date else ""
        return Said(f"{who} {last.date} 答复，到现在已有 {since}，这一条还没有着落。".strip(), because)
    state = "答复没有说到这一条" if record.replies else "档案里还没有答复"
    if record.date is None:
        return Said(f"提案没有写日期，{state}。", because)
    return Said(
        f"提案于 {record.date} 提出，到现在已有 {for_long(months(record.date, ground.now))}，{state}。", because
    )


def _missing(problem: Quote, doc: str) -> tuple[Said, ...]:
    if _FIGURE.search(problem.text):
        return (Said("引用的数字是提案当时的，需更新到现在。", ("rule:old_figures", doc)),)
    return (Said("说问题的这一句没有数字：需补充涉及多少人、多少处、多长时间。", ("rule:no_figures", doc)),)


def _places(text: ReadText, ground: Ground) -> tuple[Said, ...]:
    """Name other places to look at, unless the proposal is on one street, station or village."""
    if _SITE.search(text.record.title):
        return ()
    return wording.silent_places((text,), ground.places, "可核实有没有同样的情况")


def _departments(each: _Open, text: ReadText) -> tuple[Said, ...]:
    """Say whom the suggestion asks, as it says itself, else who replied, else nobody."""
    doc, body = f"doc:{text.record.id}", text.record.text
    asking, whole = each.told.asking, each.item.sentences
    asked = asked_department(body[asking.start : asking.end])
    if not asked and len(whole) <= _SHORT:
        asked = asked_department(body[whole[0].start : whole[-1].end])
    if asked:
        return (
            Said(
                f"部门：提案请{asked}办这件事，可了解有没有安排、卡在哪里。",
                ("rule:asked_department", doc),
            ),
        )
    return wording.departments((text,))
