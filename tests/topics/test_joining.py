"""Topics stay as they are while documents come and go, and what is kept does not show in which order they came."""

from __future__ import annotations

import random
from collections.abc import Sequence, Set
from copy import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.topics.small import ISSUES, archive, issue, item, sites_of, waves
from tests.topics.test_texts import same
from xiansuo.topics.cluster import Kept, cluster, kept_of
from xiansuo.topics.items import Cluster, Item, Loose
from xiansuo.topics.joining import Joined, join
from xiansuo.topics.likeness import Neighbours, Sites, neighbours
from xiansuo.topics.sites import Site
from xiansuo.topics.texts import Texts


class Archive:
    """An archive that is clustered once; later documents join, others are taken away."""

    def __init__(self, items: Sequence[Item]) -> None:
        made = cluster(items)
        assert made.kept is not None
        self.items = {each.id: each for each in items}
        self.clusters: list[Cluster] = list(made.clusters)
        self.loose: tuple[Loose, ...] = made.loose
        self.kept: Kept = made.kept

    def join(self, new: Sequence[Item], removed: Sequence[str] = (), young: Set[str] = frozenset()) -> Joined:
        """Bring it up to date as the desk does; corrected documents are among both."""
        for id in removed:
            del self.items[id]
        self.items.update((each.id, each) for each in new)
        left = [[id for id in ids if id not in removed] for ids in self.kept.documents if ids[0] in removed]
        again = [self.items[ids[0]] for ids in left if ids]

        def site_of(ids: Sequence[str]) -> list[Site]:
            return [sites_of(list(self.items.values()))[id] for id in ids]

        told = {each.id: each for each in [*again, *new]}
        made = join(self.kept, self.clusters, self.loose, list(told.values()), set(removed), site_of, young)
        stay = [each for each in self.clusters if each.id not in made.gone]
        self.clusters, self.loose, self.kept = [*stay, *made.drawn], made.loose, made.kept
        self.check()
        return made

    def check(self) -> None:
        """Every document has one answer, and what is kept is what would be kept of all documents at once."""
        told = [id for each in self.clusters for id in each.members] + [each.id for each in self.loose]
        assert sorted(told) == sorted(self.items)
        for each in self.loose:
            assert {near.id for near in each.nearest} <= self.items.keys() - {each.id}
        anew = kept_of(list(self.items.values()), self.kept.ground, self.kept.floor)
        assert self.kept.documents == anew.documents
        assert self.kept.fingerprints == anew.fingerprints
        assert same(self.kept.texts, anew.texts)

    @property
    def groups(self) -> set[frozenset[str]]:
        """The documents of each topic."""
        return {frozenset(each.members) for each in self.clusters}

    def home(self, id: str) -> frozenset[str]:
        """The documents of the topic that a document is in, none if it is in none."""
        return next((each for each in self.groups if id in each), frozenset())


def replace_of(made: Archive) -> Archive:
    """Another archive in the same state."""
    other = copy(made)
    other.items, other.clusters = dict(made.items), list(made.clusters)
    return other


def of(items: Sequence[Item], number: int) -> list[Item]:
    return [each for each in items if issue(each) == number]


def later(id: str, number: int, own: str) -> Item:
    return item(id, " ".join(ISSUES[number].split()[:6]) + f" {own}")


def test_what_comes_joins_its_matter_and_all_else_is_the_same_object() -> None:
    made = Archive(archive())
    before, alone = list(made.clusters), made.loose
    joined = made.join([later("n1", 1, "新来")])
    (drawn,) = joined.drawn
    assert set(drawn.members) == {"n1", *(each.id for each in of(archive(), 1))}
    assert [each for each in made.clusters if each is not drawn] == [
        each for each in before if each.id not in joined.gone
    ]
    assert made.loose == alone


def test_joining_nothing_changes_nothing() -> None:
    made = Archive(archive())
    before = (list(made.clusters), made.loose)
    joined = made.join([])
    assert (joined.gone, joined.drawn) == ((), ())
    assert (made.clusters, made.loose) == before


def test_what_is_like_nothing_stays_alone_and_two_new_ones_found_a_matter() -> None:
    made = Archive(archive())
    joined = made.join([item("n1", "从未 有过 此事 甲")])
    assert not joined.drawn
    assert "n1" in {each.id for each in made.loose}
    (founded,) = made.join([item("n2", "从未 有过 此事 乙")]).drawn
    assert founded.members == ("n1", "n2"), "a loose text of before founds it with a new one"


