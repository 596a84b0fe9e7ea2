"""Each number of a pair says what its name says, whatever the texts."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest

from tests import matters
from xiansuo.dedup.features import Ground, features

from .readings import GROUND, compared, of, reading

# What may follow the suggestions; all else is about the problem, the title, the places, or who wrote when.
OF_SUGGESTIONS = {
    *(
        "copied",
        "copied_back",
        "copied_suggestions",
        "letters",
        "letters_suggestions",
        "nearly_same",
        "taken_suggestions",
    ),
    *(
        "aligned",
        "new_numbers",
        "new_places",
        "new_words",
        "places_put_in",
        "places_new",
        "places_gone",
        "longest_run",
        "numbers_known",
    ),
    *(
        "meaning",
        "theme",
        "meaning_suggestions",
        "sentences",
        "sentences_suggestions",
        "new_suggestions",
        "suggestions_alone",
    ),
    *("words", "words_suggestions", "words_known", "words_kept", "title_kept", "key_kept", "cues", "length"),
    *("newest_suggestions", "kept_suggestions", "suggested_was_problem", "problem_was_suggested", "suggests_more"),
    *("cues_more", "later"),
    *("exchanged", "exchanged_again", "exchanged_often", "exchanged_share", "kept_and_exchanged"),
    *("title_moved", "title_key_swapped"),
    *("kept_and_key_gone", "kept_and_key_new", "kept_and_numbers_new", "kept_and_places_swapped"),
}
OF_THE_PROBLEM = {
    *(
        "letters_problem",
        "taken_problem",
        "meaning_problem",
        "meaning_title",
        "theme_title",
        "words_problem",
        "words_title",
    ),
    *("title_known", "key_known", "places_swapped", "title_swapped"),
    *("problem_known", "problem_kept", "cues_problem", "cues_title", "cues_title_more"),
    *("has_suggestions", "same_unit", "years"),
}
STOCK = "近年来，各部门高度重视，取得积极成效。但仍存在短板弱项。建议：加强组织领导。强化监督检查。"


@pytest.mark.parametrize("row", matters.ALL, ids=lambda row: row["id"])
def test_a_text_is_all_of_itself(row: dict[str, str]) -> None:
    found = compared(row, row)
    whole = ("copied", "copied_back", "copied_suggestions", "letters", "letters_problem", "letters_suggestions")
    for name in (
        *whole,
        "taken_problem",
        "taken_suggestions",
        "nearly_same",
        "aligned",
        "same_unit",
        "has_suggestions",
    ):
        assert found[name] == 1, name
    for name in (
        "meaning",
        "meaning_problem",
        "meaning_suggestions",
        "meaning_title",
        "theme",
        "theme_title",
        "problem_known",
        "problem_kept",
        "kept_suggestions",
        "newest_suggestions",
        "sentences",
        "words",
        "words_title",
    ):
        assert found[name] == pytest.approx(1, abs=1e-4), name
    for name in ("places_new", "places_gone", "places_swapped", "title_swapped", "places_put_in", "new_words"):
        assert found[name] == 0, name
    nothing = ("new_numbers", "new_places", "new_suggestions", "suggestions_alone", "suggests_more", "length", "years")
    for name in (*nothing, "cues_more", "cues_title_more", "later"):
        assert found[name] == pytest.approx(0, abs=1e-4), name


def test_two_matters_share_next_to_nothing() -> None:
    for draft, earlier in itertools.permutations(matters.ALL, 2):
        found = compared(draft, earlier)
        for name in ("copied", "copied_back", "nearly_same", "aligned", "longest_run"):
            assert found[name] == 0, (name, draft["id"], earlier["id"])
        assert found["letters"] < 0.3
        assert found["meaning"] < compared(draft, draft)["meaning"]


@pytest.mark.parametrize("row", matters.ALL, ids=lambda row: row["id"])
def test_another_last_suggestion_changes_what_is_said_of_suggestions_alone(row: dict[str, str]) -> None:
    same = compared(row, row)
    assert set(same) == OF_SUGGESTIONS | OF_THE_PROBLEM
    kept = row["text"].rsplit("三是", 1)[0]
    found = compared({**row, "text": f"{kept}三是请高校师生每季度来做一次回访。"}, row)
    changed = {name for name in same if found[name] != same[name]}
    assert changed <= OF_SUGGESTIONS
    assert {"copied_suggestions", "letters_suggestions", "meaning_suggestions", "words_suggestions"} <= changed
    assert found["copied_suggestions"] < found["copied"] < 1


def test_a_place_put_in_for_another_is_a_swap() -> None:
    for row, old, new in (
        (matters.LIFT, "春江里小区", "松涛苑小区"),
        (matters.STALLS, "柳荫路", "枫林路"),
        (matters.SCHOOL, "石坝镇", "青禾镇"),
        (matters.WATER, "松岭乡", "竹溪村"),
    ):
        draft = {**row, "text": row["text"].replace(old, new)}
        assert draft["text"] != row["text"]
        found, same = compared(draft, row), compared(row, row)
        for name in ("places_swapped", "places_new", "places_gone", "kept_and_places_swapped"):
            assert found[name] > same[name] == 0, (name, new)
        assert found["nearly_same"] > 0.7
        # A place left out is no swap.
        assert compared({**row, "text": row["text"].replace(old, "")}, row)["places_swapped"] == 0


def test_other_figures_in_the_same_sentences_are_seen() -> None:
    draft = {**matters.STALLS, "text": matters.STALLS["text"].replace("六十多个", "八十多个")}
    found = compared(draft, matters.STALLS)
    assert found["new_numbers"] > 0 < found["kept_and_numbers_new"]
    assert found["numbers_known"] < compared(matters.STALLS, matters.STALLS)["numbers_known"]
    assert found["places_swapped"] == 0
    figures = {**matters.STALLS, "text": matters.STALLS["text"].replace("六十多个", "60多个")}
    assert compared(figures, matters.STALLS)["new_numbers"] == 0


def test_what_most_of_the_archive_holds_says_nothing() -> None:
    draft = reading("关于做好工作的建议", STOCK, rarity=0)
    words = {word for passage in draft.words for word in passage}
    found = features(draft, reading("关于做好工作的建议", STOCK), Ground(dict.fromkeys(words, 0.0), GROUND.centre))
    for name in ("copied", "copied_suggestions", "letters", "letters_problem", "letters_suggestions", "nearly_same"):
        assert found[name] == 0, name
    for name in (
        "words",
        "words_problem",
        "words_suggestions",
        "words_title",
        "words_known",
        "words_kept",
        "key_known",
    ):
        assert found[name] == 0, name
    assert not any(value for name, value in found.items() if name.startswith("kept_and_"))


def test_stock_sentences_around_a_matter_count_less_than_the_matter() -> None:
    plain = reading(matters.LIFT["title"], f"{STOCK}\n{matters.LIFT['text']}")
    weights = np.array([0.0 if text in STOCK else 1.0 for text in plain.passages.texts])
    draft = type(plain)(plain.passages, plain.matrix, weights, plain.words)
    earlier = reading(matters.TREES["title"], f"{STOCK}\n{matters.TREES['text']}")
    assert weights.min() == 0
    for name in ("copied", "letters", "nearly_same"):
        assert features(draft, earlier, GROUND)[name] < features(plain, earlier, GROUND)[name], name


def test_what_all_texts_have_in_common_brings_none_together() -> None:
    left, right = of(matters.LIFT), of(matters.STALLS)
    centre = np.concatenate([left.matrix, right.matrix]).mean(axis=0)
    assert features(left, right, Ground({}, centre))["meaning"] < features(left, right, GROUND)["meaning"]


def test_who_and_when_are_told_apart() -> None:
    day = dt.date(2026, 3, 1)
    for date, years in ((day, 0), (day + dt.timedelta(days=730), 2), (day + dt.timedelta(days=9999), 5)):
        draft = reading("路灯", "路灯坏了。", unit="甲", date=date)
        assert features(draft, reading("路灯", "路灯坏了。", unit="乙", date=day), GROUND)["years"] == years
        assert features(reading("路灯", "路灯坏了。", date=day), draft, GROUND)["years"] == 0
    known, other, nobody = (reading("路灯", "路灯坏了。", unit=unit) for unit in ("甲", "乙", ""))
    pairs = ((known, known, 1), (known, other, 0), (nobody, nobody, 0), (nobody, known, 0))
    assert [features(a, b, GROUND)["same_unit"] for a, b, _ in pairs] == [same for *_, same in pairs]
    assert features(known, nobody, GROUND)["years"] == 0


def test_every_number_is_finite_and_the_same_the_second_time() -> None:
    texts = [
        ("", ""),
        ("路灯", ""),
        ("", "巷"),
        ("路灯", "建议：修好它。"),
        ("a", "1" * 300),
        (matters.LIFT["title"], STOCK),
    ]
    for draft, earlier in itertools.product(texts, repeat=2):
        found = features(reading(*draft), reading(*earlier), GROUND)
        assert found == features(reading(*draft), reading(*earlier), GROUND)
        assert all(np.isfinite(value) for value in found.values())
        assert set(found) == OF_SUGGESTIONS | OF_THE_PROBLEM
