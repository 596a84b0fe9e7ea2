"""What a title says without its frame, cut into clauses of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter
from xiansuo.topics.phrases import apart

SHORTEST = 6
"""Characters that a title has left at least when its frame is taken off."""

# What titles of submissions and messages wrap their matter in.
_BEFORE = re.compile(
    r"^(?:再次|强烈|坚决|紧急|我要|联名|实名)*"
    r"(?:关于|恳请|请求|请问|询问|请教|敦促|督促|咨询|投诉|反映|反应|举报|呼吁|求助|质疑|反对|抗议|控告|建议|希望|期待|请|对于|针对|就)+"
    r"(?:进一步|尽快|加快|切实|着力|有效|持续|大力|全面|努力|推动|解决|破解|加强|完善|推进|规范|优化|健全|强化)*(?:对|我市|我省|全市|本市)?"
)
_AFTER = re.compile(
    r"(?:的?(?:几点|若干|一些|有关|相关|意见|对策|调研|调查|情况)*"
    r"(?:建议|提案|意见|思考|反映|报告|专报|对策|咨询|投诉|诉求|请求|倡议|请示|情况说明|信息|调查|综述)"
    r"|[需应]?(?:当|该)?(?:高度|引起)*(?:重视|关注)"
    r"|不容忽视|值得(?:警惕|关注|重视)|令人(?:担忧|忧心)|亟[待需][\u3400-\u9fff]{2}|[需应](?:予以?|再|尽快)?(?:改进|发力|解决|缓解))+$"
)
# What a frame leaves at the end of a clause: 应予 of 应予重视, the joining word of 成因及对策.
_LEFT = re.compile(r"(?:应予以?|应当?引起|亟[待需]|值得|的?(?:成因|启示)?(?:以及|[与及和]))+$")
# 0-3岁 is one thing.
_BREAK = re.compile(r"(?<!\d)[^\w\u3400-\u9fff]+|[^\w\u3400-\u9fff]+(?!\d)")
_BLANK = re.compile(r"\s+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》|「[^」]*」")


def bare_title(title: str) -> str:
    """Take a title out of its frame: 关于加强食堂管理的建议 becomes 食堂管理."""
    text = normalise(title).text.replace("\n", " ").strip(" 。.!?")
    text = _AFTER.sub("", text)
    stripped = _BEFORE.sub("", text)
    return stripped if len(stripped) >= SHORTEST else text


def title_grams(title: str) -> list[str]:
    """Cut a normalised title into its pairs and triples of neighbouring characters, repeats kept."""
    return [title[start : start + size] for size in (2, 3) for start in range(len(title) - size + 1)]


def clauses(title: str, segmenter: Segmenter) -> list[list[str]]:
    """Cut a title, taken out of its frame, into clauses of words; what stands in quotes stays in its clause."""
    whole = _QUOTED.sub(lambda found: _BREAK.sub("", found[0]), bare_title(_BLANK.sub("，", title.strip())))
    told = (_LEFT.sub("", clause) for clause in _BREAK.split(whole))
    cut = ([word for word in segmenter.words(clause) if word.strip()] for clause in told)
    return [apart(words) for words in cut if words]


def neighbours(title: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """List the neighbouring words of a title, which are asked of `Joints`."""
    return [pair for clause in title for pair in zip(clause, clause[1:], strict=False)]


def spoken(words: Sequence[str]) -> list[str]:
    """Say for each word as what it is spoken: a number or code with the word beside it, 7号线, the others alone."""
    said = list(words)
    for place, (left, right) in enumerate(zip(words, words[1:], strict=False)):
        if mixed(left, right):
            said[place] = said[place + 1] = left + right
    return said


def mixed(left: str, right: str) -> bool:
    """Tell whether a number or code stands before another one or a word, to which it belongs: 7 and 号线."""
    return left[-1].isascii() and left[-1].isalnum() and right[0].isalnum()
