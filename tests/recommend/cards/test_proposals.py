from __future__ import annotations

import pytest

from tests.recommend.archive import aligner, ground
from tests.recommend.proposed import BODY, DRAIN, STOP, others, proposal
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.proposals import from_proposals, may_give
from xiansuo.recommend.cards.quotes import Role
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Spring, WorkTheme

_THEME = WorkTheme(id="T1", name="农贸市场改造", keywords=("菜场", "下水道"), clause="改造提升农贸市场10个。")


def _clues(*texts: ReadText, themes: tuple[WorkTheme, ...] = ()) -> list[Clue]:
    whole = [*texts, *others()]
    return from_proposals(texts, ground(whole), aligner(themes, whole), {})


def _quote(clue: Clue, role: Role) -> str:
    return next(each.text for each in clue.quotes if each.role is role)


def test_each_suggestion_is_a_matter_of_its_own_with_its_problem_and_its_department() -> None:
    clues = _clues(proposal())
    assert {_quote(clue, Role.SUGGESTION)[:12]: _quote(clue, Role.PROBLEM)[:5] for clue in clues} == {
        DRAIN[:12]: "菜场下水道",
        STOP[:12]: "菜场北门没",
    }
    drain = next(clue for clue in clues if _quote(clue, Role.SUGGESTION).startswith(DRAIN))
    assert any("市住建局" in said.text for said in drain.find_out)
    assert all(clue.spring is Spring.PROPOSAL and clue.titles and clue.name for clue in clues)


def test_quotes_are_verbatim_and_every_sentence_has_a_source() -> None:
    answered = {
        "text": "关于下水道，将进一步研究，留作参考。",
        "grade": "C",
        "department": "市住建局",
        "date": "2026-05-01",
    }
    text = proposal(replies=[answered])
    for clue in _clues(text):
        for quote in clue.quotes:
            body = text.record.text if quote.reply is None else text.record.replies[quote.reply].text
            assert body[quote.start : quote.end] == quote.text
        said = [clue.angle, *clue.why_now, *clue.missing, *clue.find_out, *clue.quotes]
        assert all("doc:p1" in each.because for each in said)
        assert clue.evidence[0] == "p1"


def test_a_settled_suggestion_gives_no_clue_and_a_fully_answered_proposal_none_at_all() -> None:
    drain = "关于更换菜场下水道，已于4月15日完成，12个积水摊位全部疏通。"
    stop = "关于在菜场北门增设公交站，已于4月20日设站，经停公交3条，方便老人买菜。"
    (left,) = _clues(proposal(replies=[{"text": drain, "grade": "B"}]))
    assert _quote(left, Role.SUGGESTION).startswith(STOP)
    assert left.angle.because[0] == "rule:suggestion_passed_over"
    assert _clues(proposal(replies=[{"text": drain + stop, "grade": "A"}])) == []
    assert _clues(proposal(replies=[{"text": drain}, {"text": stop}])) == []


def test_what_was_put_off_is_shown_as_it_was_said() -> None:
    text = proposal(replies=[{"text": "关于更换菜场下水道，待条件成熟后研究。关于公交站，已设站3处。", "grade": "B"}])
    put_off = [clue for clue in _clues(text) if clue.angle.because[0] == "rule:suggestion_put_off"]
    assert [_quote(clue, Role.REPLY)[:9] for clue in put_off] == ["关于更换菜场下水道"[:9]]


def test_the_order_of_the_texts_does_not_matter() -> None:
    texts = [proposal("p1"), proposal("p2", BODY.replace("菜场", "夜市"))]
    assert [clue.id for clue in _clues(*texts)] == [clue.id for clue in _clues(*texts[::-1])]


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "submission"},
        {"kind": "reference"},
        {"channel": "提案人同意撤案"},
        {"replies": [{"text": "经与提案人沟通，本案并案处理。"}]},
    ],
)
def test_what_is_no_proposal_or_was_withdrawn_gives_none(told: dict[str, object]) -> None:
    assert not may_give(proposal(**told))
    assert _clues(proposal(**told)) == []


@pytest.mark.parametrize(
    "body", ["菜场很好。", "菜场下水道堵塞，一下雨就积水，去年12个摊位被淹。", "一、建议\n1.加强领导，提高认识。\n"]
)
def test_without_a_suggestion_or_without_its_problem_there_is_no_clue(body: str) -> None:
    assert _clues(proposal(text=body)) == []


def test_a_proposal_without_a_date_or_a_reply_says_so() -> None:
    clue = _clues(proposal(date=None))[0]
    assert "没有写日期" in clue.why_now[0].text
    assert "还没有答复" in clue.why_now[0].text
    assert "已有 9 个月" in _clues(proposal())[0].why_now[0].text


def test_the_theme_of_the_proposal_is_shown_with_its_clause() -> None:
    clue = _clues(proposal(), themes=(_THEME,))[0]
    assert clue.theme == _THEME
    assert clue.clause is not None
    assert clue.clause.text == _THEME.clause
    assert 0 < clue.parts["alignment"] <= 1


def test_it_is_enough_to_know_the_candidates_alone() -> None:
    text = proposal()
    known = from_proposals([text], ground([text]), aligner([], [text]), {})
    assert [clue.id for clue in known] == [clue.id for clue in _clues(text)]
