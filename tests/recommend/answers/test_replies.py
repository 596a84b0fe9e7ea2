from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiansuo import artefacts
from xiansuo.recommend.answers import reply_fit
from xiansuo.recommend.answers.replies import ANSWERED, ReplyModel, answer
from xiansuo.recommend.answers.reply_features import FEATURES, features, spoken
from xiansuo.records import Grade

_FOLDER = artefacts.models() / "replies"
_ASKED = "菜场门口积水\n菜场门口一下雨就积水，建议疏通下水道。"
_DONE = "您好，来信收悉。经核查，情况属实，已于6月3日完成菜场门口下水道疏通，更换雨水箅子12个。感谢您的关心。"
_PASSED = "您好，您反映的问题已转相关部门办理，感谢您的关心。"
_PUT_OFF = "您的建议很好，我局将进一步研究论证，待条件成熟后统筹考虑，留作参考。"


def test_what_is_done_is_settled_and_what_is_passed_on_or_put_off_is_not() -> None:
    assert answer(_ASKED, _DONE).probability >= ANSWERED
    assert answer(_ASKED, _PASSED).probability < ANSWERED
    assert answer(_ASKED, _PUT_OFF).probability < ANSWERED


def test_the_sentences_that_show_it_are_those_of_the_reply() -> None:
    shown = answer(_ASKED, _DONE).shown
    assert "下水道疏通" in _DONE[slice(*shown[0])]
    assert answer(_ASKED, _PASSED).shown == ()


@pytest.mark.parametrize("reply", [_DONE, _PASSED, _PUT_OFF, "一二三。"])
def test_a_better_grade_never_makes_a_reply_settle_less(reply: str) -> None:
    chances = [answer(_ASKED, reply, grade).probability for grade in (Grade.NOTED, None, Grade.DONE)]
    assert chances == sorted(chances)


def test_greetings_and_thanks_are_left_out_and_the_question_quoted_counts_for_nothing() -> None:
    assert spoken("您好！感谢您的关心。") == []
    quoted = f"您反映的“{_ASKED.replace(chr(10), '')}已经完成整改12处”的问题已转交办理。"
    assert features(_ASKED, quoted)["done"] == features(_ASKED, _PASSED)["done"] == 0


def test_spans_of_sentences_point_into_the_reply() -> None:
    reply = "您好！\n　关于积水，已疏通 3 处；其余待研究。"
    assert [reply[start:end] for _, start, end in spoken(reply)] == ["关于积水，已疏通 3 处；", "其余待研究。"]


def test_an_empty_reply_is_judged_all_the_same() -> None:
    assert 0 <= answer(_ASKED, "。").probability < ANSWERED


def test_the_shipped_weights_are_fitted_to_the_shipped_examples() -> None:
    told = json.loads((_FOLDER / artefacts.WEIGHTS).read_text(encoding="utf-8"))
    again = reply_fit.fit(reply_fit.read_examples(_FOLDER / reply_fit.EXAMPLES)[::-1], told["made"])
    assert again["measured"] == told["measured"]
    for name in ("mean", "scale", "coefficients"):
        assert again[name] == pytest.approx(told[name], abs=1e-4)
    assert again["features"] == list(FEATURES)


def test_examples_and_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    examples = reply_fit.read_examples(_FOLDER / reply_fit.EXAMPLES)
    reply_fit.write_examples(examples, tmp_path / reply_fit.EXAMPLES)
    assert (tmp_path / reply_fit.EXAMPLES).read_bytes() == (_FOLDER / reply_fit.EXAMPLES).read_bytes()
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"features": ["length"], "mean": [], "scale": [], "coefficients": [], "intercept": 0}))
    with pytest.raises(ValueError, match="other features"):
        ReplyModel.read(other)


def test_replies_that_all_settle_their_matter_fit_nothing() -> None:
    examples = [each for each in reply_fit.read_examples(_FOLDER / reply_fit.EXAMPLES) if each.answered]
    with pytest.raises(ValueError, match="needed"):
        reply_fit.fit(examples, {})
