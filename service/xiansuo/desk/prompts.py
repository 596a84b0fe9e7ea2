"""A clue as it is shown: everything that an informant needs to start, every sentence with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiansuo.desk.facts import Facts, facts
from xiansuo.recommend.adoption import Chance
from xiansuo.recommend.cards.bearing import shared_words
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.matters import mentions
from xiansuo.recommend.cards.wording import Said, share
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.rank import Informant, Ranked, Weights
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Spring, WorkTheme

_WORDS = 3
_BY_MEANING = "意思与一项中心工作相近，但没有说到条款里的话，只计分，不列出。"


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the score: Chinese name, value in 0..1, weight, and why it has that value."""

    name: str
    label: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that covers a part of the matter already; `likeness` 0..1."""

    facts: Facts
    likeness: float


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A sentence taken over word for word: what it says (问题, 建议, 答复), and the document that it stands in."""

    label: str
    text: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A clue as it is shown: what an informant needs to start, each sentence with its source.

    `spring` is where it comes from: a gap, a topic, a proposal without an answer, an item due to follow up.
    `standing` says who is at it already, `texts` are the ids of all documents that it rests on. `also` names the clues
    on the same matter that stand under this one, each with its spring.
    """

    rank: int
    id: str
    name: str
    titles: tuple[str, ...]
    topic: str
    theme: WorkTheme | None
    focus: str
    focus_label: str
    angle: Said
    why_now: tuple[Said, ...]
    clause: Said | None
    covered: tuple[Earlier, ...]
    missing: tuple[Said, ...]
    find_out: tuple[Said, ...]
    evidence: tuple[Facts, ...]
    novelty: float
    score: float
    parts: tuple[PartShown, ...]
    standing: str = ""
    texts: tuple[str, ...] = ()
    spring: str = ""
    spring_label: str = ""
    quotes: tuple[QuoteShown, ...] = ()
    also: tuple[str, ...] = ()


def prompt_of(
    place: int,
    each: Ranked,
    texts: Mapping[str, ReadText],
    gaps: Mapping[str, Gap],
    informant: Informant,
    weights: Weights,
    chances: Sequence[Chance] = (),
) -> Prompt:
    """Turn a ranked clue into what is shown of it, each part of its score with a reason."""
    clue = each.clue
    return Prompt(
        place,
        clue.id,
        clue.name,
        clue.titles,
        clue.topic,
        clue.theme,
        clue.focus.value,
        clue.focus.label,
        clue.angle,
        clue.why_now,
        clue.clause,
        tuple(Earlier(facts(texts[near.id].record), near.likeness) for near in clue.covered),
        clue.missing,
        clue.find_out,
        tuple(facts(texts[id].record) for id in clue.evidence),
        clue.novelty,
        each.score,
        tuple(
            PartShown(name, label, round(each.parts[name], 4), weights.parts[name], why)
            for name, label, why in _reasons(each, gaps, informant, chances)
            if name in each.parts
        ),
        each.standing,
        tuple(text.record.id for text in clue.texts),
        clue.spring.value,
        clue.spring.label,
        tuple(QuoteShown(quote.role.label, quote.text, quote.because) for quote in clue.quotes),
        tuple(f"{other.name}（{other.spring.label}）" for other in each.also),
    )


def _reasons(
    each: Ranked, gaps: Mapping[str, Gap], informant: Informant, chances: Sequence[Chance]
) -> list[tuple[str, str, str]]:
    clue = each.clue
    gap = gaps.get(clue.theme.id) if clue.theme else None
    return [
        ("alignment", "契合中心工作", _aligned(clue, gaps)),
        ("heat", "热度", _heat(clue)),
        ("gap", "空白程度", _gap(gap) if gap else _no_gap(clue, gaps)),
        ("novelty", "新颖度", _novelty(clue)),
        ("adoption", "采用可能", _chances(chances, informant)),
        ("fit", "适合程度", _fit(informant)),
        ("room", "认领余地", f"{each.standing}。"),
    ]


def _heat(clue: Clue) -> str:
    if clue.spring is Spring.TOPIC:
        return clue.why_now[0].text
    if clue.spring is Spring.GAP:
        return "来自中心工作清单，不计热度。"
    return "按这件事近来有几个人、几篇在说算。" if clue.topic else "按这一篇距今多久算，没有别人在说。"


def _no_gap(clue: Clue, gaps: Mapping[str, Gap]) -> str:
    if not gaps:
        return "没有中心工作清单，不计空白。"
    return "按意思相近的那一项中心工作算。" if clue.parts.get("gap") else "没有对应的中心工作，不计空白。"


def _aligned(clue: Clue, gaps: Mapping[str, Gap]) -> str:
    if not gaps:
        return "没有中心工作清单，不计契合。"
    if clue.theme is None:
        return _BY_MEANING if clue.parts["alignment"] else "与中心工作清单没有对应。"
    if clue.spring is Spring.GAP:
        wide = "" if clue.parts["alignment"] == 1.0 else "；条款只说了一个方面，没有说到具体的事，所以算得低"
        return f"出自中心工作“{clue.theme.name}”{wide}。"
    if said := mentions(clue.theme, clue.texts):
        words = "，出现" + _quoted(said)
    else:
        said = shared_words(clue.theme, clue.texts)
        words = f"，条款和材料都说到{_quoted(said)}" if said else "，按整句的意思判断，没有共同的词"
    whole = f"{len(clue.texts)} 篇里有 {clue.themed} 篇" if len(clue.texts) > 1 else "这一篇"
    return f"{whole}与“{clue.theme.name}”相符{words}。"


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words[:_WORDS])


def _gap(gap: Gap) -> str:
    taken = f"，占其中已采用或办理的{share(gap.taken)}" if gap.taken is not None else ""
    return f"“{gap.theme.name}”占中心工作权重的{share(gap.asked)}，占有关材料的{share(gap.written)}{taken}。"


def _novelty(clue: Clue) -> str:
    taken = sum(bool(text.record.adoptions) for text in clue.texts)
    answered = sum(bool(text.record.replies) for text in clue.texts)
    if not clue.texts:
        return "没有找到直接相关的材料，请先查一查。"
    return f"已有 {len(clue.texts)} 篇，其中采用 {taken} 篇、有答复 {answered} 篇。"


def _chances(chances: Sequence[Chance], informant: Informant) -> str:
    """Say how often such texts are adopted, with the base rate and how many texts that rests on."""
    if not chances:
        return ""
    first = chances[0]
    own = "这件事还没有满两个月的来稿，"
    if first.sample:
        # A reader who sees four of four adopted would take the estimate for a mistake.
        even = "" if "matter" in first.weighed else "（各件事之间的差别看不出规律，没有计入）"
        own = f"这件事 {first.sample} 篇里采用 {first.adopted} 篇{even}，"
    by = [informant.team.label] if informant.team and "team" in first.weighed else []
    by += [informant.unit] if informant.unit and "unit" in first.weighed else []
    rest = "、".join(f"{each.level.label}以上 {each.probability:.0%}" for each in chances[1:])
    return (
        f"估计采用 {first.probability:.0%}"
        + (f"（{rest}）" if rest else "")
        + f"：{own}全部 {first.everything} 篇里采用 {first.all_adopted} 篇（{first.base:.0%}）"
        + (f"，已算上{'、'.join(by)}以往的采用情况。" if by else "。")
    )


def _fit(informant: Informant) -> str:
    own = "、".join(name for name in (informant.author, informant.unit) if name)
    told = [f"{own}以往报送的内容"] if own else []
    told += [f"{informant.region}的材料"] if informant.region else []
    told += [f"{informant.team.label}的材料"] if informant.team else []
    told += [f"{informant.sector}界别的材料"] if informant.sector else []
    return f"与{'、'.join(told)}比较。"
