"""What two texts share is counted in characters and sentences, each with its place in both originals."""

from __future__ import annotations

import numpy as np
import pytest

from tests import matters
from xiansuo.dedup.evidence import Evidence, compare
from xiansuo.dedup.overlap import SHORTEST_RUN
from xiansuo.dedup.rarity import rarity, stock
from xiansuo.records import Part
from xiansuo.text.letters import letters_of
from xiansuo.text.normalise import normalise
from xiansuo.text.shingles import bare

from .readings import GROUND, reading


def compared(draft: tuple[str, str], earlier: tuple[str, str]) -> Evidence:
    here, there = reading(*draft), reading(*earlier)
    letters = (letters_of(draft[1], here.passages.spans[1:]), letters_of(earlier[1], there.passages.spans[1:]))
    return compare(here, there, GROUND.centre, letters)


def text(row: dict[str, str]) -> tuple[str, str]:
    return row["title"], row["text"]


def test_a_text_is_all_of_itself() -> None:
    found = compared(text(matters.LIFT), text(matters.LIFT))
    assert found.copied_share == found.matter_similarity == found.title_similarity == 1
    assert found.new == ()


def test_two_matters_have_nothing_in_common() -> None:
    found = compared(text(matters.LIFT), text(matters.WATER))
    assert found.copied_share == 0
    assert found.longest_run < SHORTEST_RUN
    assert len(found.new) > len(found.pairs)


def test_a_sentence_added_is_new_and_the_rest_has_its_place() -> None:
    title, body = text(matters.STALLS)
    fresh = "上周油烟报警器一夜响了三回。"
    draft = fresh + body
    found = compared((title, draft), (title, body))
    assert [draft[slice(*span)] for span in found.new] == [fresh]
    for pair in found.pairs:
        assert draft[slice(*pair.draft)] == body[slice(*pair.earlier)]
    assert {pair.part for pair in found.pairs} == {Part.SITUATION, Part.SUGGESTIONS}


def test_everyday_phrases_are_not_copied() -> None:
    draft = ("路灯", "巷口的路灯坏了三个月，希望有关部门尽快处理。")
    earlier = ("水管", "村里的水管裂了半年，希望有关部门重视起来。")
    assert compared(draft, earlier).copied_share == 0


@pytest.mark.parametrize("parts", [("路灯坏了。", "水管裂了。"), ("巷", "村"), ("a", "")])
def test_very_short_texts_can_be_compared(parts: tuple[str, str]) -> None:
    found = compared(("题目", parts[0]), ("题目", parts[1]))
    assert 0 <= found.copied_share <= 1
    assert 0 <= found.matter_similarity <= 1


def test_a_sentence_that_many_texts_hold_says_nothing() -> None:
    assert rarity(np.array([1000, 1]), 1000).tolist() == [0, 1]
    few, many = rarity(np.array([10, 100]), 1000)
    assert 1 > few > many > 0


def test_in_an_empty_archive_every_sentence_counts() -> None:
    assert rarity(np.zeros(3, dtype=np.int64), 0).tolist() == [1, 1, 1]


def test_the_same_words_are_marked_in_both_originals() -> None:
    title, body = text(matters.STALLS)
    dressed = "上周油烟报警器一夜响了三回。\n" + body.replace("，", "、 ")
    found = compared((title, dressed), (title, body))
    mine = [bare(normalise(dressed[slice(*span)]).text) for span in found.runs]
    theirs = [bare(normalise(body[slice(*span)]).text) for span in found.earlier_runs]
    assert "".join(mine) == "".join(theirs) == bare(normalise(body).text)


def test_boilerplate_is_what_more_than_the_root_of_all_documents_hold() -> None:
    spread = np.array([1, 5, 26, 27, 30, 700])
    assert stock(rarity(spread, 700), 700).tolist() == [False, False, False, True, True, True]


def test_in_a_small_archive_a_text_that_a_few_copied_is_no_boilerplate() -> None:
    for documents in (0, 1, 2, 4):
        assert not stock(rarity(np.array([documents]), documents), documents).any()
    assert stock(rarity(np.array([5]), 6), 6).all()
