from __future__ import annotations

import numpy as np
import pytest

from tests.recommend.archive import ENCODER, aligner, read
from xiansuo.recommend.aligning.theme_evidence import Encode
from xiansuo.recommend.aligning.written import Written
from xiansuo.recommend.texts import ReadText
from xiansuo.records import WorkTheme


def _written(words: list[str], *texts: ReadText, encode: Encode = ENCODER.encode) -> Written:
    theme = WorkTheme(id="T1", name=words[0], keywords=tuple(words), version="2026")
    return aligner([theme], texts, encode).written


def test_title_and_text_are_told_apart() -> None:
    written = _written(["渔港", "疏浚"], read("a", "渔港淤积", "航道多年没有疏浚。"))
    assert (written.titled["渔港"], written.titled["疏浚"]) == ({"a"}, set())
    assert written.found["疏浚"] == {"a"}
    assert written.documents == 1


@pytest.mark.parametrize(
    "text",
    [
        "退役风机无处安放。",
        "退役\n风机无处安放。",
        "风机到期要退役，没有人管。",
        "风机到期。\n\n第一批年底退役。",
    ],
)
def test_who_speaks_of_it_in_another_guise_speaks_of_it(text: str) -> None:
    assert _written(["退役风机"], read("a", "题", text)).rare["退役风机"] == {"a"}


def test_other_width_and_script_are_the_same_word() -> None:
    assert _written(["ETC通道"], read("a", "题", "高速口ｅｔｃ通道常坏。")).rare["ETC通道"] == {"a"}


def test_who_says_it_in_other_words_speaks_of_it() -> None:
    class Knowing:
        def encode(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            return np.tile(np.eye(1, ENCODER.dimension, dtype=np.float32), (len(texts), 1))

    text = read("a", "题", "老楼盼着装上升降机。")
    known = ReadText(text.record, text.spans, Knowing().encode([""] * len(text.spans)))
    assert _written(["加装电梯"], known, encode=Knowing().encode).rare["加装电梯"] == {"a"}


def test_what_nobody_speaks_of_is_silent() -> None:
    written = _written(["远洋渔业"], read("a", "渔港淤积", "航道多年没有疏浚。"))
    assert written.rare["远洋渔业"] == frozenset()


def test_what_many_speak_of_is_not_rare() -> None:
    written = _written(["渔港"], *(read(f"d{i}", "题", "渔港淤积。") for i in range(3)))
    assert "渔港" not in written.rare
    assert len(written.found["渔港"]) == 3
