"""A closed account's ways in end for good: opened again, it has its password and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.conftest import NOON
from xiansuo.desk import accounts, api_keys, auditing, signing_in
from xiansuo.desk.desk import Desk
from xiansuo.records.accounts import Account, Role, Scope
from xiansuo.settings import Settings
from xiansuo.store import accounts as stored

GOOD = "zheng-xie-2026"
BY = "管理员"


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    with Desk(settings) as opened:
        yield opened


@pytest.fixture
def whose(desk: Desk) -> Account:
    return accounts.add(desk, "haiwan", role=Role.EDITOR, by=BY, now=NOON, password=GOOD)


def key(desk: Desk, whose: Account, name: str = "办公系统") -> str:
    return api_keys.make(desk, whose.id, name, [Scope.READ], by=BY, now=NOON).secret


def works(desk: Desk, secret: str) -> bool:
    return signing_in.of_key(desk, secret, now=NOON) is not None


def closed_and_opened(desk: Desk, whose: Account) -> None:
    accounts.close(desk, whose.id, by=BY, now=NOON)
    accounts.reopen(desk, whose.id, by=BY, now=NOON + dt.timedelta(hours=1))


def test_keys_sessions_and_links_of_a_closed_account_never_work_again(desk: Desk, whose: Account) -> None:
    other = accounts.add(desk, "bie", role=Role.EDITOR, by=BY, now=NOON, password=GOOD)
    keys, spared = [key(desk, whose), key(desk, whose, "督查系统")], key(desk, other)
    session = signing_in.sign_in(desk, "haiwan", GOOD, now=NOON).token
    link = accounts.door(desk, whose.id, by=BY, now=NOON)
    assert all(works(desk, each) for each in (*keys, spared))
    closed_and_opened(desk, whose)
    assert [works(desk, each) for each in (*keys, spared)] == [False, False, True]
    assert signing_in.of_session(desk, session, now=NOON) is None
    assert not signing_in.door_is_open(desk, link, now=NOON)
    assert signing_in.sign_in(desk, "haiwan", GOOD, now=NOON).account.id == whose.id
    assert works(desk, key(desk, whose))


def test_the_trail_names_the_keys_that_ended(desk: Desk, whose: Account) -> None:
    prefixes = ["_".join(key(desk, whose).split("_", 2)[:2]) for _ in range(2)]
    already = api_keys.every(desk)[0]
    api_keys.revoke(desk, already.id, by=BY, now=NOON - dt.timedelta(days=1))
    accounts.close(desk, whose.id, by=BY, now=NOON)
    row = auditing.trail(desk, action="accounts.close")[0]
    assert (row.target, row.details) == ("haiwan", {"keys": next(each for each in prefixes if each != already.prefix)})
    ended = {each.prefix: each.revoked_at for each in api_keys.every(desk)}
    assert ended[already.prefix] == NOON - dt.timedelta(days=1), "it ended before"
    assert auditing.soundness(desk).broken_at is None


def test_keys_made_or_left_while_it_was_closed_end_with_its_opening(desk: Desk, whose: Account) -> None:
    left = key(desk, whose)
    with desk.database.write() as connection:
        stored.change(connection, whose.model_copy(update={"disabled_at": NOON}))
    made = key(desk, whose)
    accounts.reopen(desk, whose.id, by=BY, now=NOON)
    assert not works(desk, left)
    assert not works(desk, made)
