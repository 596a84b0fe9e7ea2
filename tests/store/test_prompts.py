"""What the database itself keeps of prompts, whoever asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

from tests.prompts import DEADLINE, NOON, claim, prompt
from xiansuo.errors import NotNow
from xiansuo.records import Level
from xiansuo.records.prompts import (
    DraftCheck,
    FeedbackVerdict,
    PromptAction,
    PromptEvent,
    PromptFeedback,
    PromptState,
)
from xiansuo.store import claims, prompt_events, prompt_feedback, prompts
from xiansuo.store.database import Database
from xiansuo.store.schema import metadata

EAST = dt.datetime(2026, 11, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def put(database: Database, **changed: Any) -> int:
    with database.write() as connection:
        number = prompts.add(connection, prompt(**changed))
    assert number is not None
    return number


def test_a_prompt_comes_back_as_it_went_in(database: Database) -> None:
    told = prompt(
        number=77,
        topic="t1",
        note="请走访",
        state=PromptState.PUBLISHED,
        deadline=DEADLINE,
        commissioned=("丙", "第一站"),
        several=True,
        published_at=EAST,
        at=EAST,
    )
    number = put(database, **told.model_dump())
    with database.read() as connection:
        kept = prompts.get(connection, number)
        brief = prompts.listed(connection)
        assert prompts.get(connection, number + 1) is None
    assert kept == told.model_copy(update={"number": number})
    assert kept.at.utcoffset() == dt.timedelta()
    assert brief == [kept.model_copy(update={"card": {}})]


def test_one_open_prompt_a_clue(database: Database) -> None:
    first = put(database, clue="c-same")
    with database.write() as connection:
        assert prompts.add(connection, prompt(clue="c-same")) is None
        seen = prompts.get(connection, first)
        assert seen is not None
        gone = prompts.change(connection, seen, seen.model_copy(update={"state": PromptState.WITHDRAWN}))
        assert gone is not None
        assert prompts.add(connection, prompt(clue="c-same")) is not None
    with pytest.raises(NotNow, match="同一条线索"), database.write() as connection:
        prompts.change(connection, gone, gone.model_copy(update={"state": PromptState.PROPOSED}))


def test_who_has_not_seen_a_change_changes_nothing(database: Database) -> None:
    number = put(database)
    with database.write() as connection:
        seen = prompts.get(connection, number)
        assert seen is not None
        first = prompts.change(connection, seen, seen.model_copy(update={"title": "甲的题目"}))
        assert first is not None
        assert prompts.change(connection, seen, seen.model_copy(update={"title": "乙的题目"})) is None
        assert prompts.get(connection, number) == first
        assert first.changes == seen.changes + 1


def test_the_database_refuses_a_second_claim_even_where_nobody_looked(database: Database) -> None:
    number, several = put(database), put(database)
    with database.write() as connection:
        id = claims.add(connection, claim(prompt=number))
        claims.add(connection, claim(prompt=several, alone=False))
        claims.add(connection, claim(prompt=several, alone=False, author="乙"))
        claims.add(connection, claim(prompt=several, alone=False, unit="第一站"))
    for second in (claim(prompt=number, author="乙"), claim(prompt=several, alone=False)):
        with pytest.raises(NotNow, match="刚刚被认领"), database.write() as connection:
            claims.add(connection, second)
    with database.write() as connection:
        held = claims.of(connection, number)[0]
        claims.change(connection, held.model_copy(update={"released_at": NOON, "released_by": "甲"}))
        assert claims.add(connection, claim(prompt=number, author="乙")) != id
        assert [each.author for each in claims.of(connection, number)] == ["甲", "乙"]
        assert [each.author for each in claims.standing(connection) if each.prompt == number] == ["乙"]


def test_a_claim_comes_back_with_all_that_became_of_it(database: Database) -> None:
    number = put(database)
    checked = DraftCheck(run="check-1", advice="可报。", relation="follow_up", earlier="D1", copied_share=0.25)
    with database.write() as connection:
        id = claims.add(connection, claim(prompt=number, at=EAST))
        done = claim(
            id=id,
            prompt=number,
            at=EAST,
            state=PromptState.CLOSED,
            check=checked,
            document="D9",
            adopted=True,
            level=Level.CITY,
            outcome_date=DEADLINE,
        )
        claims.change(connection, done)
        assert claims.of(connection, number) == [done]


def test_history_only_grows_and_is_told_newest_first(database: Database) -> None:
    one, other = put(database), put(database)
    with database.write() as connection:
        for number, action in ((one, PromptAction.PROPOSE), (other, PromptAction.PROPOSE), (one, PromptAction.EDIT)):
            told = {"prompt": {"title": "题目"}, "claim": None}
            event = PromptEvent(id=9, prompt=number, action=action, by="甲", at=EAST, before=told, after=told)
            prompt_events.add(connection, event)
        assert [event.id for event in prompt_events.of(connection, one)] == [1, 3]
        assert [event.id for event in prompt_events.latest(connection, 2)] == [3, 2]
        assert prompt_events.last_moments(connection) == {one: NOON, other: NOON}
        assert prompt_events.of(connection, one)[0].before == told


def test_the_last_word_of_each_informant_counts(database: Database) -> None:
    one, other = put(database), put(database)
    said = [
        (one, "甲", FeedbackVerdict.USEFUL),
        (one, "乙", FeedbackVerdict.NOT_FOR_ME),
        (other, "甲", FeedbackVerdict.ALREADY_KNOWN),
        (one, "甲", FeedbackVerdict.ALREADY_KNOWN),
    ]
    with database.write() as connection:
        for number, author, verdict in said:
            prompt_feedback.add(
                connection, PromptFeedback(id=0, prompt=number, verdict=verdict, author=author, at=NOON)
            )
        words = prompt_feedback.last_words(connection)
        assert [(each.prompt, each.author, each.verdict) for each in words] == said[1:]
        assert [each.author for each in prompt_feedback.last_words(connection, one)] == ["乙", "甲"]


@pytest.mark.parametrize("name", ["uq_claim_alone", "uq_claim_once", "uq_writing_prompt_open_clue"])
def test_postgresql_is_told_the_same_rules(name: str) -> None:
    index = next(index for table in metadata.sorted_tables for index in table.indexes if index.name == name)
    told = str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert told.startswith("CREATE UNIQUE INDEX")
    assert " WHERE " in told
