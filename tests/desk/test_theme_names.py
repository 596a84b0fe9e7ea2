"""Names of themes: of all their topics, the same in any order, kept with their ids and read only where they are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest

from tests.desk import offices
from xiansuo.desk import names
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.names import NamedTheme, name_themes
from xiansuo.desk.naming import Named
from xiansuo.desk.theming import theme_names
from xiansuo.records import Document, Kind
from xiansuo.store import heads
from xiansuo.store.database import Connection
from xiansuo.text.segment import segmenter
from xiansuo.topics.items import Cluster
from xiansuo.topics.name import LONGEST
from xiansuo.topics.names import Names
from xiansuo.topics.titles import SHORTEST

PLACES = ("南浦镇", "北岭镇", "东港镇")
MATTERS = {
    "充电": "电动自行车充电隐患",
    "食堂": "老年食堂运营亏损",
    "渔港": "渔港淤积渔船进不来",
}
RECORDS = {
    f"{matter}{place}{number}": Document(
        id=f"{matter}{place}{number}",
        kind=Kind.SUBMISSION,
        title=title.format(place=place, issue=issue),
        text=f"{place}{issue}，群众反映强烈，建议尽快处理。",
    )
    for matter, issue in MATTERS.items()
    for place in PLACES
    for number, title in enumerate(("{place}{issue}", "{issue}亟待解决", "{issue}，{place}群众盼解决"))
}


def _topic(matter: str, place: str) -> Named:
    ids = tuple(sorted(id for id in RECORDS if id.startswith(matter + place)))
    return Named(Cluster(f"t-{matter}{place}", ids, len(ids), ids, 1.0), f"{place}{MATTERS[matter]}", ())


THEMES = {f"m-{matter}": [_topic(matter, place) for place in PLACES] for matter in MATTERS}


def _named(records: Mapping[str, Document] = RECORDS) -> dict[str, tuple[str, tuple[str, ...]]]:
    return theme_names(segmenter(), THEMES, records, ())


def test_a_theme_is_named_by_what_its_topics_share_and_without_their_places() -> None:
    named = _named()
    for matter in MATTERS:
        name, phrases = named[f"m-{matter}"]
        assert SHORTEST <= len(name) <= LONGEST
        assert matter in name
        assert not any(place[:2] in text for place in PLACES for text in (name, *phrases))
        assert any(matter in phrase for phrase in phrases)


def test_no_two_themes_have_names_that_are_alike() -> None:
    told = [name for name, _ in _named().values()]
    assert not any(Names([one]).alike(other) for one, other in combinations(told, 2))


def test_names_of_themes_do_not_depend_on_the_order_of_the_records() -> None:
    assert _named(dict(reversed(RECORDS.items()))) == _named()


@pytest.fixture
def connection(office: Desk) -> Iterator[Connection]:
    """A connection to an archive with the records."""
    rows = [{"id": each.id, "title": each.title, "text": each.text, "kind": "来稿"} for each in RECORDS.values()]
    offices.take(office, rows)
    with office.database.read() as opened:
        yield opened


def _listed(desk: Desk) -> dict[str, int]:
    with desk.database.read() as opened:
        return heads.listed(opened, offices.NOW, references=False)


def test_a_theme_that_is_known_keeps_its_name_and_nothing_is_read(
    office: Desk, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = [topic for own in THEMES.values() for topic in own]
    themes = {id: [topic.cluster.id for topic in own] for id, own in THEMES.items()}
    listed = _listed(office)
    first = name_themes(office, connection, themes, topics, (), listed)
    given = [NamedTheme(each.id, f"编辑定的名称{n}", each.topics, each.phrases) for n, each in enumerate(first)]
    monkeypatch.setattr(names, "theme_names", lambda *_: pytest.fail("read again"))
    assert name_themes(office, connection, themes, topics, given, listed) == tuple(given)


def test_a_new_theme_is_named_beside_those_that_are_known(office: Desk, connection: Connection) -> None:
    topics = [topic for own in THEMES.values() for topic in own]
    themes = {id: [topic.cluster.id for topic in own] for id, own in THEMES.items()}
    listed = _listed(office)
    free = {each.id: each for each in name_themes(office, connection, themes, topics, (), listed)}
    # Another theme has been given the name that this one would have.
    taken = NamedTheme("m-食堂", free["m-充电"].name, free["m-食堂"].topics)
    named = {each.id: each for each in name_themes(office, connection, themes, topics, [taken], listed)}
    assert named["m-食堂"] == taken
    assert named["m-充电"].name != taken.name


def test_what_is_found_has_themes_with_names_of_their_own(office: Desk) -> None:
    found = find_topics(offices.take(office, offices.rows()), now=offices.NOW)
    told = [each.name for each in found.themes]
    assert len(set(told)) == len(told)
    assert all(len(name) <= LONGEST for name in told)