def test_a_copy_of_a_loose_text_makes_it_a_matter() -> None:
    made = Archive(archive())
    alone = made.loose[0].id
    (founded,) = made.join([replace(made.items[alone], id="n1")]).drawn
    assert (set(founded.members), founded.texts) == ({alone, "n1"}, 1)


def test_a_copy_that_comes_first_by_id_is_how_the_text_is_told() -> None:
    made = Archive(archive())
    original = of(archive(), 0)[0]
    made.join([replace(original, id="a0", voice="甲", title=item("", "", title="老年食堂").title)])
    assert "a0" in made.home(original.id)
    made.join([], ["a0"])
    assert original.id in {id for each in made.clusters for id in each.members}


def test_old_topics_are_not_merged_by_what_lies_between_them() -> None:
    made = Archive(archive())
    before = made.groups
    both = " ".join([*ISSUES[0].split()[:6], *ISSUES[1].split()[:6]])
    made.join([item(f"n{n}", f"{both} 新{n}") for n in range(6)])
    assert all(any(group <= now for now in made.groups) for group in before)
    assert len(made.groups) >= len(before)
    homes = [next(now for now in made.groups if group <= now) for group in before]
    assert len(set(homes)) == len(homes)


def test_topics_that_were_founded_since_may_still_join() -> None:
    made = Archive(archive())
    wave = ["井盖", "松动", "夜里", "响声", "车轮", "路面", "夜班", "投诉"]
    for name, half in (("a", wave[:5]), ("b", wave[3:])):
        made.join([item(f"{name}{n}", f"{' '.join(half)} 头{name}{n}") for n in range(3)])
    young = {each.id for each in made.clusters if each.members[0][0] in "ab"}
    assert len(young) == 2
    both = [item(f"c{n}", f"{' '.join(wave)} 尾{n}") for n in range(6)]
    apart, joined = replace_of(made), replace_of(made)
    apart.join(both)
    joined.join(both, young=young)
    assert len({apart.home(id) for id in ("a0", "b0")}) == 2
    assert joined.home("a0") == joined.home("b0") >= {"c0", "c5"}
    assert len(young & {each.id for each in joined.clusters}) == 1, "one of them goes on under its name"


def test_two_waves_of_more_texts_than_are_listed_are_two_matters() -> None:
    made = Archive([item(f"x{n:03d}", f"别事{n} 他物{n} 另件{n} 异闻{n}") for n in range(200)])
    made.join(waves())
    one, other = made.home("a000"), made.home("b000")
    assert {f"a{n:03d}" for n in range(100)} <= one
    assert {f"b{n:03d}" for n in range(100)} <= other
    assert not one & other


def test_topics_as_editors_drew_them_are_not_drawn_otherwise_by_what_joins() -> None:
    made = Archive(archive())
    first, second, third, *others = made.clusters
    halves = [replace(third, id=name, members=third.members[n::2]) for n, name in enumerate(("t-a", "t-b"))]
    made.clusters = [replace(first, members=tuple(sorted(first.members + second.members))), *halves, *others]
    before = made.groups
    made.join([later(f"n{number}", number, "新来") for number in range(5)])
    assert len(made.groups) == len(before)
    assert all(any(group <= now for now in made.groups) for group in before)


def test_what_is_taken_away_is_gone_from_every_answer_and_the_others_stay_together() -> None:
    made = Archive(archive())
    ids = [each.id for each in of(archive(), 2)]
    joined = made.join([], ids[:2])
    assert made.home(ids[2]) == set(ids[2:])
    assert len(joined.gone) == 1
    made.join([], ids[2:-1])
    assert ids[-1] in {each.id for each in made.loose}, "one text alone is no topic"
    made.join([], ids[-1:])
    assert len(made.clusters) == len(ISSUES) - 1


def test_a_loose_text_is_not_told_to_be_near_what_is_gone() -> None:
    between = item("m", " ".join(told.split()[0] for told in ISSUES[:4]) + " 独一 无二 绝无 仅有")
    made = Archive([*archive(), between])
    (loose,) = [each for each in made.loose if each.id == "m"]
    gone = [near.id for near in loose.nearest]
    made.join([], gone)
    (told_anew,) = [each for each in made.loose if each.id == "m"]
    assert len(told_anew.nearest) == 3
    assert not {near.id for near in told_anew.nearest} & set(gone)


