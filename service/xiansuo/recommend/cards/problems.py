"""Which sentence of a proposal tells the problem that one of its suggestions is to solve."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.cards.quotes import Sentence, whole_sentences
from xiansuo.recommend.cards.short_names import closed, verbs
from xiansuo.recommend.cards.suggestion_items import Item, run_together
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Part
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import part_code

# A sentence tells a problem if it says what is missing, what goes wrong or what people suffer.
_TROUBLE = re.compile(
    r"不足|不够|不全|不清|不明|不一|不均|不平衡|不充分|不到位|不及时|不规范|不合理|不完善|不健全|不配套|不匹配|不统一|不便|不畅|不高|不强|不力|不大|不多|不愿|不敢|不会|不能|不得不|不利|不理想|不尽|不如|不了"
    r"|无法|无人|无处|无力|无序|没有|没能|未能|未(?:得到|建立|形成|出台|纳入|明确|覆盖|配|落实|完全|真正)|尚未|尚无|缺(?:乏|少|失|位|口|陷|编|人|钱)|短缺|紧缺|匮乏|空白|缺"
    r"|难(?:以|点|题|度|免|于)?|困难|滞后|薄弱|落后|偏[低高少弱慢远大重]|过[低高少多长重大快]|较[低差少弱慢]|太[低高少多长贵]|低下|混乱|乱象|乱|隐患|风险|危害|危险|事故|受伤|死亡|污染|破坏|浪费|闲置"
    r"|流失|下降|萎缩|减少|脱节|断层|推诿|扯皮|重复|交叉|盲目|随意|违[法规章]|欺诈|纠纷|矛盾|投诉|抱怨|焦虑|压力|负担|成本高|贵|慢|漏洞|短板|瓶颈|障碍|制约|影响|仅[有占为]?|只有|依赖|单一|模糊|淡薄|淡漠|弱化|流于形式|形同虚设|得不到|跟不上|两张皮"
)
_STRONG = re.compile(
    r"不足|不够|不到位|不健全|不完善|不规范|不合理|不统一|缺乏|缺失|短缺|紧缺|空白|难以|困难|无法|滞后|薄弱|偏低|偏少|过高|过低|隐患|乱象|混乱|流失|浪费|污染|尚未|没有|推诿|脱节|闲置|仅[有占为]|只有"
)
_GLAD = re.compile(
    r"成效|成绩|显著|明显(?:提升|改善|增强|提高)|取得了?|得到了|走在(?:全国)?前列|高度重视|大力支持|不断(?:提升|改善|完善|提高)|稳步|深受|欢迎|意义|十九大|习近平|指出|强调|提出要|明确提出|应运而生|有利于|有助于|为了|旨在|题中之义|有效控制|成功|全面(?:推进|实施|提升|实现)|重要(?:组成|手段|途径|保障|指标)"
)
# Many writers tell a trouble by what they counted and saw, without calling it one.
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万半]+(?:[个人户家元次天年亩辆台处间栋]|成|分之)")
_WRONG = re.compile(
    r"不(?![仅但断同过少久只管论忘差错])|没(?!收)|无(?![论疑锡线])|未(?!来|成年)|只(?:有|剩|能|够)|仅|才(?=[\d一二三四五六七八九十几])|坏|停(?!车|靠|留)|堵|涝|淹|亏|拖|欠|损|裂|漏|断(?!面)|错(?!时)|拒|怕|贵|排(?:队|到|了)|等了"
    r"|绕|吵|臭|脏|伤|亡|撤|退(?!休|役)|霉|跳闸|失效|超(?:载|限|员|标|过)|误|磨|耗|荒|锈|推(?:来推去|给|诿|责)|一半|过半|下降|减少|流失"
)
_PRAISE = re.compile(
    r"高度重视|着力解决|深入贯彻|取得[^,]{0,8}(?:成效|成绩|进展)|持续推进|起施行|进一步明确|规定了?[\":]"
)
_TURN = re.compile("但|然而|仍|不过|尚")
_PROPOSES = re.compile(
    r"^(?:建议|应当?|要(?!么)|需要?|必须|我[省市]要|亟[需待]|因此|为此|所以|综上|通过|加强|加快|推进|完善|建立|鼓励|支持)|迫在眉睫|势在必行|刻不容缓|十分必要|非常必要|亟[需待]解决"
)
_ANNOUNCES = re.compile(
    r"(?:如下|以下)[^。]{0,14}[:：。]?$|(?:主要|表现|体现|存在|原因)[^，。]{0,14}(?:有|为|是|在)?[^，。]{0,10}(?:方面|问题|原因|几点|几个|因素)[^，。]{0,4}[:：。]?$|[:：]$|[?？]$"
)
_BACKWARD = re.compile(
    r"(?:这|该(?!省|市|县|区|院|校)|此|其(?!中|他)|他们|她们|它们|上述|以上|由此|对此|只有|从而|以此|据此|否则|即|所以|因而|而且|并且|也|又|则|三是|如此|使得?|导致|造成|从而|进而|最终|且|虽然|尽管|尤其|特别是|并|而|但|不过|然而|因此|因为|由于|如果|如(?!何|皋|东)|即使|另一方面|其中|[一二三四]是|加之|再加上|加上|为此|于是|例如|比如|有的|还有|总之|可见|甚至|二者|两者)"
)
_LEAST, _CLAUSE, _LONG = 14, 16, 110
# A heading that lost its line break to the text that it heads.
_RAN_IN = re.compile(
    r"(?:薄弱|不到位|滞后|不够|缺失|难度[高大]|不足|不高|跟不上|不全|不清|突出|不强|不健全|不完善|缺乏|困难|严重|完善|明显)"
    r"(?=对|据|经|由于|目前|政府|民宿|各|因|在|我|当前|一些|随着|如|部分|有些|大多|农村|学校|企业|互联网|居民|从|根据|许多|很多|虽然|尽管|按照|近年|民|有的|调查|通过|涉及|主要)"
)
_ASIDE = re.compile("(?<=[\u4e00-\u9fff])(?:另)?一方面")
# What speaks of nobody in particular, and what is a suggestion in disguise.
_BARE = re.compile(
    r"建议|没有做到|^(?:在全国|我[省市]普遍|普遍|投资|出现|增加|没有|无|影响|其他|还有|存在的?(?:主要)?问题|已经?|管理|如何)|目标设定|行动计划|印发了|[(（][^)）]*$|\?|国外|发达国家|美国|日本|英国|德国|世纪|香港|台湾|泰晤士|^可支配|领导|意识|认识|主要(?:原因|问题)?[是有]?:"
)
_FEW = 5
_USUAL = re.compile(
    "进一步|发展|建设|完善|健全|突出|情况|方面|工作|问题|提高|水平|政策|制度|机制|体系|加强|建立|相关|促进|影响|困难|实际|服务|管理"
)
_EMPTY = frozenset("的了在和与及是有为对要等中不上下也")


@dataclass(frozen=True, slots=True)
class _Limits:
    """How near a problem is to what is asked for, in meaning, in pairs of characters, and both together."""

    near: float
    shared: int
    enough: float


_WIDE, _NARROW, _SHORT_TEXT = _Limits(0.31, 2, 0.55), _Limits(0.15, 1, 0.4), 1_100


@dataclass(frozen=True, slots=True)
class Told:
    """A problem with the sentence that asks for something against it, and how well the two fit."""

    problem: Sentence
    asking: Sentence
    fit: float


def find_problems(text: ReadText, items: Sequence[Item], likeness: NDArray[np.float64]) -> list[Told | None]:
    """Find for each item the sentence that tells its problem; None where no sentence does.

    A problem is given to the item that it fits best, so that no two items share one.

    :param likeness: cosines of all passages, the title first, with each other, as seen from the archive's mean.
    """
    body = text.record.text
    whole = whole_sentences(text)
    usual = Counter(pair for each in whole for pair in _pairs(body[each.start : each.end]))
    often = max(_FEW, len(whole) // 4)
    # What the whole text is about tells no problem from another.
    about = _pairs(text.record.title) | {pair for pair, count in usual.items() if count > often}
    before = [
        (each, trouble(body[each.start : each.end], each)) for each in whole if each.part != part_code(Part.SUGGESTIONS)
    ]
    # In a short text all is on one matter, and little in common is enough.
    limits = _NARROW if len(body) < _SHORT_TEXT else _WIDE
    rated = []
    for column, item in enumerate(items):
        for place, (asking, rate) in enumerate(item.asking):
            asked = _pairs(body[asking.start : asking.end]) - about
            for row, (problem, weight) in enumerate(before):
                if weight <= 0:
                    continue
                said = _pairs(body[problem.start : problem.end]) - about
                near = float(likeness[np.ix_(problem.passages, asking.passages)].mean())
                shared = len(asked & said)
                if near < limits.near or shared < limits.shared:
                    continue
                part = shared / max(_FEW, min(len(asked), len(said)))
                score = near + part + 0.1 * weight + 0.05 * rate
                rated.append((round(score, 4), -row, -column, -place))
    chosen: dict[int, Told] = {}
    used: set[int] = set()
    for score, row, column, place in sorted(rated, reverse=True):
        if -column in chosen or -row in used or score < limits.enough:
            continue
        chosen[-column] = Told(before[-row][0], items[-column].asking[-place][0], score)
        used.add(-row)
    return [chosen.get(place) for place in range(len(items))]


def trouble(said: str, sentence: Sentence) -> float:
    """Weigh how far a sentence tells a problem; 0 and below: it does not."""
    plain = normalise(said).text
    if not sentence.whole or not _LEAST <= len(said) <= _LONG or _PROPOSES.search(said) or _ANNOUNCES.search(said):
        return 0.0
    words = {word for word in _TROUBLE.findall(plain) if len(word) > 1}
    if _BACKWARD.match(plain) or run_together(plain):
        return 0.0
    counted = bool(_FIGURE.search(plain) and _WRONG.search(plain))
    if not (_STRONG.search(plain) or len(words) > 1 or counted):
        return 0.0
    first = re.split("[,:;]", plain)[0]
    if (
        _RAN_IN.search(plain)
        or _ASIDE.search(plain)
        or _BARE.search(plain)
        or _directs(plain)
        or not closed(plain)
        or (sentence.label and len(first) > _CLAUSE)
    ):
        return 0.0
    if _PRAISE.search(plain) and not _TURN.search(plain):
        return 0.0
    score = min(2.0, 0.5 * len(words)) + 0.5 * bool(_STRONG.search(plain) or counted)
    score += 0.5 * bool(re.search(r"\d", said)) - 1.0 * len(_GLAD.findall(said))
    return round(score - max(0, len(said) - _LONG // 2) / _LONG, 4)


def _directs(plain: str) -> bool:
    """Tell whether a sentence rather says what to do: a clause begins with a task's verb before any trouble is told."""
    for clause in re.split("[,;:]", plain):
        if _TROUBLE.search(clause):
            return False
        if verbs().match(clause) or clause.startswith("突出"):
            return True
    return False


def _pairs(said: str) -> set[str]:
    said = _USUAL.sub(" ", said)
    bare = "".join(letter if letter.isalnum() and letter not in _EMPTY else " " for letter in said)
    return {bare[i : i + 2] for i in range(len(bare) - 1) if " " not in bare[i : i + 2]}
