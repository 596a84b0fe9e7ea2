"""Sentences, passages and shingles."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import rows
from xiansuo.records import Part
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import TITLE, part_code, passages_at, read_passages
from xiansuo.text.sentences import LONGEST, sentences
from xiansuo.text.shingles import bare, sampled, shingles

CHINESE = st.text(st.sampled_from("老旧小区加装电梯一楼不同意。！？；，\n（）“”3.5%PM ab"), max_size=400)


@given(CHINESE)
def test_sentences_keep_every_word_in_order(text: str) -> None:
    normal = normalise(text).text
    spans = sentences(normal)
    assert bare("".join(normal[start:end] for start, end in spans)) == bare(normal)
    assert all(end - start <= LONGEST for start, end in spans)


def test_a_decimal_point_ends_no_sentence() -> None:
    text = normalise("浓度为3.5%。第二句；第三句！").text
    assert [text[start:end] for start, end in sentences(text)] == ["浓度为3.5%。", "第二句;", "第三句!"]


def test_passages_point_into_the_original() -> None:
    for row in rows("documents.jsonl"):
        read = read_passages(row["title"], row["text"])
        assert read.spans[0].tolist() == [0, 0, TITLE]
        for text, (start, end, _) in zip(read.texts[1:], read.spans[1:].tolist(), strict=True):
            assert bare(normalise(row["text"][start:end]).text) == bare(text)


def test_stored_passages_are_taken_up_as_they_were() -> None:
    for row in rows("documents.jsonl")[::9]:
        read = read_passages(row["title"], row["text"])
        again = passages_at(row["title"], row["text"], read.sections, read.spans)
        assert [bare(text) for text in again.texts] == [bare(text) for text in read.texts]


def test_a_passage_knows_its_part() -> None:
    read = read_passages("路灯", "路灯坏了。究其原因，没人管。建议：\n修好它。")
    assert [part for *_, part in read.spans.tolist()] == [
        TITLE,
        *map(part_code, (Part.SITUATION, Part.CAUSES, Part.SUGGESTIONS)),
    ]


@given(CHINESE)
def test_shingles_ignore_punctuation_and_case(text: str) -> None:
    changed = text.replace("，", "").replace("\n", " ").upper()
    assert np.array_equal(shingles(text), shingles(changed))


def test_shingles_are_the_same_on_every_machine() -> None:
    assert shingles("老旧小区").tolist() == [1125102269, 957122171]
    assert set(sampled(shingles("老旧小区加装电梯" * 9), 2).tolist()) <= set(shingles("老旧小区加装电梯" * 9).tolist())
