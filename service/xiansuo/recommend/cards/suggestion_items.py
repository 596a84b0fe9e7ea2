"""A proposal's suggestions taken apart: one item for each thing that is asked for, with the sentences that say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.recommend.cards.departments import asked_department
from xiansuo.recommend.cards.quotes import Sentence, whole_sentences
from xiansuo.recommend.cards.short_names import closed, verbs
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Part
from xiansuo.text.closing import weigh
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import part_code

# Numbers by which lists are told apart, the outer ones usually first.
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}(?:[、．)）]|\.(?!\d))"),
    re.compile(r"[（(]\d{1,2}[)）]|[①-⑩]"),
    re.compile(r"[一二三四五六七八九十]是"),
    re.compile(r"第[一二三四五六七八九十][，,、]"),
    re.compile(r"首先|其[一二三四五六次]|再次|最后"),
)
_SHORT, _LONG, _LONGEST = 16, 100, 140
# What every text asks for, and what says why something is to be done rather than what.
_STOCK = re.compile(
    r"高度重视|更加重视|要重视|提高(?:思想)?(?:认识|站位|意识)|强化(?:组织)?领导|加强(?:组织)?领导|加大宣传|加强宣传|广泛宣传|舆论(?:宣传|引导|氛围)|营造.{0,12}氛围|统一思想|顶层设计"
    r"|全面提升|高质量发展|重要意义|重大意义|具有.{0,8}意义|迫在眉睫|势在必行|刻不容缓|科学发展|以.{2,12}为(?:导向|引领|抓手|核心|契机|中心)"
    r"|坚持以|牢固树立|深入贯彻|认真贯彻|党的十九大|新时代|习近平|齐抓共管|各自职责|发挥.{2,20}作用|宣传|宣教|成功经验|亮点纷呈|形成合力|多措并举|标本兼治|群策群力|真正[做把让实]|长效机制|奠定.{0,8}基础|保驾护航"
)
_BACKWARD = re.compile(
    r"(?:这|该|此|其(?!他)|他们|她们|它们|上述|以上|由此|对此|通过此|只有|从而|以此|据此|以便|否则|比如|例如|如(?!何|果)|即|因为|由于|可见|当然|总之|虽然|但|然而|而|也|并|又|则|目前|近年|据|截至|当前|现阶段)"
)
_CONCRETE = re.compile(
    r"\d|《|“|补贴|补助|标准|清单|名单|目录|名录|平台|试点|热线|专项|基金|经费|预算|编制|站|点|中心|条例|办法|细则|制度|公示|公布|收费|价格|免费|减免|报销|医保|保险|牌|设施|设备|器材|床位|学位|岗位|培训|考核|检查"
)
_LIST_INSIDE = re.compile(
    r"(?<=[^,;。、:])(?:一是|首先要?)|:(?:一是|[1一][、.)]|\(?[一1]\))|(?<=[\u4e00-\u9fff])1[、.](?!\d)|如下:|^.{0,12}建议:?[1一一][、.是]"
)
_AGAIN, _SOON = 8, 4
_MODAL = re.compile(
    r"建议|(?<![重主需必只首])要(?![求是点素的因])|应(?![用对急届])|须|可(?:以|由|在|考虑|采取|通过|设|对)|^(?:由|将|把|对|给予|允许|严禁|禁止|不得|鼓励|力争|让)"
)
_LED_IN = re.compile(
    r"^(?:同时|进一步|加快|积极|大力|尽快|切实|全面|尽早|逐步|统一|定期|主动|适当|适度|充分|有效|严格|依法|分类|科学|合理|及时|广泛|深入|持续|专门|重点)+"
)
# What tells how things are, or why, asks for nothing.
_TELLS = re.compile(
    r"例如|比如|近年来|是[^,。]{2,24}的(?:前提|关键|基础|重要|必然|有效|根本)|才能|有利于|有助于|具有|事实上|实践证明|据统计|已经|已有|取得了|目前|没有必要|习惯|主要是|前提是|^(?:还|也|所以)[,]?(?:应|可|要)|一系列|从而真正|率先|取决于|可以(?:减轻|满足|提高|方便)|^(?:另|一方面|另一方面)|自律"
)
# Whom no department can make do it.
_NOBODY = re.compile(
    r"(?:[^,。]{0,6}企业(?:家|主)?|家长|学生|教师|老师|个人|公民|市民|农民|社区志愿者|志愿者|社会各界|全社会|家庭成员|媒体)(?:自身|本身|们)?(?:[也还都]?(?:要|应|应该|应当|需要?|须))"
)
_HEADED, _BEGINS, _WHO = 45, 3, 12
_ENOUGH = 1.2
_CLAUSE = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a proposal asks for: its sentences in order, and those of them that say what is to be done.

    `asking` has each with how well it says it, from 1.2 on; `heading` is what the item begins with if that is short,
    without its number; else empty.
    """

    sentences: tuple[Sentence, ...]
    asking: tuple[tuple[Sentence, float], ...]
    heading: str


