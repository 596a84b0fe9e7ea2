from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.recommend.archive import NOW, ground, matter, read
from xiansuo.recommend.cards.concerns import Concern
from xiansuo.recommend.cards.quotes import Quote, Role
from xiansuo.recommend.cards.wording import (
    Outcomes,
    angle,
    deadline,
    departments,
    figures,
    missing_parts,
    outcomes_in,
    percent,
    silence,
    silent_places,
    usual_parts,
    why_now,
)
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Adoption, Document, Grade, Instruction, Kind, Level, Part, Reply, WorkTheme

ALL = Outcomes(replies=True, adoptions=True)


def _text(id: str, **told: object) -> ReadText:
    record = Document.model_validate({"id": id, "title": "老年食堂亏损", "text": "食堂亏损严重。", **told})
    return ReadText(record, np.array([[0, 0, 0], [0, 7, 1]], np.int32), np.eye(2, 4, dtype=np.float32))


def test_an_unanswered_proposal_sets_the_angle_and_is_named() -> None:
    said = angle(matter(_text("a"), _text("p", kind=Kind.PROPOSAL)), ALL)
    assert said.because == ("rule:unanswered_proposal", "doc:p")
    assert "还没有答复" in said.text


def test_a_reply_that_only_takes_note_is_not_called_no_reply() -> None:
    noted = _text("p", kind=Kind.PROPOSAL, replies=(Reply(text="收悉。", grade=Grade.NOTED),))
    assert "没有答复" not in angle(matter(noted), ALL).text
    done = _text("p", kind=Kind.PROPOSAL, replies=(Reply(text="已建好。", grade=Grade.DONE),))
    assert angle(matter(done), ALL).because[0] != "rule:unanswered_proposal"


@pytest.mark.parametrize(
    ("recent", "usual", "rule"),
    [(3, 1.0, "growing"), (1, 4.0, "fading"), (3, 3.0, "not_adopted_yet"), (3, None, "not_adopted_yet")],
)
def test_growing_and_fading_are_said_only_where_they_are_known(recent: int, usual: float | None, rule: str) -> None:
    assert angle(matter(_text("a"), recent=recent, usual=usual), ALL).because[0] == f"rule:{rule}"


def test_what_was_taken_up_is_told_in_full_words() -> None:
    text = _text("a", adoptions=(Adoption(level=Level.CITY),), instructions=(Instruction(),))
    assert "已获市级采用和批示" in angle(matter(text), ALL).text


def test_nobody_says_unadopted_while_one_was_adopted() -> None:
    texts = [_text(f"d{i}") for i in range(7)] + [_text("z", adoptions=(Adoption(level=Level.CITY),))]
    assert "未见采用" not in angle(matter(*texts), ALL).text


def test_why_now_tells_what_is_usual_only_where_it_is_known() -> None:
    text = _text("a")
    assert why_now(matter(text, recent=2, usual=1.25), NOW).text.startswith(
        "近三个月有 2 个人或单位反映，此前平均每三个月 1.2 个"
    )
    assert "此前" not in why_now(matter(text, usual=None), NOW).text
    assert why_now(matter(text, window="", usual=None), NOW).text == "共 1 篇、1 个来源。"
    assert why_now(matter(text, window="", usual=None, sought=True), NOW).text.startswith("查到 1 篇")


def test_a_deadline_is_told_before_and_after() -> None:
    theme = WorkTheme(id="T1", name="养老服务", until=dt.date(2026, 11, 1))
    for day, told in (
        (dt.date(2026, 10, 31), "还有 1 天"),
        (dt.date(2026, 11, 1), "今天"),
        (dt.date(2026, 12, 1), "已经"),
    ):
        said = deadline(theme, day)
        assert said is not None
        assert told in said.text
    assert deadline(WorkTheme(id="T1", name="养老服务"), dt.date(2026, 11, 1)) is None


def _usual() -> tuple[Part, ...]:
    return usual_parts([read("u", "食堂", "一、情况：食堂亏损。\n二、原因：人少。\n三、建议：送餐到户。")])