def test_a_corrected_document_goes_where_its_new_text_belongs() -> None:
    made = Archive(archive())
    moved = of(archive(), 0)[0].id
    made.join([later(moved, 3, "更正")], [moved])
    assert made.home(moved) == {moved, *(each.id for each in of(archive(), 3))}
    assert made.home(of(archive(), 0)[1].id) == {each.id for each in of(archive(), 0)} - {moved}


def test_all_that_there_was_may_go_and_all_may_be_corrected() -> None:
    made = Archive(archive())
    ids = sorted(made.items)
    made.join([later(id, n % 5, f"更正{n}") for n, id in enumerate(ids)], ids)
    assert len(made.groups) == 5
    joined = made.join([], ids)
    assert (made.clusters, made.loose, len(joined.kept.texts)) == ([], (), 0)
    made.join([later("n1", 0, "甲"), later("n2", 0, "乙")])
    assert made.groups == {frozenset({"n1", "n2"})}


@pytest.mark.parametrize("seed", range(3))
def test_one_by_one_or_all_at_once_nearly_the_same_are_assigned(seed: int) -> None:
    items = archive(seed, each=8)
    new = items[::8]
    old = [each for each in items if each not in new]
    at_once, singly = Archive(old), Archive(old)
    at_once.join(new)
    for each in new:
        singly.join([each])
    counts = [sum(map(len, made.groups)) for made in (at_once, singly, Archive(items))]
    assert max(counts) - min(counts) <= 0.05 * len(items)
    shuffled = Archive(old)
    random.Random(seed).shuffle(new)
    shuffled.join(new)
    assert (shuffled.groups, shuffled.loose) == (at_once.groups, at_once.loose)


@settings(max_examples=15)
@given(st.data())
def test_old_members_stay_together_whatever_comes_and_goes(data: st.DataObject) -> None:
    items = archive()
    pool = [later(f"n{n}", n % 5, f"新{n % 7}") for n in range(15)]
    pool += [replace(each, id=f"c{each.id}") for each in items[:10]]
    made = Archive(items)
    for _ in range(3):
        before = made.groups
        known = sorted(made.items)
        removed = data.draw(st.lists(st.sampled_from(known), unique=True, max_size=5))
        fresh = [each for each in pool if each.id not in made.items]
        new = data.draw(st.lists(st.sampled_from(fresh), unique_by=lambda each: each.id, max_size=4)) if fresh else []
        corrected = [later(id, len(id) % 5, "更正") for id in removed[:1]]
        joined = made.join([*new, *corrected], removed)
        homes = []
        for group in before:
            left = group - set(removed)
            now = {made.home(id) for id in left}
            assert len(now) <= 1
            homes += [each for each in now if each]
        assert len(homes) == len(set(homes)), "topics are not merged"
        assert joined.kept.floor == made.kept.floor


def test_order_of_what_is_new_does_not_matter() -> None:
    new = [later(f"n{n}", n % 5, f"新{n % 3}") for n in range(12)]
    told = []
    for order in (new, new[::-1]):
        made = Archive(archive())
        made.join(order)
        told.append((made.clusters, made.loose, made.kept.documents, made.kept.texts.meant.tobytes()))
    assert told[0] == told[1]


def test_the_nearest_of_a_text_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def looking(among: Texts, sites: Sites, least: float, rows: NDArray[np.int64]) -> Neighbours:
        looked.extend(rows.tolist())
        return neighbours(among, sites, least, rows)

    made = Archive(archive())
    monkeypatch.setattr("xiansuo.topics.joining.neighbours", looking)
    made.join([item("n1", "从未 有过 此事 甲"), item("n2", "从未 有过 此事 乙"), later("n3", 1, "新来")], ["d000"])
    assert len(looked) >= 3
    assert len(looked) == len(set(looked))


def test_rows_are_whole_numbers_of_the_ground_that_was() -> None:
    made = Archive(archive())
    spread = made.kept.ground.words.spread.copy()
    made.join([later("n1", 1, "新来")])
    assert np.array_equal(made.kept.ground.words.spread, spread)
