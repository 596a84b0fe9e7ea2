from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.recommend.archive import matter, read
from xiansuo.recommend.cards.wording import angle, deadline, departments, figures, missing_parts, silent_places, why_now
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Adoption, Document, Grade, Instruction, Kind, Level, Reply, WorkTheme


def _text(id: str, **told: object) -> ReadText:
    record = Document.model_validate({"id": id, "title": "老年食堂亏损", "text": "食堂亏损严重。", **told})
    return ReadText(record, np.array([[0, 0, 0], [0, 7, 1]], np.int32), np.eye(2, 4, dtype=np.float32))


def test_an_unanswered_proposal_sets_the_angle_and_is_named() -> None:
    said = angle(matter(_text("a"), _text("p", kind=Kind.PROPOSAL)))
    assert said.because == ("rule:unanswered_proposal", "doc:p")
    assert "还没有答复" in said.text


def test_a_reply_that_only_takes_note_is_not_called_no_reply() -> None:
    noted = _text("p", kind=Kind.PROPOSAL, replies=(Reply(text="收悉。", grade=Grade.NOTED),))
    assert "没有答复" not in angle(matter(noted)).text
    done = _text("p", kind=Kind.PROPOSAL, replies=(Reply(text="已建好。", grade=Grade.DONE),))
    assert angle(matter(done)).because[0] != "rule:unanswered_proposal"


@pytest.mark.parametrize(
    ("recent", "usual", "rule"),
    [(3, 1.0, "growing"), (1, 4.0, "fading"), (3, 3.0, "not_adopted_yet"), (3, None, "not_adopted_yet")],
)
def test_growing_and_fading_are_said_only_where_they_are_known(recent: int, usual: float | None, rule: str) -> None:
    assert angle(matter(_text("a"), recent=recent, usual=usual)).because[0] == f"rule:{rule}"


def test_what_was_taken_up_is_told_in_full_words() -> None:
    text = _text("a", adoptions=(Adoption(level=Level.CITY),), instructions=(Instruction(),))
    assert "已获市级采用和批示" in angle(matter(text)).text


def test_nobody_says_unadopted_while_one_was_adopted() -> None:
    texts = [_text(f"d{i}") for i in range(7)] + [_text("z", adoptions=(Adoption(level=Level.CITY),))]
    assert "未见采用" not in angle(matter(*texts)).text


def test_why_now_tells_what_is_usual_only_where_it_is_known() -> None:
    text = _text("a")
    assert why_now(matter(text, recent=2, usual=1.25)).text.startswith(
        "近三个月有 2 个人或单位反映，此前平均每三个月 1.2 个"
    )
    assert "此前" not in why_now(matter(text, usual=None)).text
    assert why_now(matter(text, window="", usual=None)).text == "共 1 篇、1 个来源。"
    assert why_now(matter(text, window="", usual=None, sought=True)).text.startswith("查到 1 篇")


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


def test_missing_parts_are_told_with_their_sources() -> None:
    said = missing_parts((_text("a"), _text("b")))
    assert ["原因" in each.text for each in said] == [True, False]
    assert said[0].because == ("rule:missing_part", "doc:a", "doc:b")
    assert said[0].text.startswith("2 篇都")
    assert missing_parts(()) == ()


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
