"""Titles for a submission on a matter, after the patterns that good ones have."""

from __future__ import annotations

import re

from xiansuo.recommend.cards.short_names import leading_verb

_ACTS = re.compile(
    r"^(?:加快|加强|完善|推进|推动|规范|优化|健全|强化|整合|促进|助推|借鉴|发挥|培育|深化|构建|改善|整合|盘活|尽早|便利|减轻|提升|建立|建设|打造|扩大|明确|支持|落实|做好|满足|改进|保障|破解|解决|打通|畅通|增设|恢复|整治|活化|减少|消除|便利|设立|开展|延长|增加|实现|取消)"
    r"|(?:解决|破解|整治|配备|引入|利用)"
)
_TROUBLE = re.compile(
    r"(?:难|难题|问题|矛盾|不足|隐患|风险|乱象|扰民|太短|压减|欠费|短缺|困难|不便|太慢|太暗|严重|不合理|不公平|不透明|不到位|不符)$"
)
# In a name that tells what goes wrong.
_WRONG = re.compile(
    r"[不没难断亏坏堵缺漏丢损欠拖吵臭裂塌淹涝超限偏贵慢脏乱]|无(?!人机|障碍|线|纸)|溺|错配|(?:常|上)锁|停(?![车放靠泊])|压减|下降|浪费|倒灌|进水|之苦|只有|收不|靠捐|少(?![年儿数先])|失|闲置|空置|催单|脱落|污染(?!责任|防|治|源|物)|滞后|堆|占用|事故|受伤|翻倍|咣当|排队|跑腿|一夜"
)
# What is done about a name that tells neither what goes wrong nor what to do, by how it ends.
_DONE_ABOUT = (
    (re.compile(r"(?:体系|机制|制度|政策|办法|补偿|保障|待遇|规划|布局|设施|网络|标准|条件|配置|管护)$"), "完善"),
    (
        re.compile(r"(?:保护|防控|监管|管理|治理|建设|监督|培养|培训|修缮|护理|执法|防治|修复|救助|教育|处理|处置)$"),
        "加强",
    ),
    (re.compile(r"(?:发展|融合|转化|转换|转型|合作|就业|增收|流通|振兴)$"), "促进"),
    (re.compile(r"(?:改造|改革|[^变]化|一体化|合一|分类|试点|共享|互认|改躺睡)$"), "推进"),
    (re.compile(r"(?:供给|供应|供水|服务|质量|素养|水平|功能|能力)$"), "改进"),
    (re.compile(r"(?:产业|旅游|经济|行业)$"), "发展"),
    (re.compile(r"(?:战略|法)$"), "实施"),
    (re.compile(r"(?:负担|压力)$"), "减轻"),
)
_CLAUSE = 10
# What somebody asks for is a title as it stands.
_WANTED = re.compile(
    "(?P<subject>.{2,}?)(?:亟待|亟需|急需|有待|盼|(?<![供内刚急必特所])需(?![求要])|(?<![供响适反对相])应(?![急用对])).{2,}"
)
_ASKS = re.compile(r"何时|何年|什么时候|能否|可否|是否|为什么|为何|为啥|怎么|如何|多久|哪些|哪里|谁来|归谁")
_CITY = "市本级"
_SHARED = 2
# A keyword of so many characters says what it is about: 矿山 alone is no matter.
_SAYS_ITSELF = 4
_AMOUNT = re.compile(
    r"(?<![第\d+])\d[\d.]*[万亿]?多?(?:个|家|条|所|处|项|张|座|种|批|名|人|户|套|公里|台|艘|亩|场|次|吨)(?:以上|左右)?"
)


