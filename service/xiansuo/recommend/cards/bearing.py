"""Whether what ties a document to a theme can be pointed at: a keyword, or words that its clause and the text share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from xiansuo.recommend.aligning.alignment import Alignment
from xiansuo.recommend.texts import ReadText
from xiansuo.records import WorkTheme
from xiansuo.text.normalise import normalise

# What clauses and texts of any subject share.
_USUAL = re.compile(
    "产业|企业|项目|建设|服务|发展|工作|美丽|重大|重点|创新|推进|推动|加强|完善|健全|机制|体系|体制|管理|实施|行动|提升|提高|促进|深化|加快|深入|积极|着力"
    r"|全面|全省|全市|全国|治理|保障|支持|改革|基础|质量|优化|升级|融合|区域|地区|中心|资源|经济|社会|政府|群众|问题|综合|专项|安全|生产|技术|科技|人才|改造"
    r"|培育|打造|平台|机构|能力|水平|作用|资金|规划|标准|环境|建立|建成|新增|新建|开展|落实|达到|以上|左右|国家|省级|现代|智能|数字|设施|条件|扩大|新型|城市|农村|防控|风险|领域|防范|隐患|救助|困难|市场|统一|一体|农业"
)
# A word of two characters, such as 文化 or 风险, tells something only where a title has it.
_NAMED = 3
_DIGITS = re.compile(r"[\d.]+")
_BETWEEN = re.compile("[的了在和与及是有为对要等中不上下也]")


def bears(text: ReadText, found: Alignment) -> bool:
    """Tell whether a reader sees why a document is said to be about a theme.

    A model may be sure by meaning alone; what nobody can point at is not shown on a card.
    """
    if any(len(word) >= _NAMED or word in text.record.title for word in found.keywords):
        return True
    said = _pairs(normalise(text.record.title).text) | _pairs(normalise(found.passage).text)
    asked = _pairs(normalise(found.clause).text) | _pairs(normalise(found.theme.name).text)
    return bool(said & asked - {word for word in found.theme.keywords if len(word) < _NAMED})


def shared_words(theme: WorkTheme, texts: Sequence[ReadText]) -> list[str]:
    """List words that a theme's name or clause shares with texts: of titles, else longer ones of bodies.

    Those of most texts come first, of these the longest.
    """
    asked = list(_runs(f"{theme.name} {theme.clause}"))
    for least, said in (
        (2, [text.record.title for text in texts]),
        (_NAMED, [text.record.text for text in texts]),
    ):
        found = Counter[str]()
        for each in said:
            plain = normalise(each).text
            found.update({word for run in asked for word in _common(run, plain, least)})
        if found:
            return sorted(found, key=lambda word: (-found[word], -len(word), word))
    return []


def _runs(said: str) -> Iterator[str]:
    """Yield runs of Chinese characters, cut at what clauses of any subject share."""
    for run in re.findall("[\u4e00-\u9fff]+", _USUAL.sub(" ", normalise(said).text)):
        yield from (part for part in _BETWEEN.split(run) if len(part) > 1)


def _common(run: str, said: str, least: int) -> Iterator[str]:
    """Yield the longest pieces of a run that stand in a text, none within another."""
    start = 0
    while start + least <= len(run):
        end = start + least
        if run[start:end] not in said:
            start += 1
            continue
        while end < len(run) and run[start : end + 1] in said:
            end += 1
        yield run[start:end]
        start = end


def _pairs(said: str) -> set[str]:
    bare = _DIGITS.sub(" ", _USUAL.sub(" ", said))
    return {bare[i : i + 2] for i in range(len(bare) - 1) if all(map(_written, bare[i : i + 2]))}


def _written(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" and letter not in "的了在和与及是有为对要等中不上下也"
