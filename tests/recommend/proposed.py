"""Proposals that tests read, written for them."""

from __future__ import annotations

from tests.recommend.archive import read
from xiansuo.recommend.texts import ReadText

TITLE = "关于改善菜场环境的提案"
BODY = (
    "一、问题\n"
    "1.菜场下水道堵塞，一下雨就积水，去年12个摊位被淹。\n"
    "2.菜场北门没有公交站，老人买菜来回要走三公里。\n"
    "二、建议\n"
    "1.由市住建局牵头更换菜场下水道，汛期前把12个积水摊位的管道疏通一遍。\n"
    "2.请市交通运输局在菜场北门增设公交站，让老人买菜少走三公里。\n"
)
DRAIN, STOP = "由市住建局牵头更换菜场下水道", "请市交通运输局在菜场北门增设公交站"


def proposal(id: str = "p1", text: str = BODY, **told: object) -> ReadText:
    """Read a proposal of two suggestions, each against a problem of its own."""
    return read(id, TITLE, text, **{"kind": "proposal", "category": "城乡建设", "date": "2026-01-10", **told})


def others() -> list[ReadText]:
    """Read texts on something else."""
    return [read(f"o{i}", "村道太窄", f"第{i}条村道会车难，夜里没有灯。", date="2026-02-01") for i in range(6)]