def for_matter(
    name: str, place: str, problem: str = "", act: str | None = None, *, situation: bool = False
) -> tuple[str, ...]:
    """Offer titles for a matter: suggestion, appeal, local case.

    :param place: the one place that all texts come from, else empty.
    :param problem: what is wrong in a few words, empty where that cannot be said.
    :param act: what is to be done about it, as the texts' titles say; None where that is to be told by the name.
    :param situation: the name is a clause that tells what goes on.
    """
    local = f"{place}{name}" if place and place not in name and place != _CITY else name
    # Said of something else than the name, a trouble is no title for it.
    appeal = f"{problem}，应引起重视" if share(name, problem) else ""
    if _ASKS.search(name):
        return (f"关于回应“{name}”的建议", f"群众关心“{name}”，应予回应", f"“{name}”：情况、原因与对策")
    if _ACTS.search(name):
        return _told(f"关于{name}的建议", appeal or f"{name}需迈过几道坎", f"{local}的情况与建议")
    if _TROUBLE.search(name):
        return _told(f"关于解决{name}的建议", appeal or f"{name}应引起重视", f"{local}：情况、原因与对策")
    if wanted := _WANTED.fullmatch(name):
        subject = wanted["subject"]
        about = f"{local.removesuffix(name)}{subject}：情况、原因与对策"
        return _told(name, appeal, about if len(subject) >= _SAYS_ITSELF else "")
    thing = any(ends.search(name) for ends, _ in _DONE_ABOUT)
    if not _WRONG.search(name) and (act is not None or thing or not situation):
        # A name that only says what it is about is nothing to be solved.
        return _told(f"关于{_act(name) if act is None else act}{name}的建议", appeal, f"{local}：情况、问题与对策")
    titles = (f"关于解决{name}问题的建议", f"{name}，应引起重视", f"{local}：情况、原因与对策")
    # What is told in a clause is not put into another one.
    long = len(name) >= _CLAUSE or (situation and not _WRONG.search(name))
    return (titles[1], titles[2]) if long else titles


def for_gap(theme: str, word: str) -> tuple[str, ...]:
    """Offer titles for what a theme asks for; `word` is what nobody wrote of, empty where that cannot be said."""
    task = without_amounts(theme)
    acts = bool(leading_verb(task))
    if word and word not in task:
        also = f"{task}需关注{word}" if acts else f"推进{task}需关注{word}"
        named = f"{word}的现状、难点与对策"
        return (f"关于{_act(word)}{word}的建议", named, also) if len(word) >= _SAYS_ITSELF else (also, named)
    if acts:
        return (f"关于{task}的建议", f"{task}：进展、难点与对策")
    return (f"{task}的现状、难点与对策", f"推进{task}的难点与建议")


def without_amounts(theme: str) -> str:
    """Leave out of a task's name how many there are to be: 新增养老机构150家 asks for 新增养老机构."""
    return _AMOUNT.sub("", theme) or theme


def _act(name: str) -> str:
    return next((act for ends, act in _DONE_ABOUT if ends.search(name)), "")


def _told(*titles: str) -> tuple[str, ...]:
    return tuple(title for title in dict.fromkeys(titles) if title)


def for_proposal(topic: str, asked: str, problem: str) -> tuple[str, ...]:
    """Offer titles for one suggestion of a proposal.

    :param topic: the proposal's subject; `asked`: what the suggestion asks for; `problem`: what is wrong, each in a
        few words, empty where that cannot be said.
    """
    titles = []
    if asked:
        titles.append(f"关于{asked}的建议" if not topic or share(topic, asked) else f"{topic}：建议{asked}")
    if problem:
        titles.append(
            f"{problem}，应引起重视" if not topic or share(topic, problem) else f"{topic}：{problem}，应引起重视"
        )
    if topic:
        titles.append(f"{topic}：情况、原因与对策")
    return tuple(dict.fromkeys(titles))


def for_follow_up(subject: str, ago: str, done: bool) -> tuple[str, ...]:
    """Offer titles for what has become of a matter.

    :param ago: how long ago it was adopted or promised, as in 1 年 2 个月.
    :param done: something was promised about it; else it was adopted only.
    """
    later = f"{subject}：{ago}后再看" if ago and not ago.startswith("0 ") else f"{subject}：后来怎么样"
    kept = f"{subject}：承诺的事落实得怎么样" if done else f"{subject}：采用之后的新情况"
    return (kept, later, f"关于{subject}落实情况的续报")


def share(topic: str, said: str) -> bool:
    """Tell whether words say the subject themselves."""
    pairs = {topic[i : i + 2] for i in range(len(topic) - 1)}
    return sum(said[i : i + 2] in pairs for i in range(len(said) - 1)) >= _SHARED
