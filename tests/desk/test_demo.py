"""The tour shows what it promises, every time the same."""

from __future__ import annotations

import datetime as dt

from tests import corpus
from xiansuo.desk import demo as tour
from xiansuo.desk.about import about
from xiansuo.desk.desk import Desk
from xiansuo.records import Relation

from .conftest import told


def test_loading_again_changes_nothing(office: Desk) -> None:
    first = tour.load(office)
    second = tour.load(office)
    documents = len(corpus.rows("documents.jsonl"))
    assert (first.summary.added, first.summary.remarks) == (documents, [])
    assert (second.summary.added, second.summary.updated, second.summary.unchanged) == (0, 0, documents)
    assert {theme.version for theme in second.themes} == {"2026"}


def test_the_archive_lives_on_the_day_of_the_demo(demo: Desk) -> None:
    assert demo.moment(dt.datetime(2031, 1, 1, tzinfo=dt.UTC)).date() == tour.DAY
    shown = about(demo)
    assert shown.documents == sum(shown.kinds.values()) == len(corpus.rows("documents.jsonl"))
    assert shown.theme_version == "2026"
    assert tour.UNIT in shown.units


def test_an_archive_without_a_day_lives_today(office: Desk) -> None:
    today = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
    assert office.moment(today) == today


def test_the_draft_of_the_tour_was_reported_before(demo: Desk) -> None:
    first = tour.check_draft(demo).matches[0]
    assert first.judgement.relation is Relation.SAME_MATTER
    assert "食堂" in first.facts.title


def test_every_stop_of_the_tour_has_something_to_show(demo: Desk) -> None:
    assert tour.look_up(demo).answered
    assert tour.topics(demo).topics
    assert tour.prompts(demo).prompts


def test_every_stop_is_the_same_the_second_time(demo: Desk) -> None:
    for stop in (tour.check_draft, tour.look_up, tour.topics, tour.prompts):
        assert told(stop(demo)) == told(stop(demo))
