"""The tour shows what it promises, every time the same."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from tests import corpus
from xiansuo.desk import accounts
from xiansuo.desk import demo as tour
from xiansuo.desk.about import about
from xiansuo.desk.desk import Desk
from xiansuo.desk.own_work import own_work
from xiansuo.desk.prompt_lists import list_prompts
from xiansuo.desk.signing_in import sign_in, viewer
from xiansuo.records import Relation
from xiansuo.records.accounts import Role
from xiansuo.records.prompts import PromptState
from xiansuo.settings import Settings

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


def test_the_page_of_the_demo_finds_prompts_and_people(demo_home: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_home, tmp_path / "own")
    now = dt.datetime.now(dt.UTC)
    with Desk(Settings(home=tmp_path / "own")) as desk:
        tour.publish(desk)
        first = list_prompts(desk, now=tour.noon(), states=[PromptState.PUBLISHED])
        tour.publish(desk)
        assert list_prompts(desk, now=tour.noon(), states=[PromptState.PUBLISHED]) == first
        assert any(line.commissioned == (tour.UNIT,) for line in first)
        assert any(not line.commissioned for line in first)
        assert all(line.deadline and line.deadline > tour.DAY for line in first)
        logins = tour.logins(desk, now=now)
        again = tour.logins(desk, now=now)
        assert [each.role for each in logins] == list(Role)
        assert all(old.password != new.password for old, new in zip(logins, again, strict=True))
        for each in again:
            assert sign_in(desk, each.login, each.password, now=now).account.role is each.role
        who = viewer(accounts.named(desk, logins[0].login))
        assert own_work(desk, who, now=tour.noon()).documents
