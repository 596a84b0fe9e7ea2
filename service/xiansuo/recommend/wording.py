"""The sentences of a clue, each made by a rule from records that it names; nothing is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.recommend.matters import Matter, mentions
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Grade, Kind, Part, WorkTheme
from xiansuo.text.passages import part_code

_ACTS = re.compile(
    r"^(?:加快|加强|完善|推进|推动|规范|优化|健全|强化|整合|盘活|尽早|便利|减轻|提升|建立|建设|打造|扩大|明确|支持|落实|做好|满足|改进|保障|破解|解决)"
    r"|(?:解决|破解|整治)"
)
_TROUBLE = re.compile(r"(?:难|难题|问题|矛盾|不足|隐患|风险|乱象|扰民|太短|压减|欠费|短缺)$")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:人|户|家|元|个|亩|公里|起)")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it comes from: `doc:ID`, `theme:ID` or `rule:NAME`."""

    text: str
    because: tuple[str, ...]


def documents(texts: Sequence[ReadText]) -> tuple[str, ...]:
    """Name texts as sources."""
    return tuple(f"doc:{text.record.id}" for text in texts)


def titles(name: str, place: str) -> tuple[str, ...]:
    """Offer titles as good submissions have them: suggestion, appeal, local case."""
    local = f"{place}{name}" if place and place not in name and place != "市本级" else name
    if _ACTS.search(name):
        return (f"关于{name}的建议", f"{name}需迈过几道坎", f"{local}的情况与建议")
    trouble = name if _TROUBLE.search(name) else f"{name}问题"
    return (f"关于解决{trouble}的建议", f"{trouble}应引起重视", f"{local}：情况、原因与对策")


def angle(matter: Matter, growing: bool) -> Said:
    """Choose where to start from what became of the earlier texts."""
    # What stands at the edge of a matter should not set its angle.
    typical = matter.texts[: max(3, len(matter.texts) // 2)]
    waiting = [text for text in typical if _waiting(text)]
    adopted = [text for text in typical if text.record.adoptions or text.record.instructions]
    if waiting:
        first = waiting[0]
        return Said(
            f"提案《{first.record.title}》尚未见实质答复，可从办理进展和群众现在的感受写起。",
            ("rule:unanswered_proposal", *documents([first])),
        )
    if growing:
        return Said(
            "近期反映的人明显增多，可写新情况、新变化，说清与以前有什么不同。",
            ("rule:growing", *documents(matter.texts[:3])),
        )
    if adopted:
        first = adopted[0]
        return Said(
            f"《{first.record.title}》已被采用或批示，可写落实后的情况和新问题，作续报。",
            ("rule:adopted_before", *documents([first])),
        )
    return Said(
        "已有反映但未见采用，可选一个地方、一个环节写具体，一事一报。",
        ("rule:not_adopted_yet", *documents(matter.texts[:3])),
    )


def why_now(matter: Matter) -> Said:
    """Say how many people spoke of it lately."""
    usual = f"，此前同样长的时间平均 {matter.usual:g} 个" if matter.window != "全部时间" else ""
    text = (
        f"{matter.window}有 {matter.recent} 个人或单位反映{usual}；共 {len(matter.texts)} 篇、{matter.voices} 个来源。"
    )
    return Said(text, ("rule:heat", *documents(matter.texts)))


def deadline(theme: WorkTheme, now: dt.date) -> Said | None:
    """Say how long a theme still runs."""
    if theme.until is None or theme.until < now:
        return None
    days = (theme.until - now).days
    return Said(f"“{theme.name}”是本年度中心工作，到 {theme.until} 还有 {days} 天。", (f"theme:{theme.id}",))


def missing(texts: Sequence[ReadText], theme: WorkTheme | None) -> tuple[Said, ...]:
    """Say what the earlier texts leave out: parts, and keywords of the theme."""
    said = []
    for part in (Part.CAUSES, Part.SUGGESTIONS):
        without = [text for text in texts if part_code(part) not in text.spans[:, 2]]
        if texts and len(without) * 2 >= len(texts):
            whole = f"{len(texts)} 篇里有 {len(without)} 篇" if len(texts) > 1 else "已有的一篇"
            said.append(Said(f"{whole}没有写{part.label}。", ("rule:missing_part", *documents(without))))
    if theme is not None:
        _, unsaid = mentions(theme, texts)
        if unsaid:
            words = "、".join(f"“{word}”" for word in unsaid[:4])
            said.append(
                Said(
                    f"中心工作提到的{words}，这几篇里没有出现这些词。",
                    ("rule:unmentioned_keywords", f"theme:{theme.id}", *documents(texts)),
                )
            )
    return tuple(said)


def find_out(texts: Sequence[ReadText], places: Sequence[str]) -> tuple[Said, ...]:
    """Say what to collect: figures, places nobody spoke of, departments that replied before."""
    said = []
    vague = [text for text in texts if not _FIGURE.search(text.record.text)]
    if vague:
        said.append(
            Said(
                f"数据：{len(vague)} 篇材料没有数字，需补充涉及多少人、多少处、多长时间。",
                ("rule:no_figures", *documents(vague)),
            )
        )
    here = {text.record.region for text in texts}
    others = [place for place in places if place not in here and place != "市本级"]
    if others and texts:
        said.append(
            Said(
                f"地区：{'、'.join(others[:5])}在这几篇里没有出现，可核实有没有同样的情况。",
                ("rule:silent_places", *documents(texts)),
            )
        )
    departments = Counter(reply.department for text in texts for reply in text.record.replies if reply.department)
    for department, _ in sorted(departments.items(), key=lambda item: (-item[1], item[0]))[:2]:
        sources = [text for text in texts if any(reply.department == department for reply in text.record.replies)]
        said.append(Said(f"部门：{department}答复过，可了解办理进展。", ("rule:replied", *documents(sources))))
    return tuple(said)


def _waiting(text: ReadText) -> bool:
    replies = text.record.replies
    return text.record.kind is Kind.PROPOSAL and (not replies or replies[-1].grade is Grade.NOTED)
