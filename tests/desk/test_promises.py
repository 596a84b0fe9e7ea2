"""What an editor may rely on whatever the archive holds: old texts are found, others do not interfere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import judge_pair, stored_text
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import TextUnusable
from xiansuo.records import Relation

HEADINGS = "关于几个问题的建议\n一、基本情况\n二、存在问题\n（一）认识不足\n（二）投入不足\n三、几点建议\n"


def checked(desk: Desk, title: str, text: str) -> DuplicateReport:
    return check(desk, title, text, now=NOON, limit=30)


def relations(report: DuplicateReport, ids: set[str]) -> dict[str, Relation]:
    return {match.facts.id: match.relation for match in report.matches if match.facts.id in ids}


def of_matters(*names: str) -> list[dict[str, Any]]:
    """Take the demo documents of some matters."""
    wanted = {row["id"] for row in corpus.rows("gold/matters.jsonl") if row["matter"] in names}
    return [row for row in corpus.rows("documents.jsonl") if row["id"] in wanted]


def test_a_text_of_ten_years_ago_is_among_the_first_five(desk: Desk, tmp_path: Path) -> None:
    old = next(row for row in corpus.rows("documents.jsonl") if row["id"] == "P2025-013") | {"date": "2016-04-12"}
    others = [row for row in corpus.rows("documents.jsonl") if row["id"] != old["id"]][:150]
    import_path(desk, matters.write(tmp_path / "历年.jsonl", [old, *others]), now=NOON)
    body = old["text"].replace("，", ",").replace("建议", "提议")
    first = [match.facts.id for match in checked(desk, "关于海岛急救的建议", body).matches[:5]]
    assert old["id"] in first


def test_unrelated_documents_change_no_relation(desk: Desk, tmp_path: Path) -> None:
    known = of_matters("M05", "M16", "M28")
    import_path(desk, matters.write(tmp_path / "先.jsonl", known), now=NOON)
    ids = {row["id"] for row in known}
    planted = [row for row in corpus.rows("gold/pairs.jsonl") if {row["a"], row["b"]} <= ids]
    sure = [row for row in planted if row["relation"] in ("copy", "template_swap", "same_measures")]
    assert len(sure) >= 4
    drafts = {row["id"]: row for row in known}

    def judged() -> list[Relation]:
        pairs = [(stored_text(desk, row["b"]), stored_text(desk, row["a"])) for row in sure]
        return [judge_pair(desk, draft, earlier).relation for draft, earlier in pairs]

    before, seen = judged(), relations(checked(desk, drafts["S2024-013"]["title"], drafts["S2024-013"]["text"]), ids)
    import_path(desk, matters.write(tmp_path / "后.jsonl", matters.ALL), now=NOON)
    assert judged() == before
    after = relations(checked(desk, drafts["S2024-013"]["title"], drafts["S2024-013"]["text"]), ids)
    # What is on the edge of the theme may fall off it; what an editor must see may not change.
    for id, relation in seen.items():
        assert after.get(id) is relation or (relation is Relation.RELATED and id not in after), id


def test_a_copy_is_one_in_both_directions(demo: Desk) -> None:
    copies = [row for row in corpus.rows("gold/pairs.jsonl") if row["relation"] == "copy"]
    lengths = {row["id"]: len(row["text"]) for row in corpus.rows("documents.jsonl")}
    whole = [row for row in copies if abs(lengths[row["a"]] - lengths[row["b"]]) < 0.1 * lengths[row["a"]]]
    assert len(whole) >= 3
    for row in whole:
        a, b = stored_text(demo, row["a"]), stored_text(demo, row["b"])
        assert judge_pair(demo, a, b).relation is judge_pair(demo, b, a).relation is Relation.COPY


def test_two_that_have_nothing_to_do_with_each_other_have_not_in_either_direction(demo: Desk) -> None:
    repeats = {Relation.COPY, Relation.SAME_MATTER, Relation.FOLLOW_UP, Relation.TEMPLATE_SWAP}
    apart = [row for row in corpus.rows("gold/pairs.jsonl") if row["relation"] == "distinct"]
    for row in apart[:10]:
        a, b = stored_text(demo, row["a"]), stored_text(demo, row["b"])
        assert not {judge_pair(demo, a, b).relation, judge_pair(demo, b, a).relation} & repeats


def test_a_draft_of_headings_alone_repeats_nothing(demo: Desk) -> None:
    report = checked(demo, "", HEADINGS)
    assert not [match for match in report.matches if match.status == "confirmed"]
    assert report.advice


@pytest.mark.parametrize("draft", ["", " \n", "。。。", "\ufeff\u200b"])
def test_an_empty_draft_is_refused_with_a_word_on_what_to_do(demo: Desk, draft: str) -> None:
    with pytest.raises(TextUnusable, match="没有可比较的文字"):
        checked(demo, "", draft)


def test_a_draft_twenty_times_as_long_as_usual_is_answered(demo: Desk) -> None:
    own = [row for row in corpus.rows("documents.jsonl") if row["kind"] == "submission"][:25]
    body = "\n".join(row["text"] for row in own)
    assert len(body) > 20 * 400
    report = checked(demo, "关于二十五件事的建议", body)
    assert {match.facts.id for match in report.matches} & {row["id"] for row in own}
    assert report.copied_share > 0.3
