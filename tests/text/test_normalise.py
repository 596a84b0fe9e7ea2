"""One written form for every text, with the way back."""

from hypothesis import example, given
from hypothesis import strategies as st

from xiansuo.text.normalise import normalise, simplify

# What people type: Chinese, full-width forms, old forms, blanks of all sorts, things that are not text.
CHARACTERS = st.text(
    st.one_of(
        st.sampled_from("我市政協委員反映０１２ＡＢ，。；：“”（）【】〔〕—－-·　 \t\r\n…㈠①㎡％²ﬁ\u200b\ufeff\x00"),
        st.characters(),
    ),
    max_size=60,
)


@given(CHARACTERS)
@example("\ud800")
@example("㈠\n\n \u200b ①")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(CHARACTERS)
def test_offsets_rise_and_stay_inside_the_original(text: str) -> None:
    normal = normalise(text)
    starts = list(normal.starts)
    assert len(starts) == len(normal.text) + 1
    assert starts == sorted(starts)
    assert starts[-1] == len(text)
    for i in range(len(normal.text)):
        start, end = normal.original(i, i + 1)
        assert 0 <= start < end <= len(text)


@given(CHARACTERS, CHARACTERS)
def test_a_span_maps_back_to_text_that_normalises_to_it(before: str, after: str) -> None:
    text = f"{before}。电动自行车充电难。{after}"
    normal = normalise(text)
    at = normal.text.index("电动自行车充电难")
    start, end = normal.original(at, at + 8)
    assert text[start:end] == "电动自行车充电难"


def test_writings_of_one_text_become_one() -> None:
    typed = "我市　２０２５年（一季度），“老旧小区”改造——进度 慢；"
    assert normalise(typed).text == normalise('我市2025年(一季度),"老旧小区"改造--进度慢;').text
    assert normalise("臺灣同胞反映電動車充電難").text == "台湾同胞反映电动车充电难"


def test_what_carries_meaning_stays() -> None:
    assert normalise("PM2.5 and CO2").text == "PM2.5 and CO2"
    assert normalise("第一段\r\n\r\n  第二段").text == "第一段\n第二段"
    assert simplify("著名的乾隆年间") == "著名的乾隆年间"


def test_one_original_character_may_become_several() -> None:
    normal = normalise("㈠加强")
    assert normal.text == "(一)加强"
    assert normal.original(0, 3) == (0, 1)
    assert normal.original(3, 5) == (1, 3)
