"""The fast engine gives jieba's own words."""

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import texts
from xiansuo import artefacts
from xiansuo.errors import FileUnreadable
from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter, segmenter

LEXICON = artefacts.models() / "lexicon" / "words.txt"


@pytest.fixture(scope="session")
def reference() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    with LEXICON.open("rb") as words:
        tokenizer.load_userdict(words)
    return tokenizer


def test_words_of_the_demo_corpus_are_jiebas(reference: jieba.Tokenizer) -> None:
    for text in texts():
        for written in (text, normalise(text).text):
            assert segmenter().words(written) == reference.lcut(written)


@given(
    st.text(
        st.sampled_from("我市的社区卫生服务中心老人一二三abAB12.-+#&_%/ \n，T恤卡拉OK\t😀𠀀·〇㐀"),
        max_size=40,
    )
)
def test_words_of_any_mixture_are_jiebas(reference: jieba.Tokenizer, text: str) -> None:
    assert segmenter().words(text) == reference.lcut(text)


@given(st.text(max_size=80))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(segmenter().words(text)) == text


def test_the_domain_lexicon_is_honoured() -> None:
    assert "社情民意信息" in segmenter().words("反映社情民意信息")
    assert "互花米草" in segmenter().words("滩涂上互花米草反弹")


def test_an_offices_own_words_are_honoured_and_named(tmp_path: Path) -> None:
    own = tmp_path / "words.txt"
    own.write_text("汐江大桥 100 ns\n", encoding="utf-8")
    plain, with_own = segmenter(), segmenter(own)
    assert "汐江大桥" not in plain.words("汐江大桥堵车")
    assert "汐江大桥" in with_own.words("汐江大桥堵车")
    assert with_own.digest != plain.digest
    assert Segmenter([LEXICON]).digest == plain.digest


def test_a_lexicon_that_is_not_text_is_told(tmp_path: Path) -> None:
    own = tmp_path / "words.txt"
    own.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(FileUnreadable, match="词表"):
        Segmenter([own])


def test_searching_cuts_long_words_as_jieba_does(reference: jieba.Tokenizer) -> None:
    for text in texts()[::5]:
        assert segmenter().search_words(text) == reference.lcut_for_search(text)
