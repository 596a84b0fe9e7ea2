"""The sentences of a clue, each made by a rule from records that it names; nothing is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from xiansuo.recommend.cards.concerns import Concern
from xiansuo.recommend.cards.lapses import for_long, months
from xiansuo.recommend.cards.matters import Ground, Matter
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Grade, Kind, Part, WorkTheme
from xiansuo.text.passages import part_code

_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:人|户|家|元|个|亩|公里|起)")
_PLACES = 5
_HUNDREDTH = 0.01
# So many more people than usual, or so few of them, two at least, and one may speak of growing or fading.
_TWO, _MORE, _FEWER = 2, 1.5, 0.5
CITY = "市本级"
"""The region of what concerns the whole city: no place that one goes to."""

_SILENT, _YEAR = 3, 12
# So many texts tell what is usual; a part that one in so many of them sets apart is.
_SOME, _USUALLY = 200, 5
# 望潮 stands for 望潮区.
_STEM = re.compile(r"(?<=..)[省市区县镇乡]$")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it comes from: `doc:ID`, `theme:ID` or `rule:NAME`."""

    text: str
    because: tuple[str, ...]


def percent(share: float) -> str:
    """Say a share of 0..1 in hundredths; what is there and less than one of them is not called none."""
    return "不到 1%" if 0 < share < _HUNDREDTH else f"{share:.0%}"


def share(part: float) -> str:
    """Say a share as it stands behind a word: with a blank before a figure, without one before 不到."""
    return ("" if (told := percent(part)).startswith("不") else " ") + told


