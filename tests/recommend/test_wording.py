from __future__ import annotations

import numpy as np

from xiansuo.recommend.matters import Matter
from xiansuo.recommend.texts import ReadText
from xiansuo.recommend.wording import angle, find_out, missing, titles
from xiansuo.records import Document, Kind, Reply, WorkTheme


def _text(id: str, **told: object) -> ReadText:
    record = Document.model_validate({"id": id, "title": "老年食堂亏损", "text": "食堂亏损严重。", **told})
    return ReadText(record, np.array([[0, 0, 0], [0, 7, 1]], np.int32), np.eye(2, 4, dtype=np.float32))


def _matter(*texts: ReadText) -> Matter:
    return Matter("t", "老年食堂亏损", (), texts, 1.0, len(texts), 1, 1.0, "近三个月")


def test_titles_read_like_submissions() -> None:
    assert titles("老年食堂亏损", "望潮区")[0] == "关于解决老年食堂亏损问题的建议"
    assert "问题问题" not in "".join(titles("停车问题", ""))
    assert titles("整合基层数据填报系统", "")[0] == "关于整合基层数据填报系统的建议"


def test_an_unanswered_proposal_sets_the_angle_and_is_named() -> None:
    said = angle(_matter(_text("a"), _text("p", kind=Kind.PROPOSAL)), growing=True)
    assert said.because == ("rule:unanswered_proposal", "doc:p")


def test_what_is_missing_is_told_with_its_sources() -> None:
    theme = WorkTheme(id="T1", name="养老服务", keywords=("食堂", "长护险"))
    said = missing((_text("a"), _text("b")), theme)
    assert any("原因" in each.text for each in said)
    unmentioned = next(each for each in said if "长护险" in each.text)
    assert "食堂" not in unmentioned.text
    assert "theme:T1" in unmentioned.because


def test_departments_come_only_from_replies() -> None:
    text = _text("a", region="望潮区", replies=(Reply(department="市民政局", text="已列入计划。"),))
    said = find_out((text,), ("望潮区", "青屿县"))
    assert any("市民政局" in each.text and each.because == ("rule:replied", "doc:a") for each in said)
    assert any("青屿县" in each.text and "望潮区" not in each.text for each in said)
