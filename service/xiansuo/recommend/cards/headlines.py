"""Titles for a submission on a matter, after the patterns that good ones have."""

from __future__ import annotations

import re

_ACTS = re.compile(
    r"^(?:加快|加强|完善|推进|推动|规范|优化|健全|强化|整合|盘活|尽早|便利|减轻|提升|建立|建设|打造|扩大|明确|支持|落实|做好|满足|改进|保障|破解|解决|打通|畅通|增设|恢复|整治|活化|减少|消除|便利|设立|开展|延长|增加|实现|取消)"
    r"|(?:解决|破解|整治|配备|引入|利用)"
)
_TROUBLE = re.compile(
    r"(?:难|难题|问题|矛盾|不足|隐患|风险|乱象|扰民|太短|压减|欠费|短缺|困难|不便|太慢|太暗|严重|不合理|不公平|不透明|不到位|不符)$"
)
# In a name that tells what goes wrong.
_WRONG = re.compile(
    r"[不没难断亏坏堵缺漏丢损欠拖吵臭裂塌淹涝超限偏贵慢脏乱]|无(?!人机|障碍|线|纸)|停(?!车)|压减|下降|倒灌|进水|之苦|只有|收不|靠捐|少|失|闲置|空置|催单|脱落|污染|滞后|堆|占用|事故|受伤"
)
_CLAUSE = 10
_ASKS = re.compile(r"何时|何年|什么时候|能否|可否|是否|为什么|为何|为啥|怎么|如何|多久|哪些|哪里|谁来|归谁")
_CITY = "市本级"
_SHARED = 2


def for_matter(name: str, place: str) -> tuple[str, ...]:
    """Offer titles for a matter: suggestion, appeal, local case.

    :param place: the one place that all texts come from, else empty.
    """
    local = f"{place}{name}" if place and place not in name and place != _CITY else name
    if _ASKS.search(name):
        return (f"关于回应“{name}”的建议", f"群众关心“{name}”，应予回应", f"“{name}”：情况、原因与对策")
    if _ACTS.search(name):
        return (f"关于{name}的建议", f"{name}需迈过几道坎", f"{local}的情况与建议")
    if _TROUBLE.search(name):
        return (f"关于解决{name}的建议", f"{name}应引起重视", f"{local}：情况、原因与对策")
    if not _WRONG.search(name):
        # A name that only says what it is about is nothing to be solved.
        return (f"关于{name}有关问题的建议", f"{name}有关问题应引起重视", f"{local}：情况、问题与对策")
    titles = (f"关于解决{name}问题的建议", f"{name}，应引起重视", f"{local}：情况、原因与对策")
    # What is told in a clause is not put into another one.
    return titles if len(name) < _CLAUSE else (titles[1], titles[0], titles[2])


def for_gap(theme: str, word: str) -> tuple[str, ...]:
    """Offer titles for what a theme asks for; `word` is what nobody wrote of, empty where that cannot be said."""
    if not word:
        return (f"{theme}的现状、难点与对策", f"推进{theme}的难点与建议")
    return (f"关于{word}的建议", f"{word}的现状、难点与对策", f"推进{theme}需关注{word}")


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
