from __future__ import annotations

from xiansuo.topics.phrases import apart, key_words


def test_what_is_cut_across_a_numbered_place_is_parted() -> None:
    assert apart(["B3", "区丽湖", "新城"]) == ["B3", "区", "丽湖", "新城"]
    assert apart(["望潮", "区政府"]) == ["望潮", "区政府"]


def test_a_word_of_few_texts_is_no_key_word() -> None:
    words = {f"d{i}": frozenset({"骑手", "驿站"} | ({"众说纷纭"} if i < 2 else set())) for i in range(10)}
    words |= {f"x{i}": frozenset({f"别事{i}"}) for i in range(30)}
    found = key_words(words, {"t": [f"d{i}" for i in range(10)]})["t"]
    assert list(found) == ["驿站", "骑手"]


def test_two_texts_still_have_key_words() -> None:
    words = {"a": frozenset({"骑手", "驿站"}), "b": frozenset({"停电"})}
    assert key_words(words, {"t": ["a", "b"]})["t"]
