"""Two informants who claim at the same moment, in real processes and threads on one file."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.prompts import BY, NOON, claim, published, put
from xiansuo.desk import claiming, prompt_acts, prompt_editing, prompt_lists
from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError, NotNow
from xiansuo.records.prompts import PromptAction, PromptState
from xiansuo.settings import Settings
from xiansuo.store import claims, prompts

ROOT = Path(__file__).parents[2]
PROMPTS = 25
PEOPLE = ("甲", "乙", "丙")


@pytest.fixture
def people(desk: Desk) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Informants, each in a process of their own that has the same file open."""
    command = [sys.executable, "-m", "tests.desk.claimer", str(desk.settings.home)]
    told = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    running = {who: subprocess.Popen([*command, who], **told) for who in PEOPLE}
    assert [answer(each) for each in running.values()] == ["ready"] * len(PEOPLE)
    yield running
    for each in running.values():
        each.communicate(timeout=60)


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask_all(running: dict[str, subprocess.Popen[str]], number: int) -> list[str]:
    """Let all claim a prompt at the same moment, and tell who did."""
    for each in running.values():
        assert each.stdin is not None
        each.stdin.write(f"{number}\n")
        each.stdin.flush()
    said = {who: answer(each) for who, each in running.items()}
    assert set(said.values()) <= {"claimed", "refused"}
    return [who for who, told in said.items() if told == "claimed"]


def test_of_processes_that_claim_at_once_one_gets_it(desk: Desk, people: dict[str, subprocess.Popen[str]]) -> None:
    for _ in range(PROMPTS):
        number = published(desk)
        (winner,) = ask_all(people, number)
        page = prompt_lists.show_prompt(desk, number, now=NOON)
        assert [each.author for each in page.claims] == [winner]
        assert [event.action for event in page.events].count(PromptAction.CLAIM) == 1


def test_of_processes_that_claim_at_once_all_get_what_several_may(
    desk: Desk, people: dict[str, subprocess.Popen[str]]
) -> None:
    number = published(desk, several=True)
    assert ask_all(people, number) == list(PEOPLE)
    assert ask_all(people, number) == []
    page = prompt_lists.show_prompt(desk, number, now=NOON)
    assert sorted(each.author for each in page.claims) == sorted(PEOPLE)
    assert page.prompt.changes == len(page.events)


def at_once(home: Path, do: list[tuple[str, int]]) -> list[str]:
    """Claim from threads, each with a desk of its own, and tell who was refused."""
    gate = threading.Barrier(len(do))

    def one(asked: tuple[str, int]) -> str:
        with Desk(Settings(home=home)) as own:
            gate.wait()
            try:
                claiming.claim(own, asked[1], by=asked[0], now=NOON)
            except NotNow:
                return asked[0]
            return ""

    with ThreadPoolExecutor(len(do)) as pool:
        return [name for name in pool.map(one, do) if name]


def test_where_several_may_all_of_them_do_once_each(desk: Desk) -> None:
    number = published(desk, several=True)
    people = [f"信息员{n}" for n in range(6)]
    refused = at_once(desk.settings.home, [(name, number) for name in (*people, *people[:2])])
    assert sorted(refused) == people[:2]
    page = prompt_lists.show_prompt(desk, number, now=NOON)
    assert sorted(each.author for each in page.claims) == people
    assert page.prompt.changes == len(page.events)


def test_an_editor_who_gives_it_to_another_and_an_informant_who_claims_it_never_both_win(desk: Desk) -> None:
    for _ in range(5):
        number, gate = published(desk), threading.Barrier(2)

        def claim_it(number: int = number, gate: threading.Barrier = gate) -> bool:
            gate.wait()
            return _done(lambda: claiming.claim(desk, number, by="甲", now=NOON))

        def publish_it(number: int = number, gate: threading.Barrier = gate) -> bool:
            gate.wait()
            terms = {"commissioned": ["乙"]}
            return _done(lambda: prompt_editing.publish(desk, number, by=BY, now=NOON, **terms))  # type: ignore[arg-type]

        with ThreadPoolExecutor(2) as pool:
            claimed, changed = pool.submit(claim_it), pool.submit(publish_it)
        assert claimed.result() != changed.result()


def test_who_acts_on_what_was_changed_meanwhile_is_judged_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a database where two transactions read the same state: the second must look again."""
    number, real, looks = published(desk), prompts.change, []

    def behind(connection, seen, to):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        looks.append(seen.changes)
        return real(connection, seen.model_copy(update={"changes": seen.changes - (len(looks) == 1)}), to)

    monkeypatch.setattr(prompt_acts.prompts, "change", behind)
    assert claiming.claim(desk, number, by="甲", now=NOON).state is PromptState.CLAIMED
    assert len(looks) == 2
    assert len(prompt_lists.log(desk, number)) == 4


def test_a_claim_that_slipped_by_the_rules_is_refused_by_the_database_and_leaves_nothing(desk: Desk) -> None:
    number = published(desk)
    with desk.database.write() as connection:
        claims.add(connection, claim(prompt=number, author="乙"))
    before = prompt_lists.show_prompt(desk, number, now=NOON)

    def blind(seen: prompt_acts.Seen, by: str) -> prompt_acts.Change:
        return prompt_acts.led_on(seen, claim(prompt=number, author=by))

    with pytest.raises(NotNow, match="刚刚被认领"):
        prompt_acts.act(desk, number, PromptAction.CLAIM, by="甲", now=NOON, make=blind)
    assert prompt_lists.show_prompt(desk, number, now=NOON) == before


def test_who_never_gets_a_turn_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = put(desk)
    monkeypatch.setattr(prompt_acts.prompts, "change", lambda *_: None)
    with pytest.raises(NotNow, match="稍候再试"):
        prompt_editing.approve(desk, number, by=BY, now=NOON)


def _done(do) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
    try:
        do()
    except InputError:
        return False
    return True
