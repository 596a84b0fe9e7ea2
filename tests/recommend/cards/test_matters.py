from __future__ import annotations

from tests.recommend.archive import matter, read
from xiansuo.recommend.aligning.alignment import Alignment
from xiansuo.recommend.cards.matters import shown_theme, theme_of
from xiansuo.records import WorkTheme

TEXTS = [read(f"d{place}", "老年食堂亏损", "老年食堂就餐的少。") for place in range(4)]


def _on(theme: str, id: str, probability: float = 0.9) -> Alignment:
    return Alignment(id, WorkTheme(id=theme, name=theme), probability, ("老年食堂",), "", "")


def test_a_matters_theme_is_that_of_most_of_its_texts_with_the_clearest_of_them() -> None:
    aligned = {"d0": _on("T1", "d0", 0.7), "d1": _on("T1", "d1", 0.8), "d2": _on("T2", "d2", 0.99)}
    found = theme_of(matter(*TEXTS), aligned)
    assert found is not None
    assert (found.best.document, found.best.theme.id, found.texts) == ("d1", "T1", 2)


def test_neither_the_order_of_texts_nor_a_tie_is_left_to_chance() -> None:
    aligned = {each.record.id: _on(f"T{place % 2}", each.record.id) for place, each in enumerate(TEXTS)}
    found = [theme_of(matter(*texts), aligned) for texts in (TEXTS, TEXTS[::-1])]
    assert found[0] == found[1]
    assert found[0] is not None
    assert found[0].best.theme.id == "T0"


def test_what_fewer_than_a_third_of_the_texts_speak_of_is_no_theme() -> None:
    assert theme_of(matter(*TEXTS), {"d0": _on("T1", "d0")}) is None
    assert theme_of(matter(*TEXTS[:3]), {"d0": _on("T1", "d0")}) is not None
    assert theme_of(matter(*TEXTS), {}) is None


def test_a_card_names_a_theme_that_more_than_a_third_of_the_texts_show_and_not_one_of_two() -> None:
    for count in (2, 3, 4):
        assert shown_theme(matter(*TEXTS[:count]), {"d0": _on("T1", "d0")}) is None
    assert shown_theme(matter(*TEXTS[:1]), {"d0": _on("T1", "d0")}) is not None
    both = {id: _on("T1", id) for id in ("d0", "d1")}
    assert shown_theme(matter(*TEXTS), both) is not None
    unseen = {id: Alignment(id, each.theme, 0.99, (), "别的话", "别的条款") for id, each in both.items()}
    assert theme_of(matter(*TEXTS), unseen) is not None
    assert shown_theme(matter(*TEXTS), unseen) is None
