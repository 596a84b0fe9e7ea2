from __future__ import annotations

from tests.recommend.archive import aligner, ground, read
from xiansuo.recommend.cards.matters import vector_of
from xiansuo.recommend.cards.surroundings import around, evidence, themed


def test_the_document_itself_stands_first_and_neither_copies_nor_references_follow() -> None:
    own = read("a", "老年食堂亏损", "老年食堂就餐的少，送餐没有人手。")
    near = read("b", "老年食堂停办", "老年食堂就餐的少，送餐没有补贴。")
    texts = [
        own,
        near,
        read("c", "老年食堂停办", near.record.text),
        read("d", "老年食堂办法", "老年食堂就餐的少，送餐没有办法。", kind="reference"),
        *(read(f"x{place}", "盲道被占", f"共享单车停在盲道上，第{place}处。") for place in range(6)),
    ]
    seen = ground(texts)
    covered = around(own, vector_of((own,), seen.centre), seen)
    assert evidence(covered) == ("a", "b")


def test_a_document_about_nothing_has_neither_clause_nor_end() -> None:
    text = read("a", "盲道被占", "共享单车停在盲道上。")
    found = themed(text, ground([text]), aligner([], [text]), {})
    assert (found.theme, found.probability, found.clause, found.ends, found.gap) == (None, 0.0, None, (), 0.0)
