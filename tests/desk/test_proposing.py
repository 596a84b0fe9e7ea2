"""Clues become stored prompts, each matter once, and rest when they had their turn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from tests.desk.test_suggesting import THEMES
from tests.prompts import BY
from xiansuo.desk import prompt_editing, prompt_lists, proposing
from xiansuo.desk.desk import Desk
from xiansuo.desk.prompts import Prompt
from xiansuo.desk.proposing import propose
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes
from xiansuo.errors import InputError, NotFound
from xiansuo.records.prompts import PromptState
from xiansuo.store import prompts

MOMENT = dt.datetime.combine(NOW, dt.time(9), dt.UTC)


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "2026.csv"
    path.write_text(THEMES, encoding="utf-8")
    import_themes(desk, path)
    return fill(desk, tmp_path, rows())


def clues(desk: Desk) -> tuple[Prompt, ...]:
    return suggest(desk, now=NOW).prompts


def test_what_is_stored_is_the_clue_as_it_was_proposed(filled: Desk) -> None:
    made = propose(filled, by=BY, now=MOMENT)
    cards = clues(filled)
    assert [line.title for line in made.prompts] == [card.titles[0] for card in cards]
    assert {line.state for line in made.prompts} == {PromptState.PROPOSED}
    for line, card in zip(made.prompts, cards, strict=True):
        page = prompt_lists.show_prompt(filled, line.number, now=MOMENT)
        stored = page.prompt
        assert (stored.clue, stored.topic, stored.name, stored.run) == (card.id, card.topic, card.name, made.run)
        assert (stored.theme, stored.theme_version) == ((card.theme.id, "2026") if card.theme else ("", ""))
        assert stored.card["why_now"] == [{"text": said.text, "because": list(said.because)} for said in card.why_now]
        assert [each["id"] for each in stored.card["evidence"]] == [each.id for each in card.evidence]
        assert [event.action.value for event in page.events] == ["propose"]


def test_a_batch_again_adds_nothing_and_says_why(filled: Desk) -> None:
    first = propose(filled, by=BY, now=MOMENT)
    again = propose(filled, by="编辑乙", now=MOMENT)
    assert again.prompts == ()
    assert [(each.number, each.reason.endswith("同一条线索")) for each in again.left_out] == [
        (line.number, True) for line in first.prompts
    ]
    assert len(prompt_lists.list_prompts(filled, now=MOMENT)) == len(first.prompts)


def test_the_next_batch_goes_on_where_the_last_one_ended(filled: Desk) -> None:
    whole = [card.id for card in clues(filled)]
    stored = []
    for _ in range(len(whole) + 1):
        made = propose(filled, by=BY, now=MOMENT, limit=1)
        stored += [line.number for line in made.prompts]
        assert len(made.prompts) <= 1
    with filled.database.read() as connection:
        assert [each.clue for each in prompts.listed(connection)] == whole
    assert stored == list(range(1, len(whole) + 1))


def test_a_clue_that_is_one_with_an_open_prompt_by_another_name_is_left_out(filled: Desk) -> None:
    card = clues(filled)[0]
    made = propose(filled, by=BY, now=MOMENT, limit=1)
    with filled.database.write() as connection:
        stored = prompts.get(connection, made.prompts[0].number)
        assert stored is not None
        # The same matter under a clue and a topic of other ids, as after topics were drawn anew.
        connection.exec_driver_sql("UPDATE writing_prompt SET clue = 'c-other', topic = 't-other'")
    again = propose(filled, by=BY, now=MOMENT)
    assert [(each.name, each.number) for each in again.left_out] == [(card.name, 1)]
    assert again.left_out[0].reason.endswith(("依据的材料相同", "名称相近"))


def test_what_was_withdrawn_rests_for_a_while(filled: Desk) -> None:
    first = propose(filled, by=BY, now=MOMENT, limit=1).prompts[0]
    prompt_editing.withdraw(filled, first.number, by=BY, now=MOMENT)
    assert first.title not in {line.title for line in propose(filled, by=BY, now=MOMENT).prompts}
    later = MOMENT + dt.timedelta(days=30)
    assert propose(filled, by=BY, now=later, rest=31).prompts == ()
    assert [line.title for line in propose(filled, by=BY, now=later, rest=30).prompts] == [first.title]


def test_options_are_those_of_suggest(filled: Desk) -> None:
    made = propose(filled, by=BY, now=MOMENT, theme="T3")
    assert [line.theme for line in made.prompts] == ["T3"]
    with pytest.raises(NotFound, match="T9"):
        propose(filled, by=BY, now=MOMENT, theme="T9")
    with pytest.raises(InputError, match="没有写明是谁提出的"):
        propose(filled, by="", now=MOMENT)


def test_a_wish_that_nothing_fits_proposes_nothing_and_says_so(filled: Desk) -> None:
    made = propose(filled, by=BY, now=MOMENT, wish="火星移民")
    assert made.prompts == ()
    assert "火星移民" in made.notes[0]


def test_two_batches_at_the_same_moment_store_a_clue_once(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = propose(filled, by=BY, now=MOMENT)
    # As where the other batch was written after this one had looked.
    monkeypatch.setattr(proposing, "_kept", lambda *_: [])
    assert propose(filled, by="编辑乙", now=MOMENT).prompts == ()
    assert len(prompt_lists.list_prompts(filled, now=MOMENT)) == len(first.prompts)


def test_a_batch_goes_no_further_than_its_limit(filled: Desk) -> None:
    assert [len(propose(filled, by=BY, now=MOMENT, limit=2).prompts) for _ in range(2)] == [2, len(clues(filled)) - 2]
    prompt_editing.withdraw(filled, 1, by=BY, now=MOMENT)
    later = propose(filled, by=BY, now=MOMENT + dt.timedelta(days=1), limit=1, rest=0)
    assert [line.number for line in later.prompts] == [len(clues(filled)) + 1]