def test_a_part_that_hardly_any_text_of_the_archive_sets_apart_is_missing_in_none() -> None:
    plain = (_text("a"), _text("b"))
    assert missing_parts(plain, usual_parts([*plain, *(_text(f"p{i}") for i in range(9))])) == ()
    assert Part.CAUSES in _usual()


def test_missing_parts_are_told_with_their_sources() -> None:
    said = missing_parts((_text("a"), _text("b")), _usual())
    assert ["原因" in each.text for each in said] == [True, False]
    assert said[0].because == ("rule:missing_part", "doc:a", "doc:b")
    assert said[0].text.startswith("2 篇都")
    assert missing_parts((), _usual()) == ()


def test_texts_without_figures_are_counted() -> None:
    assert figures((_text("a"), _text("b", text="三十人吃饭。")))[0].because == ("rule:no_figures", "doc:a")
    assert figures((_text("b", text="30人吃饭。"),)) == ()


def test_a_place_that_a_text_speaks_of_is_not_silent() -> None:
    texts = (read("a", "题", "云岭也是这样。", region="望潮区"),)
    (said,) = silent_places(texts, ("望潮区", "云岭区", "青屿县", "市本级"), "可去问问")
    assert "青屿县" in said.text
    assert not any(place in said.text for place in ("望潮区", "云岭区", "市本级"))
    assert silent_places((read("a", "题", "文"),), ("望潮区",), "可去问问") == ()


def test_departments_come_only_from_replies() -> None:
    text = _text("a", replies=(Reply(department="市民政局", text="已列入计划。"),))
    (said,) = departments((text, _text("b")))
    assert "市民政局" in said.text
    assert said.because == ("rule:replied", "doc:a")


def test_nobody_misses_a_reply_or_an_adoption_where_the_archive_holds_none() -> None:
    proposal = _text("p", kind=Kind.PROPOSAL)
    none = Outcomes(replies=False, adoptions=False)
    said = angle(matter(proposal), none)
    assert said.because[0] == "rule:one_matter"
    assert not any(word in said.text for word in ("答复", "采用"))
    texts = [read("a", "题", "文。"), read("b", "题", "另一文。")]
    assert outcomes_in(ground(texts)) == none
    replied = read("c", "题", "又一文。", replies=(Reply(text="已办。"),))
    assert outcomes_in(ground([*texts, replied])) == Outcomes(replies=True, adoptions=False)


def test_a_trouble_that_a_text_tells_is_where_to_begin() -> None:
    told = Concern(Quote(Role.PROBLEM, "送餐没有人手。", ("doc:a",), 0, 7), "送餐没有人手")
    assert "“送餐没有人手”" in angle(matter(_text("a")), ALL, told).text


def test_what_nobody_wrote_of_for_a_year_is_to_be_looked_at_first() -> None:
    old = _text("a", date=dt.date(2019, 1, 19))
    said = why_now(matter(old), NOW).text
    assert "2019-01-19" in said
    assert "7 年 9 个月" in said
    assert "近三个月" not in said
    assert "先核实" not in why_now(matter(_text("a", date=dt.date(2026, 10, 1))), NOW).text


def test_silence_is_told_after_some_months_with_the_latest_text() -> None:
    early, late = _text("a", date=dt.date(2025, 1, 1)), _text("b", date=dt.date(2026, 5, 21))
    (said,) = silence((early, late), NOW)
    assert said.because == ("rule:silence", "doc:b")
    assert "5 个月" in said.text
    assert silence((early, _text("c", date=dt.date(2026, 10, 1))), NOW) == ()
    assert silence((_text("d"),), NOW) == ()


def test_few_are_not_called_a_fraction_of_a_person() -> None:
    assert "不到 1 个" in why_now(matter(_text("a"), usual=0.25), NOW).text
    assert "此前没有人反映" in why_now(matter(_text("a"), usual=0.0), NOW).text


def test_less_than_a_hundredth_is_not_none() -> None:
    assert [percent(share) for share in (0.0, 0.002, 0.01, 0.126)] == ["0%", "不到 1%", "1%", "13%"]


def test_one_text_is_not_counted_in_digits() -> None:
    (said,) = silent_places((read("a", "题", "文", region="望潮区"),), ("望潮区", "青屿县"), "可去问问")
    assert said.text.startswith("地区：这一篇没有提到青屿县")
