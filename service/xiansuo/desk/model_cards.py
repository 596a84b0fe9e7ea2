"""What was trained or chosen and changes an answer, each with its quality card (质量卡片)."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.errors import NotFound

_PARTS = {
    "relation": "查重：两篇是什么关系",
    "lookup": "写前查一查：报过没有",
    "heat": "热度的算法",
    "themes": "从工作报告里找任务",
    "alignment": "材料与中心工作的对照",
    "ranking": "选题的排序",
    "replies": "答复办了没有",
    "lexicon": "词表",
    "points": "月报的计分",
    "adaptation": "学习档案的做法",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that answers rest on; `own` where the office has calibrated it on its own material."""

    name: str
    title: str
    own: bool


def parts(desk: Desk) -> list[Part]:
    """List what answers rest on beside the encoder, the most asked first."""
    there = {path.parent.name for path in artefacts.models().glob("*/card.md")}
    encoders = {each.name for each in shelf.listing(desk.settings.home)}
    known = [name for name in _PARTS if name in there]
    names = [*known, *sorted(there - encoders - set(known))]
    return [Part(name, _PARTS.get(name, name), desk.own_weights(name).is_file()) for name in names]


def card_of(desk: Desk, name: str) -> str:
    """Return a card in Markdown: of a part, a shipped encoder, or one that has learnt this archive.

    :raises NotFound: nothing of this name has a card.
    """
    shipped = {path.parent.name: path for path in artefacts.models().glob("*/card.md")}
    learnt = {each.name: each.card for each in shelf.listing(desk.settings.home) if each.card is not None}
    path = learnt.get(name) or shipped.get(name)
    if path is None:
        raise NotFound(f"“{name}”没有质量卡片。", advice="请从“模型”页进入。")
    return path.read_text(encoding="utf-8")
