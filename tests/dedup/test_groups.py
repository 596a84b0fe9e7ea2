"""Groups are stars: whatever is linked to whatever, in whatever order."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from xiansuo.dedup.groups import Grouping, Link, form_groups, order_of_choice
from xiansuo.records import Adoption, Document, Level, Relation

IDS = [f"稿{i:02d}" for i in range(12)]


@st.composite
def _links(draw: st.DrawFn) -> Link:
    later, earlier = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True))
    relation = draw(st.sampled_from([Relation.COPY, Relation.SAME_MATTER]))
    return Link(later, earlier, relation, draw(st.sampled_from([0.5, 0.7, 0.9])), draw(st.booleans()))


MANY = st.lists(_links(), max_size=30)


def group(links: list[Link], order: list[str] = IDS) -> Grouping:
    return form_groups(links, order)


def copy(later: str, earlier: str) -> Link:
    return Link(later, earlier, Relation.COPY, 0.98, True)


def likely(later: str, earlier: str) -> Link:
    return Link(later, earlier, Relation.SAME_MATTER, 0.6, False)


@given(MANY)
def test_a_canonical_document_is_never_a_duplicate_and_nobody_is_in_two_groups(links: list[Link]) -> None:
    found = group(links)
    everybody = [id for each in found.groups for id in (each.canonical, *(member.id for member in each.members))]
    assert len(everybody) == len(set(everybody))


@given(MANY)
def test_the_canonical_one_comes_first_by_choice(links: list[Link]) -> None:
    for each in group(links).groups:
        assert all(IDS.index(each.canonical) < IDS.index(member.id) for member in each.members)


@given(MANY)
def test_every_member_was_judged_and_two_likely_links_never_follow_one_another(links: list[Link]) -> None:
    judged = {(frozenset((link.later, link.earlier)), link.is_copy) for link in links}
    for each in group(links).groups:
        for member in each.members:
            ends = frozenset((member.id, member.through or each.canonical))
            assert member.link in links
            assert {member.link.later, member.link.earlier} == ends
            if member.through:
                between = frozenset((member.through, each.canonical))
                assert (between, True) in judged or ((between, False) in judged and member.link.is_copy)
                assert not any(pair == frozenset((member.id, each.canonical)) for pair, _ in judged)


@given(MANY)
def test_every_link_is_inside_a_group_or_told_apart(links: list[Link]) -> None:
    found = group(links)
    home = {id: each.canonical for each in found.groups for id in (each.canonical, *(m.id for m in each.members))}
    apart = {frozenset((link.later, link.earlier)) for link in found.apart}
    for link in links:
        together = home.get(link.later, link.later) == home.get(link.earlier, link.earlier)
        assert together != (frozenset((link.later, link.earlier)) in apart)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nothing(links: list[Link], chance: random.Random) -> None:
    shuffled = chance.sample(links, len(links))
    assert group(shuffled) == group(links)


def test_likely_links_do_not_chain() -> None:
    found = group([likely("稿01", "稿00"), likely("稿02", "稿01")])
    assert [(each.canonical, [member.id for member in each.members]) for each in found.groups] == [("稿00", ["稿01"])]
    assert [(link.later, link.earlier) for link in found.apart] == [("稿02", "稿01")]


def test_a_copy_comes_along_with_its_original() -> None:
    (each,) = group([likely("稿01", "稿00"), copy("稿02", "稿01")]).groups
    assert [(member.id, member.through) for member in each.members] == [("稿01", ""), ("稿02", "稿01")]


def test_of_two_judgements_on_a_pair_the_stronger_counts() -> None:
    (each,) = group([likely("稿01", "稿00"), copy("稿00", "稿01")]).groups
    assert each.members[0].link == copy("稿00", "稿01")


def test_adoption_decides_first_then_the_date_then_the_id() -> None:
    def text(id: str, day: int | None, *levels: Level) -> Document:
        date = dt.date(2026, 3, day) if day else None
        adoptions = tuple(Adoption(level=level) for level in levels)
        return Document(id=id, title="路灯不亮", text="解放路的路灯不亮。", date=date, adoptions=adoptions)

    records = [
        text("丙", None),
        text("乙", 2),
        text("甲", 2),
        text("丁", 9, Level.CITY),
        text("戊", 8, Level.DISTRICT, Level.PROVINCE),
        text("己", 1),
    ]
    assert order_of_choice(records) == ["戊", "丁", "己", *sorted("甲乙"), "丙"]
    assert order_of_choice(records[::-1]) == order_of_choice(records)
