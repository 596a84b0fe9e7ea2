"""What holds two texts together is their matter: not stock, not a habit of the writer, not the usual measures."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.topics.small import item, vector, words
from xiansuo.topics.bag import ASKED, COLUMNS, HABIT, NO_WORDS, Words, usage, weighed
from xiansuo.topics.cluster import cluster
from xiansuo.topics.exact import LENGTH
from xiansuo.topics.items import Item

_LETTERS = 6 * HABIT
_HABIT = "大局 契约 铺天 盖地 相形 见绌"


def _letters(author: str) -> list[Item]:
    """One letter a matter, each in the writer's usual words."""
    texts = [f"甲{i} 乙{i} 丙{i} 丁{i}" for i in range(_LETTERS)]
    return [Item(f"w{i:02d}", vector(text), words(f"{text} {_HABIT}"), text, author) for i, text in enumerate(texts)]


def _others() -> list[Item]:
    texts = [f"别事{i} 他物{i} 另件{i} 异闻{i}" for i in range(600)]
    return [item(f"x{i:03d}", text, voice=f"人{i}") for i, text in enumerate(texts)]


def _voices(names: list[str]) -> NDArray[np.int64]:
    known = sorted(set(names) - {""})
    return np.array([known.index(name) if name else -1 for name in names], dtype=np.int64)


def _cosines(told: list[Words], names: list[str]) -> NDArray[np.float64]:
    """The cosine of the first text with the others."""
    made = weighed(told, _voices(names), usage(told, _voices(names))).astype(np.int64)
    return np.asarray((made[1:] @ made[:1].T).toarray().ravel() / LENGTH**2)


def test_the_habits_of_one_writer_are_no_matter() -> None:
    found = cluster(_letters("甲") + _others()).clusters
    assert not [id for each in found for id in each.members if id.startswith("w")]
    # The same letters by sixty people would be one matter indeed.
    by_many = [
        Item(each.id, each.vector, each.words, each.fingerprint, f"乙{i}") for i, each in enumerate(_letters("甲"))
    ]
    assert max(len(each.members) for each in cluster(by_many + _others()).clusters) > _LETTERS / 2


def test_a_few_letters_on_one_matter_are_not_held_against_their_writer() -> None:
    told = [words(f"搅拌站 粉尘 另{i}") for i in range(HABIT)] + [words(f"旁{i} 外{i}") for i in range(20)]
    voices = ["甲"] * HABIT + [f"乙{i}" for i in range(20)]
    assert np.array_equal(_cosines(told, voices), _cosines(told, [""] * 30))


def test_one_letter_more_and_it_is_a_habit() -> None:
    told = [words(f"搅拌站 粉尘 另{i}") for i in range(3 * HABIT)] + [words(f"旁{i} 外{i}") for i in range(20)]
    voices = ["甲"] * 3 * HABIT + [f"乙{i}" for i in range(20)]
    habit, people = _cosines(told, voices), _cosines(told, [""] * len(told))
    assert (habit[: 3 * HABIT - 1] < people[: 3 * HABIT - 1]).all()
    assert np.array_equal(habit[3 * HABIT :], people[3 * HABIT :])


def test_unnamed_writers_are_different_people() -> None:
    told = [words(f"搅拌站 粉尘 另{i}") for i in range(3 * HABIT)]
    assert np.array_equal(_cosines(told, [""] * len(told)), _cosines(told, [f"乙{i}" for i in range(len(told))]))


def test_words_of_the_suggestions_alone_count_less() -> None:
    both = words("停电 电表 考核 台账 巡查 通报")
    same_measures = [both, words("井盖 路面 考核 台账 巡查 通报"), *[words(f"旁{i} 外{i}") for i in range(20)]]
    plain = _cosines(same_measures, [""] * 22)[0]
    told = [each.told(words("停电 电表 井盖 路面").terms) for each in same_measures[:2]]
    assert _cosines([*told, *same_measures[2:]], [""] * 22)[0] < 0.7 * plain


def test_left_out_words_are_gone_with_their_worth() -> None:
    told = words("食堂 尊敬 亏损").told(words("食堂").terms)
    left = told.without(words("尊敬").terms)
    assert len(left.terms) == len(left.counts) == 2
    assert left.worth is not None
    assert sorted(left.worth.tolist()) == [ASKED, 1.0]
    assert words("食堂 尊敬").without(words("尊敬").terms).worth is None


@given(st.lists(st.text("甲乙丙丁 ", max_size=9), min_size=1, max_size=12), st.data())
def test_rows_are_whole_numbers_of_one_length_whatever_else_is_weighed_with_them(
    told: list[str], data: st.DataObject
) -> None:
    read = [words(text) for text in told]
    names = data.draw(st.lists(st.sampled_from(["", "甲", "乙"]), min_size=len(told), max_size=len(told)))
    known = usage(read, _voices(names))
    made = weighed(read, _voices(names), known)
    assert made.dtype == np.int32
    assert made.shape == (len(told), COLUMNS)
    lengths = np.sqrt(made.astype(np.int64).multiply(made).sum(axis=1)).ravel().tolist()
    for each, length in zip(read, lengths[0], strict=True):
        assert abs(length - LENGTH) < 4 if len(each.terms) else length == 0
    some = data.draw(st.lists(st.integers(0, len(told) - 1), unique=True))
    alone = weighed([read[row] for row in some], _voices(names)[some], known)
    assert (alone != made[some]).nnz == 0, "a ground weighs a text the same way, alone or among others"


def test_what_nobody_has_written_yet_is_as_rare_as_what_one_has() -> None:
    told = [words("食堂 亏损"), *[words(f"旁{i} 外{i}") for i in range(9)]]
    new = weighed([words("食堂 从未")], np.array([-1]), usage(told, np.full(10, -1)))
    assert len(set(new.data.tolist())) == 1


def test_no_texts_have_a_usage_and_no_rows() -> None:
    known = usage([], np.zeros(0, np.int64))
    assert (known.texts, int(known.spread.sum()), len(known.habits)) == (0, 0, 0)
    assert weighed([], np.zeros(0, np.int64), known).shape == (0, COLUMNS)
    assert weighed([NO_WORDS], np.array([-1]), known).nnz == 0
