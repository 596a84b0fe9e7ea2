from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.recommend.archive import aligner, ground, matter, read
from xiansuo.recommend.cards.called import called
from xiansuo.recommend.cards.clues import COVERED, Clue, evidence_of, from_matter
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.texts import ReadText

_CANTEENS = [
    read(f"c{i}", "老年食堂亏损", f"食堂亏损，第{i}家也停了。", author=f"委员{i}", date=dt.date(2026, 9, 1 + i))
    for i in range(6)
]
_OTHERS = [read(f"o{i}", "村道太窄", f"第{i}条村道会车难。") for i in range(8)]


def _clue(about: Matter, texts: list[ReadText]) -> Clue:
    return from_matter(about, ground(texts), aligner([], texts), {})


def test_covered_are_the_latest_and_their_likeness_is_measured() -> None:
    clue = _clue(matter(*_CANTEENS), _CANTEENS + _OTHERS)
    assert [each.id for each in clue.covered] == ["c5", "c4", "c3", "c2"]
    assert all(0.5 < each.likeness < 1 for each in clue.covered)


def test_a_text_that_is_merely_near_covers_nothing() -> None:
    near = read("near", "老年大学停课", "第一家老年大学也停了。")
    speaking = read("told", "老年食堂", "食堂亏损，送餐也停了。")
    about = Matter("t", "老年食堂亏损", ("食堂", "亏损", "送餐"), tuple(_CANTEENS[:2]), 1.0, 2, 1, 1.0, "近三个月")
    clue = _clue(about, [*_CANTEENS[:2], *_OTHERS, near, speaking])
    assert [each.id for each in clue.covered] == ["c1", "c0", "told"]


def test_the_same_text_is_evidence_once() -> None:
    again = [read(f"a{i}", "老年食堂亏损", "食堂 亏损，\n已停。", author=f"委员{i}") for i in range(5)]
    assert evidence_of(again) == ("a0",)
    clue = _clue(matter(*again), again + _OTHERS)
    assert len(clue.covered) == 1 <= COVERED


def test_different_people_are_evidence_first() -> None:
    texts = [read(f"e{i}", "题", f"第{i}家。", author=author) for i, author in enumerate("甲甲乙丙")]
    assert evidence_of(texts) == ("e0", "e2", "e3")


def test_a_name_cut_from_a_title_is_made_whole_by_it() -> None:
    titles = ["关于助推淮安融入区域一体化发展的建议", "支持合作示范区建设"]
    about = replace(matter(*(read(f"n{i}", title, "文。") for i, title in enumerate(titles))), name="助推淮安融入")
    assert called(about).name.endswith("淮安融入区域一体化发展")
    clue = _clue(about, [*about.texts, *_OTHERS])
    assert clue.name == "助推淮安融入"
    assert all("融入区域一体化发展" in title for title in clue.titles)
    assert called(matter(*_CANTEENS)).name == "老年食堂亏损"


def test_the_matter_of_a_village_is_not_looked_for_in_every_county() -> None:
    texts = [read(f"v{i}", "老年食堂亏损", "食堂亏损。", region="望潮区", author=f"甲{i}") for i in range(3)]
    others = [read(f"p{i}", "村道太窄", "村道会车难。", region=place) for i, place in enumerate(("青屿县", "云岭区"))]
    about = matter(*texts)
    assert any("青屿县" in said.text for said in _clue(about, [*texts, *others]).find_out)
    village = replace(about, name="白沙镇食堂亏损")
    assert not any("青屿县" in said.text for said in _clue(village, [*texts, *others]).find_out)
    road = replace(about, name="禾川县农村供水")
    assert any("青屿县" in said.text for said in _clue(road, [*texts, *others]).find_out)


def test_a_card_of_a_topic_quotes_what_is_wrong_and_begins_with_it() -> None:
    texts = [
        read("q", "老年食堂亏损", "老年食堂送餐人手严重不足，老人吃不上热饭。"),
        read("r", "老年食堂缺人手", "老年食堂没有送餐的人。"),
    ]
    clue = _clue(matter(*texts, usual=None, recent=0), [*texts, *_OTHERS])
    (quote,) = clue.quotes
    assert quote.because == ("doc:q",)
    assert "老年食堂送餐人手严重不足" in clue.angle.text
