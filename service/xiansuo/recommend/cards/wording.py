"""The sentences of a clue, each made by a rule from records that it names; nothing is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Grade, Kind, Level, Part, WorkTheme
from xiansuo.text.passages import part_code

_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:人|户|家|元|个|亩|公里|起)")
_LEVELS = list(Level)
_PLACES = 5
# So many more people than usual, or so few of them, two at least, and one may speak of growing or fading.
_TWO, _MORE, _FEWER = 2, 1.5, 0.5
_CITY = "市本级"
# 望潮 stands for 望潮区.
_STEM = re.compile(r"(?<=..)[省市区县镇乡]$")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it comes from: `doc:ID`, `theme:ID` or `rule:NAME`."""

    text: str
    because: tuple[str, ...]


def documents(texts: Sequence[ReadText]) -> tuple[str, ...]:
    """Name texts as sources."""
    return tuple(f"doc:{text.record.id}" for text in texts)


def angle(matter: Matter) -> Said:
    """Choose where to start from what became of the earlier texts, and whether more people speak of it or fewer."""
    # What stands at the edge of a matter should not set its angle.
    typical = matter.texts[: max(3, len(matter.texts) // 2)]
    waiting = [text for text in typical if _waiting(text)]
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
    if not any(text.record.adoptions or text.record.instructions for text in matter.texts):
        return Said(
            "已有反映但未见采用，可选一个地方、一个环节写具体，一事一报。",
            ("rule:not_adopted_yet", *documents(matter.texts)),
        )
    return Said("可选一个地方、一个环节写具体，一事一报。", ("rule:one_matter", *documents(matter.texts[:3])))


def _growing(matter: Matter) -> bool:
    # Where nobody knows what is usual, nobody can say that it grows or fades.
    return matter.usual is not None and matter.recent >= _TWO and matter.recent >= _MORE * max(1.0, matter.usual)


def _fading(matter: Matter) -> bool:
    return matter.usual is not None and matter.usual >= _TWO and matter.recent <= _FEWER * matter.usual


def why_now(matter: Matter) -> Said:
    """Say how many people spoke of it lately."""
    if matter.sought:
        found = f"查到 {len(matter.texts)} 篇相近的材料，来自 {matter.voices} 个人或单位。"
        return Said(found, ("rule:sought", *documents(matter.texts)))
    whole = f"共 {len(matter.texts)} 篇、{matter.voices} 个来源。"
    if matter.window:
        usual = ""
        if matter.usual is not None:
            usual = f"，此前平均每{matter.window.removeprefix('近')} {round(matter.usual, 1):g} 个"
        whole = f"{matter.window}有 {matter.recent} 个人或单位反映{usual}；{whole}"
    return Said(whole, ("rule:heat", *documents(matter.texts)))


def deadline(theme: WorkTheme, now: dt.date) -> Said | None:
    """Say how long a theme still runs, or that it has ended."""
    if theme.until is None:
        return None
    days = (theme.until - now).days
    left = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else "已经到期"
    return Said(f"中心工作“{theme.name}”到 {theme.until} 为止，{left}。", (f"theme:{theme.id}",))


def missing_parts(texts: Sequence[ReadText]) -> tuple[Said, ...]:
    """Say which parts most of the earlier texts do not set apart."""
    said = []
    for part in (Part.CAUSES, Part.SUGGESTIONS):
        without = [text for text in texts if part_code(part) not in text.spans[:, 2]]
        if not texts or len(without) * 2 < len(texts):
            continue
        whole = f"{len(texts)} 篇里有 {len(without)} 篇"
        if len(without) == len(texts):
            whole = f"{len(texts)} 篇都" if len(texts) > 1 else "已有的一篇"
        said.append(Said(f"{whole}没有单独写“{part.label}”的部分。", ("rule:missing_part", *documents(without))))
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
    others = [place for place in places if place not in here and place != _CITY and not _spoken_of(place, texts)]
    # Where hardly any place is told, silence tells nothing.
    if not others or not texts or here <= {""}:
        return ()
    named = "、".join(others[:_PLACES]) + (f"等 {len(others)} 个地方" if len(others) > _PLACES else "")
    return (
        Said(
            f"地区：这 {len(texts)} 篇没有提到{named}，{then}。",
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
    told = [max((each.level for each in adoptions), key=_LEVELS.index).label + "采用"] if adoptions else []
    return "和".join([*told, *(["批示"] if text.record.instructions else [])])


def _waiting(text: ReadText) -> bool:
    replies = text.record.replies
    return text.record.kind is Kind.PROPOSAL and (not replies or replies[-1].grade is Grade.NOTED)