def documents(texts: Sequence[ReadText]) -> tuple[str, ...]:
    """Name texts as sources."""
    return tuple(f"doc:{text.record.id}" for text in texts)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Whether an archive holds any replies, and any adoptions or instructions: without them nobody can miss one."""

    replies: bool
    adoptions: bool


def outcomes_in(ground: Ground) -> Outcomes:
    """Tell which outcomes an archive holds."""
    return Outcomes(
        any(text.record.replies for text in ground.texts),
        any(text.record.adoptions or text.record.instructions for text in ground.texts),
    )


def angle(matter: Matter, known: Outcomes, concern: Concern | None = None) -> Said:
    """Choose where to start from what became of the earlier texts, and whether more people speak of it or fewer.

    :param known: the outcomes that the archive holds at all.
    :param concern: what is wrong in a sentence of one of the texts, if one says it.
    """
    # What stands at the edge of a matter should not set its angle.
    typical = matter.texts[: max(3, len(matter.texts) // 2)]
    waiting = [text for text in typical if known.replies and _waiting(text)]
    if waiting:
        first = waiting[0]
        so_far = "的答复是“留作参考”" if first.record.replies else "在档案里还没有答复"
        return Said(
            f"提案《{first.record.title}》{so_far}，可从办理进展和群众现在的感受写起。",
            ("rule:unanswered_proposal", *documents([first])),
        )
    if _growing(matter):
        return Said(
            "近期反映的人明显增多，可写新情况、新变化，说清与以前有什么不同。",
            ("rule:growing", *documents(matter.texts)),
        )
    taken = [text for text in typical if text.record.adoptions or text.record.instructions]
    if taken:
        first = taken[0]
        return Said(
            f"《{first.record.title}》已获{taken_up(first)}，可写落实后的情况和新问题，作续报。",
            ("rule:adopted_before", *documents([first])),
        )
    if _fading(matter):
        return Said(
            "近期反映的人明显减少，可核实是不是已经解决、还剩下什么。", ("rule:fading", *documents(matter.texts))
        )
    begin = "可选一个地方、一个环节写具体"
    if concern is not None:
        begin = f"可只写其中一个问题，例如“{concern.words}”"
    if known.adoptions and not any(text.record.adoptions or text.record.instructions for text in matter.texts):
        return Said(f"已有反映但未见采用，{begin}，一事一报。", ("rule:not_adopted_yet", *documents(matter.texts)))
    return Said(f"{begin}，一事一报。", ("rule:one_matter", *documents(matter.texts[:3])))


def _growing(matter: Matter) -> bool:
    # Where nobody knows what is usual, nobody can say that it grows or fades.
    return matter.usual is not None and matter.recent >= _TWO and matter.recent >= _MORE * max(1.0, matter.usual)


def _fading(matter: Matter) -> bool:
    return matter.usual is not None and matter.usual >= _TWO and matter.recent <= _FEWER * matter.usual


def why_now(matter: Matter, now: dt.date) -> Said:
    """Say how many people spoke of it lately; of what nobody spoke of for a year, how long ago that is."""
    if matter.sought:
        found = f"查到 {len(matter.texts)} 篇相近的材料，来自 {matter.voices} 个人或单位。"
        return Said(found, ("rule:sought", *documents(matter.texts)))
    whole = f"共 {len(matter.texts)} 篇、{matter.voices} 个来源。"
    last = latest(matter.texts)
    if last is not None and months(last, now) >= _YEAR:
        since = for_long(months(last, now))
        whole = f"{whole[:-1]}，最近一篇写于 {last}，已过去 {since}：先核实现在还是不是这样。"
    elif last is not None and not matter.window:
        whole = f"{whole[:-1]}，最近一篇写于 {last}。"
    if matter.window and (last is None or months(last, now) < _YEAR):
        usual = ""
        if matter.usual is not None:
            often = f" {round(matter.usual, 1):g} 个" if matter.usual >= 1 else "不到 1 个"
            usual = f"，此前平均每{matter.window.removeprefix('近')}{often}" if matter.usual else "，此前没有人反映"
        whole = f"{matter.window}有 {matter.recent} 个人或单位反映{usual}；{whole}"
    return Said(whole, ("rule:heat", *documents(matter.texts)))


def clause(theme: WorkTheme, *shown: str) -> Said:
    """Quote what a theme asks for.

    :param shown: ids of documents that show that it is about that.
    """
    return Said(theme.clause or theme.name, (f"theme:{theme.id}", *(f"doc:{id}" for id in shown)))


def deadline(theme: WorkTheme, now: dt.date) -> Said | None:
    """Say how long a theme still runs, or that it has ended."""
    if theme.until is None:
        return None
    days = (theme.until - now).days
    left = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else "已经到期"
    return Said(f"中心工作“{theme.name}”到 {theme.until} 为止，{left}。", (f"theme:{theme.id}",))


def silence(texts: Sequence[ReadText], now: dt.date) -> tuple[Said, ...]:
    """Say since when nobody has written of a matter, where that is some months ago."""
    last = latest(texts)
    if last is None or months(last, now) < _SILENT:
        return ()
    newest = [text for text in texts if text.record.date == last]
    gone = for_long(months(last, now))
    return (Said(f"{last} 以后没有材料，这 {gone}里的情况没有人写。", ("rule:silence", *documents(newest))),)


def latest(texts: Iterable[ReadText]) -> dt.date | None:
    """Return the day of the latest of some texts, references apart; None where none has a date."""
    return max((t.record.date for t in texts if t.record.date and t.record.kind is not Kind.REFERENCE), default=None)


def usual_parts(archive: Sequence[ReadText]) -> tuple[Part, ...]:
    """List the parts that texts of an archive usually set apart: what hardly any of them does is missing in none."""
    some = archive[:_SOME]
    parts = (Part.CAUSES, Part.SUGGESTIONS)
    return tuple(p for p in parts if sum(part_code(p) in text.spans[:, 2] for text in some) * _USUALLY >= len(some))


def missing_parts(texts: Sequence[ReadText], usual: Collection[Part]) -> tuple[Said, ...]:
    """Say which of the usual parts most of the earlier texts do not set apart."""
    said = []
    for part in usual:
        without = [text for text in texts if part_code(part) not in text.spans[:, 2]]
        if not texts or len(without) * 2 < len(texts):
            continue
        whole = f"{len(texts)} 篇里有 {len(without)} 篇"
        if len(without) == len(texts):
            whole = f"{len(texts)} 篇都" if len(texts) > 1 else "已有的一篇"
        told = f"{whole}没有单独写“{part.label}”的部分，可以补上。"
        said.append(Said(told, ("rule:missing_part", *documents(without))))
    return tuple(said)


def figures(texts: Sequence[ReadText]) -> tuple[Said, ...]:
    """Say how many of the texts have no figures."""
    vague = [text for text in texts if not _FIGURE.search(text.record.text)]
    if not vague:
        return ()
    return (
        Said(
            f"数据：{len(vague)} 篇材料没有数字，需补充涉及多少人、多少处、多长时间。",
            ("rule:no_figures", *documents(vague)),
        ),
    )


def silent_places(texts: Sequence[ReadText], places: Collection[str], then: str) -> tuple[Said, ...]:
    """Say which of the archive's places the texts neither come from nor speak of, and what to do `then`."""
    here = {text.record.region for text in texts}
    others = [place for place in places if place not in here and place != CITY and not _spoken_of(place, texts)]
    # Where hardly any place is told, silence tells nothing.
    if not others or not texts or here <= {""}:
        return ()
    named = "、".join(others[:_PLACES]) + (f"等 {len(others)} 个地方" if len(others) > _PLACES else "")
    return (
        Said(
            f"地区：这{f' {len(texts)} ' if len(texts) > 1 else '一'}篇没有提到{named}，{then}。",
            ("rule:silent_places", *documents(texts)),
        ),
    )


def departments(texts: Sequence[ReadText]) -> tuple[Said, ...]:
    """Say which departments replied before."""
    said = []
    counted = Counter(reply.department for text in texts for reply in text.record.replies if reply.department)
    for department, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:2]:
        sources = [text for text in texts if any(reply.department == department for reply in text.record.replies)]
        said.append(Said(f"部门：{department}答复过，可了解办理进展。", ("rule:replied", *documents(sources))))
    return tuple(said)


def _spoken_of(place: str, texts: Sequence[ReadText]) -> bool:
    stem = _STEM.sub("", place)
    return any(stem in text.record.title or stem in text.record.text for text in texts)


def taken_up(text: ReadText) -> str:
    """Say what became of a text: its highest adoption and whether there is a written instruction."""
    adoptions = text.record.adoptions
    told = [max((each.level for each in adoptions), key=lambda level: level.height).label + "采用"] if adoptions else []
    return "和".join([*told, *(["批示"] if text.record.instructions else [])])


def _waiting(text: ReadText) -> bool:
    replies = text.record.replies
    return text.record.kind is Kind.PROPOSAL and (not replies or replies[-1].grade is Grade.NOTED)
