"""On PostgreSQL everything answers as on SQLite: topics, themes, prompts and their life, also when many ask at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests import postgresql
from tests.desk import archives
from tests.desk.archives import NOW, Grams, fill
from tests.prompts import BY, DEADLINE, NOON, published
from xiansuo.desk import (
    claiming,
    feedback,
    prompt_editing,
    prompt_lists,
    prompt_outcomes,
    reopening,
    run_keeping,
    theme_editing,
    topic_changes,
    topic_editing,
)
from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import draw_all_anew, find_topics
from xiansuo.desk.gap_board import gap_board
from xiansuo.desk.grouping import duplicate_groups
from xiansuo.desk.looking import lookup
from xiansuo.desk.loose_texts import loose_texts
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompts_seen import prompts_seen
from xiansuo.desk.proposing import propose
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes, list_themes
from xiansuo.desk.topic_page import topic_page
from xiansuo.desk.topics import hot_topics
from xiansuo.desk.writers import find_writers
from xiansuo.errors import HomeError, NotNow
from xiansuo.records import Filter, Kind, Level, ThemeChange
from xiansuo.records.accounts import Role, Viewer
from xiansuo.records.prompts import FeedbackVerdict
from xiansuo.settings import Settings
from xiansuo.store import documents, state
from xiansuo.store.database import open_database

from .conftest import told

THEMES = """编号,名称,聚焦,权重,关键词,原文条款,起始日期
T1,养老服务,群众关切,5,老年食堂、送餐、长护险,办好社区老年食堂。,2026-01-01
T2,海上风电,特色亮点,4,海上风电、渔民补偿,健全用海协商和渔民补偿机制。,2026-01-01
T3,低空经济,中心大局,5,无人机、起降点,稳妥开通海岛物流低空航线。,
"""
EDITOR = Viewer(account=1, login="bj", name=BY, role=Role.EDITOR)
DAYS = [NOW + dt.timedelta(days=day) for day in range(1, 4)]
BODY = "社区老年食堂送餐没有人手，高龄老人吃不上饭。建议街道统一配送。"


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    """A running PostgreSQL."""
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgresql.server(programs) as running:
        yield running


@pytest.fixture
def there(socket: Path, tmp_path: Path) -> Iterator[Desk]:
    """A home whose state lies in an empty database of PostgreSQL."""
    with at(tmp_path / "there", postgresql.new_database(socket)) as desk:
        yield desk


def at(home: Path, database: str = "") -> Desk:
    desk = Desk(Settings(home=home, database=database, topic_runs=3))
    desk._encoder = Grams()
    return desk


def topics_and_themes(desk: Desk, folder: Path) -> Iterator[Any]:
    """Import, find, let others join, edit, undo, compare, shorten; everything that is answered on the way."""
    folder.mkdir()
    fill(desk, folder, archives.rows()[:8])
    first = find_topics(desk, now=NOW)
    yield first
    run_keeping.keep(desk, first.run, by=BY, now=NOON)
    fill(desk, folder, archives.rows())
    joined = find_topics(desk, now=NOW)
    yield joined
    yield find_topics(desk, now=NOW, filters=Filter(kinds=(Kind.SUBMISSION,), years=(2026,), units=("第1联络站",)))
    one, other = sorted(joined.topics)[:2]
    yield topic_editing.rename(desk, one, "编辑起的名称", by=BY, now=NOON)
    yield topic_editing.split(desk, one, joined.topics[one][:1], by=BY, now=NOON)
    yield topic_editing.merge(desk, one, other, by=BY, now=NOON)
    yield topic_editing.pin(desk, other, by=BY, now=NOON)
    yield hot_topics(desk, now=NOW, window="year")
    for id in (3, 2):
        yield topic_editing.undo(desk, id, by=BY, now=NOON)
    yield hot_topics(desk, now=NOW, window="all")
    path = folder / "2026.csv"
    path.write_text(THEMES, encoding="utf-8")
    yield import_themes(desk, path)
    yield theme_editing.edit(desk, "T1", ThemeChange(keywords=("老年食堂",)), by=BY, now=NOON)
    yield theme_editing.weigh(desk, "T2", 9, by=BY, now=NOON)
    yield theme_editing.merge(desk, "T1", ["T3"], by=BY, now=NOON)
    yield theme_editing.undo(desk, 3, by=BY, now=NOON)
    yield theme_editing.edits(desk)
    yield tuple(list_themes(desk))
    made = aligned(desk, now=NOW)
    yield tuple(made.by_document.items())
    yield made.written
    yield topic_page(desk, other, now=NOW)
    yield loose_texts(desk, now=NOW)
    for by in ("time", "region"):
        yield gap_board(desk, now=NOW, by=by)
    for day in DAYS:
        last = find_topics(desk, now=day)
    yield draw_all_anew(desk, now=DAYS[-1])
    yield topic_changes.log(desk, 100, window="quarter")
    yield topic_changes.diff(desk, first.run, last.run)
    with pytest.raises(NotNow, match="已经精简") as refused:
        topic_changes.diff(desk, joined.run, last.run)
    yield str(refused.value)
    yield topic_editing.edits(desk)
    yield duplicate_groups(desk, now=NOON)
    yield lookup(desk, "老年食堂送餐")


def prompts(desk: Desk, folder: Path) -> Iterator[Any]:
    """Suggest, propose, publish, claim, check, report, put down outcomes, undo; what is answered on the way."""
    folder.mkdir()
    path = folder / "2026.csv"
    path.write_text(THEMES, encoding="utf-8")
    import_themes(desk, path)
    fill(desk, folder, archives.rows())
    yield suggest(desk, now=NOW, unit="第1联络站", author="委员001")
    yield suggest(desk, now=NOW, wish="海上风电")
    made = propose(desk, by=BY, now=NOON)
    yield made
    yield propose(desk, by=BY, now=NOON)
    first, second, third = (each.number for each in made.prompts[:3])
    yield prompt_editing.approve(desk, first, by=BY, now=NOON)
    yield prompt_editing.edit(desk, first, by=BY, now=NOON, title="题目一", deadline=DEADLINE)
    yield prompt_editing.publish(desk, first, by=BY, now=NOON, deadline=DEADLINE)
    yield claiming.claim(desk, first, by="甲", unit="第1联络站", now=NOON)
    with pytest.raises(NotNow) as refused:
        claiming.claim(desk, first, by="乙", now=NOON)
    yield str(refused.value)
    report, line = claiming.check_draft(desk, first, "送餐没有人手", BODY, by="甲", now=NOON)
    yield report
    yield line
    more, _ = claiming.check_draft(desk, first, "送餐没有人手", f"{BODY}又一处。", by="甲", now=NOON)
    yield more
    yield claiming.submit(desk, first, by="甲", now=NOON, document="D01")
    yield prompt_outcomes.outcome(desk, first, by=BY, now=NOON, adopted=True, level=Level.CITY, date=NOW)
    yield prompt_editing.approve(desk, second, by=BY, now=NOON)
    yield prompt_editing.publish(desk, second, by=BY, now=NOON, several=True, commissioned=["甲", "乙"])
    for who in "甲乙":
        yield claiming.claim(desk, second, by=who, now=NOON)
    yield claiming.release(desk, second, by="甲", author="甲", now=NOON)
    yield prompt_editing.withdraw(desk, third, by=BY, now=NOON)
    yield prompt_editing.undo(desk, third, by=BY, now=NOON)
    yield feedback.give_feedback(desk, second, FeedbackVerdict.USEFUL, by="丙", unit="第2联络站", now=NOON, note="好")
    yield repr(feedback.standing_for(desk, day=NOW, author="乙").told())
    yield prompt_outcomes.collect(desk, by=BY, now=NOON)
    yield prompt_lists.list_prompts(desk, now=NOON)
    yield prompt_lists.list_prompts(desk, now=NOON, informant="乙", overdue=True)
    cursor: str | None = ""
    while cursor is not None:
        page = prompts_seen(desk, EDITOR, now=NOON, cursor=cursor, limit=1)
        yield page
        cursor = page.next
    past = reopening.history(desk)
    yield past
    yield reopening.history(desk, after=past[0].run)
    yield tuple(prompt_lists.show_prompt(desk, number, now=NOON) for number in (first, second, third))
    yield prompt_lists.log(desk)
    yield prompt_lists.clue_list(desk, now=NOON)
    yield find_writers(desk, now=NOON, prompt=second)
    yield suggest(desk, now=NOW, author="乙", limit=20)


@pytest.mark.parametrize("story", [topics_and_themes, prompts])
def test_every_answer_is_the_same(there: Desk, tmp_path: Path, story: Callable[[Desk, Path], Iterator[Any]]) -> None:
    with at(tmp_path / "here") as here:
        said = [(type(answer).__name__, told(answer)) for answer in story(here, tmp_path / "a")]
    assert len(said) > 20
    assert [(type(answer).__name__, told(answer)) for answer in story(there, tmp_path / "b")] == said


def test_a_home_that_is_opened_again_finds_all_of_it(there: Desk, tmp_path: Path) -> None:
    fill(there, tmp_path, archives.rows())
    found = find_topics(there, now=NOW)
    with at(tmp_path / "again", there.settings.database) as again:
        assert told(find_topics(again, now=NOW)) == told(found)


def test_a_reader_sees_one_state_of_the_archive(there: Desk) -> None:
    with there.database.read() as reading:
        assert state.get(reading, "key") is None
        with there.database.write() as writing:
            state.put(writing, "key", "new")
        assert state.get(reading, "key") is None
    with there.database.read() as reading:
        assert state.get(reading, "key") == "new"


def test_writers_take_turns(there: Desk) -> None:
    def count(_: int) -> None:
        with there.database.write() as connection:
            state.put(connection, "count", str(int(state.get(connection, "count") or 0) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(20)))
    with there.database.read() as connection:
        assert state.get(connection, "count") == "20"


def test_two_imports_at_once_leave_one_history(there: Desk, tmp_path: Path) -> None:
    def take(who: int) -> None:
        rows = [{**row, "id": f"{who}-{row['id']}"} for row in archives.rows()]
        folder = tmp_path / str(who)
        folder.mkdir()
        fill(there, folder, rows)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, range(2)))
    with there.database.read() as connection:
        assert documents.last_change(connection) == 2 * len(archives.rows())
        assert len(documents.changes(connection, 0)) == 2 * len(archives.rows())


def test_of_two_who_claim_at_once_one_gets_it(there: Desk) -> None:
    number = published(there)
    ready = threading.Barrier(4)

    def claim(who: str) -> PromptLine | NotNow:
        ready.wait()
        try:
            return claiming.claim(there, number, by=who, now=NOON)
        except NotNow as refused:
            return refused

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(claim, "甲乙丙丁"))
    assert sum(isinstance(answer, PromptLine) for answer in answers) == 1
    assert len(prompt_lists.show_prompt(there, number, now=NOON).claims) == 1


def test_programs_that_open_a_new_home_at_once_take_turns(socket: Path) -> None:
    url = postgresql.new_database(socket)
    with ThreadPoolExecutor(3) as pool:
        for opened in pool.map(open_database, [url] * 3):
            opened.close()


def test_what_went_wrong_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(HomeError) as wrong:
        open_database(f"postgresql+pg8000://xiansuo:geheim@/home?unix_sock={tmp_path}/.s.PGSQL.5432")
    assert "xiansuo" in str(wrong.value)
    assert "geheim" not in str(wrong.value)
