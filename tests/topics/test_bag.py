"""What holds two texts together is their matter: not stock, not a habit of the writer, not the usual measures."""

from __future__ import annotations

import numpy as np

from tests.topics.test_cluster import _vector, _words
from xiansuo.topics.bag import ASKED, HABIT, Bag, Words
from xiansuo.topics.cluster import Item, cluster

_LETTERS = 6 * HABIT
_HABIT = "大局 契约 铺天 盖地 相形 见绌"


def _letters(author: str) -> list[Item]:
    """One letter a matter, each in the writer's usual words."""
    found = []
    for i in range(_LETTERS):
        matter = f"甲{i} 乙{i} 丙{i} 丁{i}"
        found.append(Item(f"w{i:02d}", _vector(matter), _words(f"{matter} {_HABIT}"), str(i), author))
    return found


def _others() -> list[Item]:
    texts = [f"别事{i} 他物{i} 另件{i} 异闻{i}" for i in range(600)]
    return [Item(f"x{i:02d}", _vector(text), _words(text), text, f"人{i}") for i, text in enumerate(texts)]


def test_the_habits_of_one_writer_are_no_matter() -> None:
    assert not cluster(_letters("甲") + _others()).clusters
    # The same letters by sixty people would be one matter indeed.
    by_many = [
        Item(each.id, each.vector, each.words, each.fingerprint, f"乙{i}") for i, each in enumerate(_letters(""))
    ]
    assert max(len(each.members) for each in cluster(by_many + _others()).clusters) > _LETTERS / 2


def test_a_few_letters_on_one_matter_are_not_held_against_their_writer() -> None:
    words = [_words(f"搅拌站 粉尘 另{i}") for i in range(HABIT)] + [_words(f"旁{i} 外{i}") for i in range(20)]
    voices = ["甲"] * HABIT + [f"乙{i}" for i in range(20)]
    others = np.arange(1, HABIT)
    assert np.array_equal(Bag(words, voices).cosines(0, others), Bag(words, [""] * 30).cosines(0, others))


def test_unnamed_writers_are_different_people() -> None:
    words = [_words(f"搅拌站 粉尘 另{i}") for i in range(3 * HABIT)]
    named = [f"乙{i}" for i in range(len(words))]
    others = np.arange(1, len(words))
    assert np.array_equal(Bag(words, [""] * len(words)).cosines(0, others), Bag(words, named).cosines(0, others))


def test_words_of_the_suggestions_alone_count_less() -> None:
    matter, measures = _words("停电 电表"), _words("考核 台账 巡查 通报")
    both = Words(*(np.concatenate(pair) for pair in ((matter.terms, measures.terms), (matter.counts, measures.counts))))
    same_measures = [both, _words("井盖 路面 考核 台账 巡查 通报"), *[_words(f"旁{i} 外{i}") for i in range(20)]]
    plain = Bag(same_measures, [""] * 22).cosines(0, np.array([1]))[0]
    told = [each.told(_words("停电 电表 井盖 路面").terms) for each in same_measures[:2]]
    weighed = Bag([*told, *same_measures[2:]], [""] * 22).cosines(0, np.array([1]))[0]
    assert weighed < 0.7 * plain


def test_left_out_words_are_gone_with_their_worth() -> None:
    words = _words("食堂 尊敬 亏损").told(_words("食堂").terms)
    left = words.without(_words("尊敬").terms)
    assert len(left.terms) == len(left.counts) == 2
    assert left.worth is not None
    assert sorted(left.worth.tolist()) == [ASKED, 1.0]
