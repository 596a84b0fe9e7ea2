from __future__ import annotations

import datetime as dt

import pytest

from tests.recommend.archive import aligner, ground, matter, read
from tests.recommend.proposed import others
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.follow_ups import from_adopted
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.cards.quotes import Role
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Spring

_PROMISED = "关于菜场下水道，拟于2026年5月底前更换管道300米。感谢您的关心。"


def _text(id: str = "a", **told: object) -> ReadText:
    facts = {"date": "2025-08-01", "region": "望潮区", **told}
    return read(id, "关于更换菜场下水道的建议", "菜场下水道堵塞，一下雨就积水。", **facts)


def _clues(*texts: ReadText, matters: tuple[Matter, ...] = (), candidates: tuple[ReadText, ...] = ()) -> list[Clue]:
    whole = [*texts, *others()]
    return from_adopted(candidates or texts, matters, ground(whole), aligner([], whole), {})


def _reply(text: str, date: str, grade: str | None = None) -> dict[str, object]:
    return {"text": text, "date": date, "grade": grade, "department": "市住建局"}


def test_a_promise_whose_time_is_over_is_due_and_quoted() -> None:
    text = _text(replies=[_reply(_PROMISED, "2025-12-01")])
    (clue,) = _clues(text)
    assert clue.spring is Spring.FOLLOW_UP
    (quote,) = clue.quotes
    assert quote.role is Role.REPLY
    assert quote.reply == 0
    assert text.record.replies[0].text[quote.start : quote.end] == quote.text == _PROMISED[: _PROMISED.index("。") + 1]
    assert "2026-05-31" in clue.why_now[0].text
    assert any("300米" in said.text for said in clue.find_out)
    assert any("市住建局" in said.text for said in clue.find_out)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ({"replies": [_reply("拟于2027年5月底前更换。", "2025-12-01", "B")]}, False),
        ({"replies": [_reply("已列入计划。", "2025-12-01", "B")]}, True),
        ({"replies": [_reply("已列入计划。", "2026-09-01", "B")]}, False),
        ({"replies": [_reply("已列入计划。", "2023-12-01", "B")]}, False),
        ({"replies": [_reply(_PROMISED, "2025-12-01", "C")]}, False),
        ({"adoptions": [{"level": "city", "date": "2025-12-01"}]}, True),
        ({"adoptions": [{"level": "city", "date": "2026-09-01"}]}, False),
        ({"adoptions": [{"level": "city", "date": "2024-09-01"}]}, False),
        ({"adoptions": [{"level": "city"}]}, False),
        ({"instructions": [{"date": "2026-01-15", "by": "市政府", "text": "请住建局办理。"}]}, True),
        ({"kind": "reference", "adoptions": [{"level": "city", "date": "2025-12-01"}]}, False),
        ({}, False),
    ],
)
def test_what_is_due_is_half_a_year_to_two_years_old(told: dict[str, object], due: bool) -> None:
    assert bool(_clues(_text(**told))) is due


def test_an_instruction_is_told_in_its_words() -> None:
    told = {"instructions": [{"date": "2026-01-15", "by": "市政府", "text": "请住建局办理。"}]}
    (clue,) = _clues(_text(**told))
    assert any(said.text == "市政府批示：“请住建局办理。”" for said in clue.why_now)
    assert "批示" in clue.angle.text


def test_a_later_text_on_the_same_matter_takes_it_away() -> None:
    old = _text(adoptions=[{"level": "city", "date": "2025-12-01"}])
    later = read("later", "菜场下水道又堵", "菜场下水道换过又堵了。", date="2026-06-01")
    earlier = read("earlier", "菜场下水道", "菜场下水道早就堵了。", date="2025-03-01")
    assert _clues(old, later, matters=(matter(old, later),)) == []
    (clue,) = _clues(old, earlier, matters=(matter(old, earlier),))
    assert clue.topic == "t"
    assert all("doc:a" in said.because for said in (clue.angle, clue.why_now[0], *clue.missing, *clue.find_out))


def test_without_a_topic_a_later_copy_takes_it_away_and_order_does_not_matter() -> None:
    old = _text(adoptions=[{"level": "city", "date": "2025-12-01"}])
    again = _text("b", date=dt.date(2026, 7, 1))
    assert _clues(old, again) == []
    another = read("c", "关于学校午休的建议", "孩子趴着睡。", adoptions=[{"level": "city", "date": "2026-01-01"}])
    ids = [clue.id for clue in _clues(old, another)]
    assert len(ids) == 2
    assert ids == [clue.id for clue in _clues(another, old)]


def test_nobody_is_sent_to_the_whole_city() -> None:
    (here,) = _clues(_text(replies=[_reply(_PROMISED, "2025-12-01")]))
    assert any("望潮区" in said.text for said in here.find_out)
    (whole,) = _clues(_text(region="市本级", replies=[_reply(_PROMISED, "2025-12-01")]))
    assert not any("市本级" in said.text for said in whole.find_out)
