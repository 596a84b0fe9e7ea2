"""Names of the topics of an archive: readable, of its members' words, none twice, and kept where they are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import pytest

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.naming import Named, name_all
from xiansuo.records import Document, Kind
from xiansuo.store import documents
from xiansuo.text.segment import segmenter
from xiansuo.topics.items import Cluster
from xiansuo.topics.name import LONGEST
from xiansuo.topics.titles import SHORTEST

LATER = dt.date(2027, 1, 1)
MATTERS = {
    "充电": ["电动自行车充电隐患大", "电动自行车充电棚不够用", "楼道里给电动自行车充电", "电动自行车充电起火"],
    "食堂": ["社区老年食堂运营亏损", "老年食堂运营补助不到位", "老年食堂亏损停办", "农村老年食堂运营难"],
    "渔港": ["渔港淤积锚位不足", "渔港淤积渔船进不来", "渔港淤积亟待清淤", "渔港淤积台风天无处避风"],
}
RECORDS = {
    f"{matter}{number}": Document(
        id=f"{matter}{number}", kind=Kind.SUBMISSION, title=title, text=f"{title}，群众反映强烈，建议尽快处理。"
    )
    for matter, titles in MATTERS.items()
    for number, title in enumerate(titles)
}


def _clusters(records: Iterable[str]) -> list[Cluster]:
    found = []
    for matter in MATTERS:
        ids = tuple(sorted(id for id in records if id.startswith(matter)))
        found.append(Cluster(f"t-{matter}", ids, len(ids), ids, 1.0))
    return found


def _named(records: Mapping[str, Document] = RECORDS, taken: Mapping[str, str] | None = None) -> dict[str, Named]:
    told = name_all(segmenter(), _clusters(records), records, taken or {})
    return {each.cluster.id: each for each in told}


def test_names_do_not_depend_on_the_order_of_the_records() -> None:
    assert _named(dict(reversed(RECORDS.items()))) == _named()


def test_words_that_stand_together_are_one_phrase_and_not_shown_apart() -> None:
    phrases = _named()["t-充电"].phrases
    assert "电动自行车充电" in phrases
    assert not {"电动自行车", "充电"} & set(phrases)


def test_a_name_that_is_given_stays_and_no_other_is_alike() -> None:
    free = _named()["t-食堂"].name
    named = _named(taken={"t-充电": "楼道充电", "elsewhere": free})
    assert named["t-充电"].name == "楼道充电"
    assert named["t-食堂"].name != free
    assert named["t-渔港"] == _named()["t-渔港"]


@pytest.fixture
def found(demo: Desk) -> Sequence[Named]:
    """The topics of the demo corpus."""
    return find_topics(demo, now=LATER).named


def test_every_name_of_the_demo_is_short_enough_and_of_its_members_words(demo: Desk, found: Sequence[Named]) -> None:
    with demo.database.read() as connection:
        titles = {each.document.id: each.document.title for each in documents.read(connection)}
    words = segmenter().words
    for each in found:
        assert SHORTEST <= len(each.name) <= LONGEST, each.name
        told = "".join(titles[id] for id in each.cluster.members)
        assert any(len(word) > 1 and word in told for word in words(each.name)), each.name


def test_no_name_of_the_demo_wants_a_subject(found: Sequence[Named]) -> None:
    assert [each.name for each in found if each.name.startswith(("变成", "变为", "成为", "成了", "沦为"))] == []


def test_no_two_names_of_the_demo_share_most_of_their_characters(found: Sequence[Named]) -> None:
    pairs = [{each.name[i : i + 2] for i in range(len(each.name) - 1)} for each in found]
    for place, here in enumerate(pairs):
        for there in pairs[:place]:
            assert len(here & there) < 0.8 * min(len(here), len(there))


def test_no_phrase_of_the_demo_holds_another(found: Sequence[Named]) -> None:
    for each in found:
        shown = each.phrases
        assert not [(one, two) for one in shown for two in shown if one != two and one in two]
