"""Suggestions that nothing announces: the closing run of sentences that say what should be done.

Many writers end with them and give no heading: 希望…, 请…两家碰个头, 能不能…, 一是…二是…, or plain directives. A
sentence speaks for this by its mood (hopes, requests, modal verbs, an actor told to act), and against it when it
reports (done things, quotations, shares, dates, shortcomings). The best run is the one with the highest sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = r"(?:第?[一二三四五六七八九十](?:是|要|、|,)|其[一二三四五六],|\(?[一二三四五六1-9]\)|[1-9][.、])?"
_WHO = r"(?:但|所以|因此|同时|还有|另外|为此|也|还|更|我们?|大家|群众|居民|村民|企业|家长|医生|业主)*"
# Wishes and requests, then orders: only at the beginning of a clause, after its number and who speaks.
_WISH = (
    r"希望(?!小学|工程)|盼(?:望|着|请)?(?!了)|期盼|期待|恳请|想请|应请|请(?![示假客教人来了问])|呼吁|建议|愿(?!意)"
    r"|能不能|能否|可否|可不可以|是否可以|不妨|最好|应(?![急用对届])|宜(?!居)|须|必须"
)
_ORDER = (
    r"由(?!于)|把|将(?!近|来)|让|给(?!了)|对(?!于|比|照)|先(?!后|是)|再(?!就是|有|说|加上|往)|按(?!理)|可(?!是|惜|见)"
    r"|要(?!求|命)|不得|不要|不许|不能|别|尽快|尽早|抓紧|加快|加强|加大|加装|建立|健全|完善|推动|推行|推广"
    r"|明确|强化|细化|出台|制定|修订|鼓励|支持|探索|落实|统筹|统一|严格|规范|设立|设置|增设|引导|优化|开展|组织|实行|实施|允许|列入|纳入|公布|公开|配置|配备|提高|依法"
)
# The same said further on, and what is usually done by order: 由…负责, 写进, 一律, 每季度公布.
_WITHIN = (
    r"能不能|能否|可否|不妨|建议|希望|应当|应该|应(?<![适相反响供对效]应)(?=[尽由把将在按先要以纳有给])|可(?=[由考参])|可以"
    r"|要(?=[把由让有先])|由(?<![自理缘事]由)(?!于|此|来|衷)|牵头|负责(?!人)|优先|给予|统一|允许|每季度|定期|不得|不再|不许|一律|限期"
    r"|出面|列入|纳入|写[明清进入]|改[成为]|放[到进]|挂[到进]|贴[到进]|改[到进]|延[到进]|公示|公布|公开|备案|想法是|办法是"
)
# What has happened, was said or was counted.
_DONE = (
    r"了(?![解结断的就才])|过(?<![超通经不]过)(?=[,。;:个一几两三\d])|着(?<![试空闲接跟沿盼随有]着)(?![手力眼重想])"
    r"|说(?<!再说)(?!明|到底)|问:|答:|告诉|据(?<![数根依凭收单票]据)(?!此)|反映|据显示|果显示|查显示|发现|只有"
    r"|没有(?![^,。;]{1,12}的)|没人|仍|已(?!经?[改办建签装卖开有])|占(?=[\d一二三四五六七八九总全到了])|其中|平均|以来|去年|昨|目前|原因|根源|存在|:\"|,\""
)
_LACK = (
    r"不足|不够|不到位|缺乏|缺失|短缺|不全|不清|不明|难以|不完善|不健全|滞后|薄弱|偏[低高少弱]|难(?=[。,;]|$)|跟不上"
    r"|不高(?!于)|不住"
)
# Each of the last three is known by its first character; most characters begin none.
_FIRST = "".join(sorted({word[0] for word in re.split(r"\|(?![^(]*\))", f"{_WITHIN}|{_DONE}|{_LACK}")}))
_PATTERN = re.compile(
    rf"(?<![^,:;。、!?\]\)\n]){_ITEM}{_WHO}(?:(?P<wish>{_WISH})|(?P<order>{_ORDER}))"
    rf"|(?=[{_FIRST}])(?:(?P<within>{_WITHIN})|(?P<done>{_DONE})|(?P<lack>{_LACK}))"
)
_WEIGHT = {"wish": 2.0, "order": 1.0, "within": 1.0, "done": -1.0, "lack": -1.0}
_LEAST, _MOST = -2.0, 2.5
# Added where a run may begin: with an announcement, with the first item of a list, with a line.
_ANNOUNCED, _LISTED, _LINE = 2.5, 1.0, 1.0
# A run is one of suggestions from this sum on, its line not counted.
_ENOUGH = 2.0
# So far below the best run, nothing further up will surpass it.
_HOPELESS = 4.0

# Belongs to no part: 我想提这么几条。 对策上，… 怎么改，工人们有一些主意：
_SAYING = (
    "想法|意见|主意|办法|点子|要求|诉求|对策|措施|思路|建议|希望|盼望|期盼|需要做的|要做的|可以办的|能办的|怎么改|怎么办"
    "|[这那]样办|这么办"
)
_COUNTED = r"[几一两三四五六](?:[条件](?:事|想法|意见|主意|建议)?|点(?:想法|意见|看法|建议)?(?=[:。]))"
_ANNOUNCING = re.compile(
    r"(?![^。!?;:\n]*(?:问题|原因|症结|困难|毛病))[^。!?;:\n]{0,24}?"
    rf"(?:(?:{_SAYING})[^。!?;:\n]{{0,16}}(?::|$)"
    rf"|(?:{_COUNTED})(?:[^。!?;:\n]{{0,8}}|,[^。!?;:\n]{{0,20}})(?:[:。]|$))"
)
_FIRST_ITEM = re.compile(r"第?一(?:是|要|、|,)|其一,|[(\[]?[一1][)\]]|1[.、]")
_LATER_ITEM = re.compile(r"第?[二三四五六七八九十](?:是|要|、|,)|其[二三四五六],|[(\[]?[二三四五六2-9][)\]]|[2-9][.、]")
# A heading that lost its line break to the list it heads, wherever it stands.
_RUN_IN = re.compile(r"(?:具体)?(?:建议|对策)(?:如下)?:?(?=[一1][、.]|\([一1]\))")
# A text that sets rules, or a report in a newspaper, says itself what it is; its directives are its contents.
_OTHER_GENRE = re.compile(
    r"本(?:办法|通知|方案|公告|意见|规定|细则|指引)(?:自|所称|由|为准)|自印发之日起|现予(?:公布|公告|印发)"
    r"|现(?:将|就)[^。\n]{0,30}(?:通知|公告)如下|现答复如下|记者[从在获了]|咨询(?:电话|时间)|有关负责人(?:介绍|表示|说)"
)


def find_closing(text: str, spans: Sequence[tuple[int, int]], *, after: int) -> tuple[int, int] | None:
    """Find where the closing suggestions begin.

    :param text: a normalised body.
    :param spans: its sentences.
    :param after: nothing before this place is looked at; the first sentence never is.
    :return: where the announcing sentence begins, if there is one, and where the suggestions themselves do;
        None if no closing run is clearly one of suggestions.
    """
    if _OTHER_GENRE.search(text):
        return None
    run_in = _RUN_IN.search(text, after)
    if run_in:
        return run_in.span()
    best: tuple[int, int] | None = None
    total = top = clear = 0.0
    for start, end in reversed(spans[1:]):
        if start < after or total < top - _HOPELESS:
            break
        weight = weigh(text[start:end])
        announced = _ANNOUNCING.match(text, start, end) if total + max(weight, 0.0) > 0 else None
        if announced:
            here = total + _ANNOUNCED + (weight if announced.end() < end else 0.0)
            content = announced.end() + text.startswith("\n", announced.end())
            total += max(weight, 0.0)
        else:
            content = start
            total += weight
            here = total
        if _FIRST_ITEM.match(text, content):
            here += _LISTED
        line = _LINE if text[start - 1] == "\n" else 0.0
        if here + line > top and _may_begin(text, start):
            best, top, clear = (start, content), here + line, here
    return best if clear >= _ENOUGH else None


def weigh(sentence: str) -> float:
    """Weigh a normalised sentence: above 0 it tells what should be done, below 0 what is; from -2 to 2.5."""
    total = sum(_WEIGHT[str(each.lastgroup)] for each in _PATTERN.finditer(sentence))
    return max(_LEAST, min(_MOST, total))


def _may_begin(text: str, start: int) -> bool:
    """Tell whether a run may begin here: not in the middle of a sentence or of a list."""
    return text[start - 1] != ";" and not _LATER_ITEM.match(text, start)
