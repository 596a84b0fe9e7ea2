"""Which work theme a document is about: with its evidence, often none, and the same whatever comes with it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.recommend.archive import ENCODER, aligner, read
from xiansuo.recommend.aligning import alignment_ground
from xiansuo.recommend.aligning.alignment import align
from xiansuo.recommend.aligning.alignment_ground import Ground
from xiansuo.recommend.aligning.alignment_model import shipped
from xiansuo.recommend.aligning.theme_terms import terms_of
from xiansuo.recommend.texts import ReadText, centre, means
from xiansuo.records import WorkTheme
from xiansuo.text.segment import segmenter

THEMES = [
    WorkTheme(
        id="T1", name="养老服务", clause="办好老年食堂，开展送餐。", keywords=("老年食堂", "送餐"), version="2026"
    ),
    WorkTheme(id="T2", name="渔港建设", clause="疏浚渔港航道。", keywords=("渔港", "疏浚"), version="2026"),
]
TEXTS = [
    read("a", "老年食堂亏损", "老年食堂就餐的少，送餐没有人手。"),
    read("b", "渔港淤积", "渔港航道多年没有疏浚。"),
    read("c", "老人吃饭难", "盼着送餐上门。"),
    read("d", "盲道被占", "共享单车停在盲道上。"),
]
OTHERS = [
    read(f"x{place:02d}", f"{what}{place}号路段问题", f"{what}反映了{place}次，至今没有人来管。")
    for place, what in enumerate(("路灯", "噪声", "油烟", "飞线", "井盖", "围挡", "公厕", "绿化") * 5)
]


def taken(themes: Sequence[WorkTheme], texts: Sequence[ReadText]) -> Ground:
    middle = centre(means(texts), ENCODER.dimension)
    terms = terms_of(themes, segmenter().words)
    return alignment_ground.take(terms, texts, len(texts), middle, ENCODER.encode, shipped())


def test_the_evidence_is_a_passage_of_the_document_and_a_piece_of_the_clause() -> None:
    made = aligner(THEMES, TEXTS)
    (found,) = [each for each in made.about("T1") if each.document == "a"]
    assert found.keywords == ("老年食堂", "送餐")
    assert found.passage in ("老年食堂亏损", "老年食堂就餐的少，送餐没有人手。")
    assert all(word in found.passage for word in found.keywords)
    assert found.clause in ("办好老年食堂", "开展送餐")
    assert 0.6 <= found.probability <= 1


def test_a_document_about_nothing_is_about_no_theme() -> None:
    assert {id for id in aligner(THEMES, [*TEXTS, *OTHERS]).by_document if id not in {"a", "b", "c"}} == set()


def test_a_theme_with_nothing_but_a_name_is_found() -> None:
    named = [WorkTheme(id="N1", name="老年食堂"), WorkTheme(id="N2", name="渔港")]
    found = aligner(named, [*TEXTS, *OTHERS]).by_document
    assert (found["a"].theme.id, found["b"].theme.id) == ("N1", "N2")
    assert found["a"].clause == "老年食堂"


def test_a_theme_that_matches_everything_does_not_take_all() -> None:
    wide = WorkTheme(
        id="T0",
        name="解决反映的问题",
        keywords=("反映", "问题", "没有人", "至今", "路段"),
        clause="群众反映的问题要有人来管。",
        version="2026",
    )
    texts = [*TEXTS, *OTHERS]
    found = aligner([wide, *THEMES], texts).by_document
    assert found["a"].theme.id == "T1"
    assert found["b"].theme.id == "T2"
    assert sum(each.theme.id == "T0" for each in found.values()) < len(texts) / 2


def test_neither_order_nor_company_changes_a_byte() -> None:
    texts = [*TEXTS, *OTHERS]
    known, terms = taken(THEMES, sorted(texts, key=lambda text: text.record.id)), terms_of(THEMES, segmenter().words)
    first = {each.document: each for each in align(terms, known, texts, shipped())}
    random.Random(3).shuffle(texts)
    for some in (texts, texts[:7], texts[:1]):
        for each in align(terms, known, some, shipped()):
            before = first[each.document]
            assert (each.probability, each.theme, each.passage) == (before.probability, before.theme, before.passage)
            assert each.spoken.tolist() == before.spoken.tolist()


def test_a_ground_is_read_back_as_it_was_written() -> None:
    known = taken(THEMES, TEXTS)
    written = alignment_ground.packed(known)
    again = alignment_ground.unpacked(written)
    assert alignment_ground.packed(again) == written
    terms = terms_of(THEMES, segmenter().words)
    one, other = (align(terms, each, TEXTS, shipped()) for each in (known, again))
    assert [each.probability for each in one] == [each.probability for each in other]


def test_the_documents_of_a_ground_do_not_depend_on_their_order() -> None:
    ids = [f"d{place}" for place in range(3_000)]
    few = alignment_ground.chosen(ids)
    assert few == alignment_ground.chosen(reversed(ids))
    assert len(few) == alignment_ground.SAMPLE
    more = alignment_ground.chosen([*ids, *(f"e{place}" for place in range(300))])
    assert len(set(few) & set(more)) > 0.8 * len(few)


@pytest.mark.parametrize(("themes", "texts"), [([], TEXTS), (THEMES, []), ([], []), (THEMES[:1], TEXTS[:1])])
def test_hardly_any_themes_or_texts_are_no_trouble(themes: list[WorkTheme], texts: list[ReadText]) -> None:
    made = aligner(themes, texts)
    assert made.vectors.shape == (len(themes), ENCODER.dimension)
    assert len(made.by_document) <= len(texts)
    assert made.written.documents == (len(texts) if themes else 0)