def suggestion_items(text: ReadText) -> list[Item]:
    """Take a body's suggestions apart, in their order; what asks for nothing concrete is left out."""
    asked = [each for each in whole_sentences(text) if each.part == part_code(Part.SUGGESTIONS)]
    body = text.record.text
    found = []
    for group in _grouped(asked):
        rated = [(each, _rate(body, each, place == 0, len(group) == 1)) for place, each in enumerate(group)]
        asking = tuple((each, score) for each, score in rated if score >= _ENOUGH)
        if asking:
            found.append(Item(tuple(group), asking, _heading(body, group[0])))
    return found


def _grouped(asked: Sequence[Sentence]) -> list[list[Sentence]]:
    """Group sentences into items: each begins with a number; without any numbers, each sentence is an item."""
    if not any(_number(each) is not None for each in asked):
        return [[each] for each in asked]
    groups: list[list[Sentence]] = []
    for each in asked:
        # What stands before the first number only announces the list.
        if _number(each) is not None:
            groups.append([each])
        elif groups:
            groups[-1].append(each)
    return groups


def run_together(plain: str) -> bool:
    """Tell whether a heading and its text, or an announcement and its list, have run into one normalised sentence."""
    if _LIST_INSIDE.search(plain):
        return True
    # A heading is often said again by the sentence that it ran into.
    if _said_again(plain, _AGAIN):
        return True
    return any(_said_again(clause, _SOON) for clause in re.split("[,、;:。]", plain))


def _said_again(said: str, length: int) -> bool:
    return any(said[i : i + length] in said[i + length :] for i in range(len(said) - 2 * length + 1))


def _number(sentence: Sentence) -> int | None:
    """Tell by which kind of number a sentence is led in; the innermost where there are two."""
    kinds = [kind for kind, pattern in enumerate(_NUMBERS) if pattern.search(sentence.label)]
    return kinds[-1] if kinds else None


def _heading(body: str, first: Sentence) -> str:
    said = body[first.start : first.end].rstrip("。；;：: \n")
    return said if len(said) <= _LONG // 4 and not re.search("[。；;]", said) else ""


def _rate(body: str, sentence: Sentence, first: bool, alone: bool) -> float:
    said = body[sentence.start : sentence.end]
    plain = normalise(said).text
    if (
        not sentence.whole
        or not _SHORT <= len(said) <= _LONGEST
        or _BACKWARD.match(said)
        or run_together(plain)
        or not closed(plain)
    ):
        return 0.0
    if not _directs(plain) or _TELLS.search(plain) or _NOBODY.match(plain):
        return 0.0
    score = 0.5 + 0.5 * max(-2.0, min(2.0, weigh(plain)))
    score += 0.4 * min(3, len(set(_CONCRETE.findall(said)))) - 1.0 * len(_STOCK.findall(said))
    score += 0.8 * bool(asked_department(said)) + 0.4 * said.startswith("建议")
    score -= max(0, len(said) - _LONG) / 40 + (0.6 if len(said) < _SHORT + 6 else 0.0)
    # Behind its number a heading often ran into what follows it: of several sentences another one reads better.
    if first and not alone and sentence.label and len(said) > _HEADED and re.search("[，,].*[，,]", said):
        score -= 1.0
    if sentence.label and len(re.split("[,:;]", plain)[0]) > _CLAUSE and not re.match("建议|由|将|把|对|为|在", plain):
        score -= 0.7
    return round(score, 4)


def _directs(plain: str) -> bool:
    """Tell whether one of the first clauses says what is to be done."""
    clauses = re.split("[,;:。]", plain)[:_BEGINS]
    if any(_MODAL.search(clause) or verbs().match(_LED_IN.sub("", clause)) for clause in clauses):
        return True
    # 区财政设立补助: whoever is to do it comes first.
    return weigh(plain) >= 0 and any(verbs().search(clause[:_WHO]) for clause in clauses)
