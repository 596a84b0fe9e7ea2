"""Letters keep their place in the original, however it is written."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.text.letters import letters_of
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import read_passages
from xiansuo.text.shingles import bare

written = st.text("路灯坏了，。！\n 　ＡbＣ㈠①…ﬁİ臺電\u200b“”１２《》", max_size=60)


def whole(text: str) -> np.ndarray:
    return np.array([[0, len(text)]], dtype=np.int32)


@given(text=written)
def test_letters_are_those_that_copies_are_compared_by(text: str) -> None:
    assert letters_of(text, whole(text)).text == bare(normalise(text).text)


@given(body=written)
def test_letters_of_passages_are_those_of_their_texts(body: str) -> None:
    passages = read_passages("路灯", body)
    letters = letters_of(body, passages.spans[1:])
    texts = [bare(text) for text in passages.texts[1:]]
    assert letters.text == "".join(texts)
    assert len(letters.places) == len(letters.text)
    assert letters.ends.tolist() == np.cumsum([len(text) for text in texts], dtype=np.int64).tolist()


@given(text=written, data=st.data())
def test_the_span_of_some_letters_holds_them(text: str, data: st.DataObject) -> None:
    letters = letters_of(text, whole(text))
    if not letters.text:
        return
    start = data.draw(st.integers(0, len(letters.text) - 1))
    stop = data.draw(st.integers(start + 1, len(letters.text)))
    low, high = letters.span(start, stop)
    assert 0 <= low < high <= len(text)
    assert letters.text[start:stop] in bare(normalise(text[low:high]).text)


def test_what_stands_outside_the_passages_is_no_letter() -> None:
    body = "一、情况\n路灯坏了三盏。\n二、建议\n尽快修好。"
    spans = np.array([[5, 12], [18, 23]], dtype=np.int32)
    assert letters_of(body, spans).text == "路灯坏了三盏尽快修好"
    assert letters_of(body, spans[:0]).text == ""
