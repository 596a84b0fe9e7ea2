"""A topic's name, 6 to 16 characters of one of its titles: informative, readable, unique."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter

SHORTEST, LONGEST = 6, 16

# What titles of submissions and messages wrap their matter in.
_BEFORE = re.compile(
    r"^(?:再次|强烈|紧急|我要|联名|实名)*(?:关于|恳请|请求|请问|咨询|投诉|反映|反应|举报|呼吁|求助|质疑|建议|希望|请|对于|针对|就)+"
    r"(?:进一步|尽快|加快|切实|着力|有效|持续|大力|全面|努力|推动|解决|破解|加强|完善|推进|规范|优化|健全|强化)*(?:对|我市|我省|全市|本市)?"
)
_AFTER = re.compile(
    r"(?:的?(?:几点|若干|一些|有关|相关|意见|对策|调研|情况)*"
    r"(?:建议|提案|意见|思考|反映|报告|专报|对策|咨询|投诉|诉求|请求|倡议|请示|情况说明|信息)"
    r"|[需应]?(?:当|该)?(?:高度|引起)*(?:重视|关注))+$"
)
_BREAK = re.compile(r"[^\w\u3400-\u9fff]+")
# Words that no name begins or ends with.
_EDGE = frozenset(
    "的了在是和与及或被把对将为以等中上下内从到向又也都就还要会能可有无不请让给由于而"
    "且并其该这那此我你他们吗呢吧啊之如何至时后前个一您贵很太更最再多大小"
) | frozenset(
    [
        "关于",
        "如何",
        "什么",
        "怎么",
        "为何",
        "为什么",
        "能否",
        "是否",
        "可否",
        "何时",
        "什么时候",
        "问题",
        "建议",
        "情况",
        "希望",
        "要求",
        "应该",
        "应当",
        "需要",
        "进一步",
        "进行",
        "以及",
        "还是",
        "没有",
        "领导",
        "有关",
        "相关",
        "部门",
        "尊敬",
        "您好",
        "请问",
        "咨询",
        "投诉",
        "反映",
        "的话",
        "存在",
        "导致",
        "造成",
        "一个",
        "已经",
        "仍然",
        "依然",
        "究竟",
        "到底",
        "多次",
        "一直",
        "长期",
    ]
)
# Two names that share this much of their character pairs read as one.
_ALIKE = 0.7
_TITLES = 12


def name_topic(titles: Sequence[str], weights: Mapping[str, float], segmenter: Segmenter, taken: Set[str]) -> str:
    """Name a topic.

    :param titles: its texts' titles, the most typical first.
    :param weights: its key words with their weights.
    :param taken: names that are given already.
    """
    scored: dict[str, float] = {}
    for rank, title in enumerate(titles[:_TITLES]):
        for text, score in _stretches(title, weights, segmenter):
            # Typical titles first: the same stretch in a later title adds nothing.
            scored[text] = max(scored.get(text, 0.0), score * (1 - 0.02 * rank))
    for text in sorted(scored, key=lambda each: (-round(scored[each], 6), each)):
        if not any(_alike(text, other) for other in taken):
            return text
    return _joined(titles, weights, taken)


def bare_title(title: str) -> str:
    """Take a title out of its frame: 关于加强食堂管理的建议 becomes 食堂管理."""
    text = normalise(title).text.replace("\n", " ").strip(" 。.!?")
    text = _AFTER.sub("", text)
    stripped = _BEFORE.sub("", text)
    return stripped if len(stripped) >= SHORTEST else text


def _stretches(title: str, weights: Mapping[str, float], segmenter: Segmenter) -> Iterator[tuple[str, float]]:
    for clause in _BREAK.split(bare_title(title)):
        words = [word for word in segmenter.words(clause) if word.strip()]
        for start in range(len(words)):
            if words[start] in _EDGE:
                continue
            length, score, seen = 0, 0.0, set()
            for end in range(start, len(words)):
                word = words[end]
                length += len(word)
                if length > LONGEST:
                    break
                if word not in seen:
                    score += weights.get(word, 0.0)
                    seen.add(word)
                if length < SHORTEST or word in _EDGE or score == 0:
                    continue
                # A stretch that begins or ends where the author did reads better than one from the
                # middle.
                whole = 1.0 + 0.15 * (start == 0) + 0.25 * (end == len(words) - 1)
                yield "".join(words[start : end + 1]), score * whole / length**0.4


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (left, right))
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))


def _joined(titles: Sequence[str], weights: Mapping[str, float], taken: Set[str]) -> str:
    """Join the heaviest words where no title will do; number the name where that is taken."""
    text = ""
    for word in weights:
        if len(text) + len(word) <= LONGEST and word not in text:
            text += word
        if len(text) >= SHORTEST:
            break
    text = text or next((bare_title(title)[:LONGEST] for title in titles if bare_title(title)), "未命名")
    name, number = text, 2
    while name in taken:
        name = f"{text[: LONGEST - 3]}（{number}）"
        number += 1
    return name
