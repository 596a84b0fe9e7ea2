from __future__ import annotations

from xiansuo import artefacts
from xiansuo.text.segment import segmenter
from xiansuo.topics.stock import made_of_stock, stock_words


def test_the_list_is_sorted_and_every_entry_is_one_word() -> None:
    lines = (artefacts.models() / "lexicon" / "stock.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    words = segmenter().words
    assert [line for line in lines if words(line) != [line]] == []


def test_greetings_and_pleas_are_stock_and_matters_are_not() -> None:
    words = segmenter().words
    pleas = "尊敬的各位领导，您好！恳请贵局百忙之中尽快核实并严肃处理，盼复，不胜感激。请问需要哪些条件？何时能够解决？"
    assert {word for word in words(pleas) if word not in stock_words()} <= set("，！。？")
    assert not {"小区", "投诉", "质量", "资金", "路灯", "幼儿园", "停水", "医院", "噪音"} & stock_words()


def test_words_made_of_stock_words_are_stock() -> None:
    stock = stock_words()
    assert made_of_stock("具体情况", stock)
    assert made_of_stock("万分感激", stock)
    assert not any(
        made_of_stock(word, stock)
        for word in ("无人机", "网约车", "公积金", "老年食堂", "充电", "中小学", "家长会", "经开区")
    )
