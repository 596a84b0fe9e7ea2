"""Which work theme a document is about does not depend on which others are asked for with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tests.recommend.archive import ENCODER, ground, read
from xiansuo.recommend.alignment import Aligner
from xiansuo.records import WorkTheme
from xiansuo.text.segment import segmenter

THEMES = [
    WorkTheme(
        id="T1", name="养老服务", clause="办好老年食堂，开展送餐。", keywords=("老年食堂", "送餐"), version="2026"
    ),
    WorkTheme(id="T2", name="渔港建设", clause="疏浚渔港航道。", keywords=("渔港", "疏浚"), version="2026"),
]
TEXTS = [
    read("a", "老年食堂亏损", "老年食堂就餐的少，送餐没有人手。"),
    read("b", "渔港淤积", "渔港航道多年没有疏浚。"),
    read("c", "老人吃饭难", "盼着送餐上门。"),
    read("d", "盲道被占", "共享单车停在盲道上。"),
]


def aligner(asked: Sequence[str] | None, told: list[str]) -> Aligner:
    """Compare the themes with some texts; `told` gets all that is encoded."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        told.extend(texts)
        return ENCODER.encode(texts)

    return Aligner(THEMES, TEXTS, ground(TEXTS).centre, encode, segmenter().words, asked)


def test_documents_asked_for_alone_are_aligned_as_among_all() -> None:
    every = aligner(None, []).aligned
    assert {"a", "b"} <= every.keys()
    for asked in (["a"], ["b", "d"], ["d"], []):
        assert aligner(asked, []).aligned == {id: every[id] for id in asked if id in every}


def test_other_guises_of_words_are_looked_for_only_when_asked() -> None:
    told: list[str] = []
    made = aligner(["a"], told)
    assert len(told) == len(THEMES)
    assert made.written.found["送餐"] == {"a", "c"}
    assert made.written.rare["疏浚"] >= {"b"}
    assert made.written is made.written
    assert len(told) > len(THEMES)
