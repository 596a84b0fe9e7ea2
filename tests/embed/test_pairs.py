"""Pieces of one document that belong together."""

from __future__ import annotations

import pytest

from tests import corpus, matters
from xiansuo.embed.pairs import KINDS, own_pairs
from xiansuo.text.passages import read_passages


def test_a_document_is_cut_in_four_ways() -> None:
    pairs = own_pairs(read_passages("渡口停航", "渡船停了。老人进城难。票也贵。\n建议：一是复航；二是降价。"))
    assert list(pairs) == list(KINDS)
    assert pairs["title_body"] == ("渡口停航", "渡船停了。\n老人进城难。\n票也贵。\n建议:一是复航;\n二是降价。")
    assert pairs["halves"] == ("渡船停了。\n老人进城难。\n票也贵。", "建议:一是复航;\n二是降价。")
    assert pairs["turns"] == ("渡船停了。\n票也贵。\n二是降价。", "老人进城难。\n建议:一是复航;")
    assert pairs["parts"] == ("渡船停了。\n老人进城难。\n票也贵。", "建议:一是复航;\n二是降价。")


def test_a_title_that_opens_the_body_is_not_its_own_answer() -> None:
    title, body = own_pairs(read_passages("渡口停航", "渡口停航。\n老人进城难。"))["title_body"]
    assert title == "渡口停航"
    assert body == "老人进城难。"


@pytest.mark.parametrize("body", ["渡口停航", "", "。。。"])
def test_a_text_of_one_piece_gives_no_pair(body: str) -> None:
    assert own_pairs(read_passages("渡口停航", body)) == {}


def test_no_side_is_empty_or_the_same_as_the_other() -> None:
    for row in [*corpus.rows("documents.jsonl")[:60], *matters.ALL]:
        for a, b in own_pairs(read_passages(row["title"], row["text"])).values():
            assert a
            assert b
            assert a != b
