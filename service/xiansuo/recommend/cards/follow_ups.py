"""Clues for follow-ups (续报): what was adopted, instructed or promised, is due by now, and nobody wrote of since."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.answers.promises import promises
from xiansuo.recommend.cards import headlines, wording
from xiansuo.recommend.cards.clues import Clue, clue_id, novelty_of
from xiansuo.recommend.cards.lapses import for_long, months
from xiansuo.recommend.cards.matters import Ground, Matter, likeness_to, nearest, vector_of
from xiansuo.recommend.cards.quotes import Quote, quote_reply
from xiansuo.recommend.cards.short_names import subject_of
from xiansuo.recommend.cards.surroundings import around, evidence, themed
from xiansuo.recommend.cards.wording import CITY, Said, taken_up
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Focus, Grade, Kind, Reply, Spring

SOON, LATE = 6, 24
"""Months after which a follow-up is due, and after which nobody waits for it any more."""

# A text this near tells of the same matter, where no topic says so.
_SAME = 0.7
_FIGURE = re.compile(
    r"\d[\d.,]*(?:万|亿)?(?:元|个|家|户|名|人|处|台|套|条|公里|米|平方米|亩|吨|张|栋|所|座|项|艘|端口|床|位|艘|%|％)"
)
_FIGURES = 3


@dataclass(frozen=True, slots=True)
class _Due:
    """Since when something is due, from which day on a later text tells of it, and the reply that promised it."""

    since: dt.date
    told: dt.date
    reply: int | None = None
    span: tuple[int, int] | None = None


def from_adopted(
    texts: Sequence[ReadText],
    matters: Sequence[Matter],
    ground: Ground,
    aligner: Aligned,
    gaps: Mapping[str, Gap],
) -> list[Clue]:
    """Make follow-up clues, in the order of the documents' ids.

    Due is what a reply promised by a time that is over, or without a time half a year to two years ago; and what was
    adopted or instructed half a year to two years ago. A later text on the same matter takes it away.

    :param texts: candidates; references give none.
    :param matters: the topics, by which later texts are known.
    """
    topics = {text.record.id: matter for matter in matters for text in matter.texts}
    made = []
    for text in sorted(texts, key=lambda text: text.record.id):
        due = _due(text, ground.now)
        if text.record.kind is Kind.REFERENCE or due is None:
            continue
        matter = topics.get(text.record.id)
        if not _told_since(text, due.told, matter, ground):
            made.append(_clue(text, due, matter, ground, aligner, gaps))
    return made


def _due(text: ReadText, now: dt.date) -> _Due | None:
    """Find what of a document is due: a promise before an adoption, the latest of each."""
    promised = [
        due for number, reply in enumerate(text.record.replies) if (due := _promised(number, reply, now)) is not None
    ]
    if promised:
        return max(promised, key=lambda due: (due.since, due.reply or 0))
    told = [
        *(each.date for each in text.record.adoptions),
        *(each.date for each in text.record.instructions),
    ]
    days = [day for day in told if day is not None]
    if not days or not SOON <= months(max(days), now) <= LATE or max(days) > now:
        return None
    return _Due(max(days), max(days))


def _promised(number: int, reply: Reply, now: dt.date) -> _Due | None:
    if reply.date is None or reply.date > now or reply.grade is Grade.NOTED:
        return None
    dated = [each for each in promises(reply.text, reply.date) if each.due < now]
    if dated:
        latest = max(dated, key=lambda each: (each.due, -each.start))
        if months(latest.due, now) <= LATE:
            return _Due(latest.due, reply.date, number, (latest.start, latest.end))
        return None
    if reply.grade is Grade.PLANNED and SOON <= months(reply.date, now) <= LATE:
        return None if promises(reply.text, reply.date) else _Due(reply.date, reply.date, number)
    return None


def _told_since(text: ReadText, day: dt.date, matter: Matter | None, ground: Ground) -> bool:
    """Tell whether a later text is on the same matter."""
    others = [each for each in matter.texts if each.record.id != text.record.id] if matter else []
    if not others:
        likeness = likeness_to(vector_of((text,), ground.centre), ground)
        others = [each for each, _ in nearest(likeness, ground, _SAME) if each.record.id != text.record.id]
    return any(
        each.record.kind is not Kind.REFERENCE and each.record.date is not None and each.record.date > day
        for each in others
    )


def _clue(
    text: ReadText,
    due: _Due,
    matter: Matter | None,
    ground: Ground,
    aligner: Aligned,
    gaps: Mapping[str, Gap],
) -> Clue:
    record = text.record
    vector = vector_of((text,), ground.centre)
    theme = themed(text, ground, aligner, gaps)
    covered = around(text, vector, ground)
    subject = subject_of(record.title)
    promised = _quote(text, due)
    novelty = novelty_of((text,), ground)
    return Clue(
        clue_id("follow_up", record.id, due.since.isoformat()),
        f"{subject}续报",
        matter.id if matter else "",
        theme.theme,
        int(theme.theme is not None),
        theme.theme.focus if theme.theme else Focus.PUBLIC_CONCERN,
        headlines.for_follow_up(subject, for_long(months(due.told, ground.now)), due.reply is not None),
        _angle(text, due),
        (_why_now(text, due, ground.now), *_instructed(text), *theme.ends),
        theme.clause,
        covered,
        (Said("档案里没有在这之后写同一件事的材料。", ("rule:no_later_text", f"doc:{record.id}")),),
        _find_out(text, due, promised),
        evidence(covered),
        novelty,
        {"alignment": theme.probability, "gap": theme.gap, "novelty": novelty},
        (text,),
        vector,
        Spring.FOLLOW_UP,
        (promised,) if promised else (),
    )


def _quote(text: ReadText, due: _Due) -> Quote | None:
    if due.reply is None or due.span is None:
        return None
    return quote_reply(text, due.reply, *due.span)


def _angle(text: ReadText, due: _Due) -> Said:
    record, doc = text.record, f"doc:{text.record.id}"
    if due.reply is None:
        return Said(
            f"《{record.title}》已获{taken_up(text)}，可写落实后的情况和新问题，作续报。", ("rule:adopted_before", doc)
        )
    who = record.replies[due.reply].department or "承办部门"
    return Said(f"{who}答复过《{record.title}》，可写答复的事办成了没有、还差什么，作续报。", ("rule:promise_due", doc))


def _why_now(text: ReadText, due: _Due, now: dt.date) -> Said:
    doc = f"doc:{text.record.id}"
    if due.reply is None:
        return Said(
            f"{due.since} {taken_up(text)}，到现在已有 {for_long(months(due.since, now))}。",
            ("rule:adopted_long_ago", doc),
        )
    if due.span is None:
        since = for_long(months(due.since, now))
        return Said(f"{due.since} 答复列入计划，到现在已有 {since}。", ("rule:planned_long_ago", doc))
    return Said(f"答复里说的时间到 {due.since} 为止，已经过了。", ("rule:promise_due", doc))


def _instructed(text: ReadText) -> tuple[Said, ...]:
    """Repeat the latest written instruction that has a text."""
    said = [each for each in text.record.instructions if each.text]
    if not said:
        return ()
    last = max(said, key=lambda each: str(each.date or ""))
    who = last.by or "领导"
    return (Said(f"{who}批示：“{last.text}”", ("rule:instruction", f"doc:{text.record.id}")),)


def _find_out(text: ReadText, due: _Due, promised: Quote | None) -> tuple[Said, ...]:
    record, doc = text.record, f"doc:{text.record.id}"
    said = []
    figures = list(dict.fromkeys(_FIGURE.findall(promised.text)))[:_FIGURES] if promised else []
    if figures:
        said.append(Said(f"数据：答复里写的{'、'.join(figures)}，核实办成多少。", ("rule:promised_figures", doc)))
    if record.region and record.region != CITY:
        said.append(Said(f"地区：到{record.region}看现在的情况，与当时比一比。", ("rule:same_place", doc)))
    if due.reply is not None and record.replies[due.reply].department:
        who = record.replies[due.reply].department
        said.append(Said(f"部门：向{who}了解办理进展。", ("rule:replied", doc)))
        return tuple(said)
    return (*said, *wording.departments((text,)))
