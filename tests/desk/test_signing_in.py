"""Signing in: guessing leads nowhere, sessions end, links work once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from tests.conftest import NOON
from xiansuo.access import passwords
from xiansuo.desk import accounts, api_keys, auditing, signing_in
from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError, NotAllowed, NotFound, NotNow, NotSignedIn, TooSoon, XiansuoError
from xiansuo.records.accounts import Account, Role, Scope

GOOD, NEW = "海风-码头-星期三-下雨", "山路-茶园-星期六-放晴"
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODYS", quick.hash("nobody's"))


@pytest.fixture
def his(desk: Desk) -> Account:
    return accounts.add(desk, "haiwan", role=Role.INFORMANT, by="管理员", now=NOON, name="信息员甲", password=GOOD)


def outcome(desk: Desk, login: str, password: str, now: dt.datetime = NOON) -> str:
    try:
        signing_in.sign_in(desk, login, password, now=now)
    except XiansuoError as error:
        return error.code
    return "in"


def test_who_has_the_password_comes_in_however_the_name_is_typed(desk: Desk, his: Account) -> None:
    made = signing_in.sign_in(desk, " HaiWan ", GOOD, now=NOON)
    known = signing_in.of_session(desk, made.token, now=NOON)
    assert known is not None
    assert (known.viewer.account, known.viewer.name, known.viewer.scopes) == (his.id, "信息员甲", None)
    assert known.csrf == made.csrf != made.token
    assert signing_in.sign_in(desk, "haiwan", GOOD, now=NOON).token != made.token
    assert signing_in.of_session(desk, made.token[:-1], now=NOON) is None


@pytest.mark.usefixtures("his")
def test_a_thousand_guesses_let_nobody_in(desk: Desk) -> None:
    def guess(number: int) -> str:
        return outcome(desk, "haiwan", f"{GOOD}{number}", NOON + number * SECOND / 100)

    with ThreadPoolExecutor(8) as pool:
        told = Counter(pool.map(guess, range(1000)))
    assert told["in"] == 0
    assert sum(told.values()) == told["not_signed_in"] + told["too_soon"] == 1000
    assert told["not_signed_in"] <= 5
    assert outcome(desk, "haiwan", GOOD, NOON + 10 * SECOND) == "too_soon", "the right one must wait too"
    assert outcome(desk, "haiwan", GOOD, NOON + HOUR) == "in"
    assert outcome(desk, "haiwan", GOOD + "?", NOON + HOUR) == "not_signed_in", "it starts anew"


@pytest.mark.usefixtures("his")
def test_many_at_once_are_no_way_around_the_waiting(desk: Desk) -> None:
    with ThreadPoolExecutor(16) as pool:
        told = Counter(pool.map(lambda n: outcome(desk, "haiwan", f"{GOOD}{n}"), range(64)))
    assert told == {"not_signed_in": 5, "too_soon": 59}


@pytest.mark.usefixtures("his")
def test_waiting_grows_and_is_told(desk: Desk) -> None:
    now, waits = NOON, []
    for _ in range(8):
        outcome(desk, "haiwan", "wrong", now)
        try:
            signing_in.sign_in(desk, "haiwan", GOOD + "?", now=now)
        except TooSoon as error:
            waits.append(error.seconds)
            now += dt.timedelta(seconds=error.seconds)
        except NotSignedIn:
            pass
    assert waits == sorted(set(waits))
    assert waits[-1] > 8 * waits[0]


@pytest.mark.usefixtures("his")
def test_names_that_nobody_has_behave_alike(desk: Desk) -> None:
    closed = accounts.add(desk, "zouren", role=Role.EDITOR, by="管理员", now=NOON, password=GOOD)
    accounts.close(desk, closed.id, by="管理员", now=NOON)
    accounts.add(desk, "meimima", role=Role.EDITOR, by="管理员", now=NOON)
    said: dict[str, list[str]] = {}
    for login in ("haiwan", "wuciren", "zouren", "meimima", ""):
        said[login] = []
        for _ in range(7):
            with pytest.raises((NotSignedIn, TooSoon)) as refused:
                signing_in.sign_in(desk, login, "wrong" if login == "haiwan" else GOOD, now=NOON)
            said[login].append(str(refused.value))
    assert len({tuple(each) for each in said.values()}) == 1


@pytest.mark.usefixtures("his")
def test_what_was_typed_stands_nowhere(desk: Desk) -> None:
    outcome(desk, "haiwan", "猜的密码")
    outcome(desk, "猜的名字", GOOD)
    made = signing_in.sign_in(desk, "haiwan", GOOD, now=NOON)
    told = "".join(each.model_dump_json() for each in auditing.trail(desk))
    kept = desk.settings.home.joinpath("xiansuo.db").read_bytes() + b"".join(
        each.read_bytes() for each in desk.settings.home.glob("xiansuo.db-*")
    )
    for secret in ("猜的密码", "猜的名字", GOOD, made.token):
        assert secret not in told
        assert secret.encode() not in kept
    assert [each.outcome for each in auditing.trail(desk, action="sign_in")] == ["done", "refused", "refused"]


def test_made_up_names_do_not_pile_up(desk: Desk) -> None:
    for number in range(20):
        outcome(desk, f"nobody{number}", "wrong")
    outcome(desk, "somebody", "wrong", NOON + 2 * DAY)
    with desk.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM wrong_password").scalar() == 1


def test_sessions_end_when_idle_and_when_old(desk: Desk, his: Account) -> None:
    idle = signing_in.open_session(desk, his, now=NOON).token
    busy = signing_in.open_session(desk, his, now=NOON).token
    now = NOON
    while now < NOON + signing_in.LONGEST - 6 * HOUR:
        now += 6 * HOUR
        assert signing_in.of_session(desk, busy, now=now) is not None
    assert signing_in.of_session(desk, busy, now=NOON + signing_in.LONGEST) is None
    assert signing_in.of_session(desk, idle, now=NOON + signing_in.IDLE + SECOND) is None


def test_signing_out_ends_one_session(desk: Desk, his: Account) -> None:
    here, there = (signing_in.open_session(desk, his, now=NOON).token for _ in range(2))
    signing_in.sign_out(desk, here)
    assert signing_in.of_session(desk, here, now=NOON) is None
    assert signing_in.of_session(desk, there, now=NOON) is not None


def test_closing_an_account_ends_its_sessions_and_keys(desk: Desk, his: Account) -> None:
    token = signing_in.open_session(desk, his, now=NOON).token
    key = api_keys.make(desk, his.id, "办公系统", [Scope.READ], by="管理员", now=NOON).secret
    assert signing_in.of_key(desk, key, now=NOON) is not None
    accounts.close(desk, his.id, by="管理员", now=NOON)
    assert signing_in.of_session(desk, token, now=NOON) is None
    assert signing_in.of_key(desk, key, now=NOON) is None
    assert outcome(desk, "haiwan", GOOD) == "not_signed_in"
    accounts.reopen(desk, his.id, by="管理员", now=NOON)
    assert signing_in.of_session(desk, token, now=NOON) is None
    assert outcome(desk, "haiwan", GOOD) == "in"


def test_a_key_ends_when_it_should(desk: Desk, his: Account) -> None:
    made = api_keys.make(desk, his.id, "办公系统", [Scope.READ], by="管理员", now=NOON, ends_at=NOON + DAY)
    known = signing_in.of_key(desk, made.secret, now=NOON + DAY - SECOND)
    assert known is not None
    assert (known.viewer.scopes, known.csrf) == ((Scope.READ,), "")
    assert signing_in.of_key(desk, made.secret, now=NOON + DAY) is None
    assert signing_in.of_key(desk, f"{made.secret}x", now=NOON) is None
    assert signing_in.of_key(desk, made.key.prefix, now=NOON) is None
    assert signing_in.of_key(desk, "", now=NOON) is None
    api_keys.revoke(desk, made.key.id, by="管理员", now=NOON)
    assert signing_in.of_key(desk, made.secret, now=NOON) is None


def test_a_new_password_ends_all_other_sessions(desk: Desk, his: Account) -> None:
    here, there = (signing_in.sign_in(desk, "haiwan", GOOD, now=NOON).token for _ in range(2))
    known = signing_in.of_session(desk, here, now=NOON)
    assert known is not None
    with pytest.raises(NotAllowed):
        signing_in.change_own_password(desk, known.viewer, "wrong", NEW, now=NOON, keep=here)
    with pytest.raises(InputError):
        signing_in.change_own_password(desk, known.viewer, GOOD, "haiwan2026", now=NOON, keep=here)
    signing_in.change_own_password(desk, known.viewer, GOOD, NEW, now=NOON, keep=here)
    assert signing_in.of_session(desk, here, now=NOON) is not None
    assert signing_in.of_session(desk, there, now=NOON) is None
    assert [outcome(desk, "haiwan", each) for each in (GOOD, NEW)] == ["not_signed_in", "in"]
    accounts.set_password(desk, his.id, GOOD, by="管理员", now=NOON)
    assert signing_in.of_session(desk, here, now=NOON) is None


def test_the_old_password_cannot_be_guessed_from_a_session_left_open(desk: Desk, his: Account) -> None:
    known = signing_in.of_session(desk, signing_in.open_session(desk, his, now=NOON).token, now=NOON)
    assert known is not None
    told = []
    for number in range(20):
        with pytest.raises(NotAllowed) as refused:
            signing_in.change_own_password(desk, known.viewer, f"wrong{number}", NEW, now=NOON)
        told.append(type(refused.value))
    assert told == [NotAllowed] * 5 + [TooSoon] * 15


def test_a_link_is_good_once_and_for_three_days(desk: Desk, his: Account) -> None:
    first = accounts.door(desk, his.id, by="管理员", now=NOON)
    secret = accounts.door(desk, his.id, by="管理员", now=NOON)
    token = signing_in.open_session(desk, his, now=NOON).token
    for bad, now in ((first, NOON), ("x", NOON), (secret, NOON + accounts.DOOR + SECOND)):
        assert not signing_in.door_is_open(desk, bad, now=now)
        with pytest.raises(NotAllowed):
            signing_in.choose_password(desk, bad, NEW, again=NEW, now=now)
    for typed, again in ((NEW, GOOD), ("kurz", "kurz")):
        with pytest.raises(InputError):
            signing_in.choose_password(desk, secret, typed, again=again, now=NOON)
    made = signing_in.choose_password(desk, secret, NEW, again=NEW, now=NOON)
    assert made.account.id == his.id
    assert signing_in.of_session(desk, token, now=NOON) is None
    assert outcome(desk, "haiwan", NEW) == "in"
    with pytest.raises(NotAllowed):
        signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=NOON)


def test_of_two_at_a_link_one_goes_through(desk: Desk, his: Account) -> None:
    secret = accounts.door(desk, his.id, by="管理员", now=NOON)

    def go(_: int) -> bool:
        try:
            signing_in.choose_password(desk, secret, NEW, again=NEW, now=NOON)
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(go, range(6))) == 1


def test_a_closed_account_does_not_come_back_by_a_link(desk: Desk, his: Account) -> None:
    secret = accounts.door(desk, his.id, by="管理员", now=NOON)
    accounts.close(desk, his.id, by="管理员", now=NOON)
    with pytest.raises(NotAllowed):
        signing_in.choose_password(desk, secret, NEW, again=NEW, now=NOON)


def test_the_first_administrator_comes_by_a_link_while_there_is_nobody(desk: Desk) -> None:
    secret = accounts.door(desk, None, by="命令行", now=NOON)
    assert signing_in.founds(desk, secret)
    with pytest.raises(InputError):
        signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=NOON, login="")
    made = signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=NOON, login="Guanli")
    assert (made.account.login, made.account.role) == ("guanli", Role.ADMIN)
    with pytest.raises(NotAllowed):
        signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=NOON, login="guanli.2")
    with pytest.raises(NotNow):
        accounts.door(desk, None, by="命令行", now=NOON)


def test_an_old_first_link_is_void_once_there_are_accounts(desk: Desk) -> None:
    secret = accounts.door(desk, None, by="命令行", now=NOON)
    accounts.add(desk, "guanli", role=Role.ADMIN, by="命令行", now=NOON, password=GOOD)
    with pytest.raises(NotAllowed):
        signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=NOON, login="guanli.2")
    assert len(accounts.every(desk)) == 1


def test_the_last_administrator_stays(desk: Desk) -> None:
    one = accounts.add(desk, "guanli", role=Role.ADMIN, by="命令行", now=NOON)
    with pytest.raises(NotNow):
        accounts.close(desk, one.id, by="guanli", now=NOON)
    with pytest.raises(NotNow):
        accounts.change(desk, one.id, by="guanli", now=NOON, role=Role.EDITOR)
    other = accounts.add(desk, "guanli.2", role=Role.ADMIN, by="guanli", now=NOON)
    accounts.close(desk, one.id, by="guanli.2", now=NOON)
    with pytest.raises(NotNow):
        accounts.close(desk, other.id, by="guanli.2", now=NOON)


def test_accounts_are_named_once_and_every_act_is_put_down(desk: Desk, his: Account) -> None:
    for login in ("haiwan", "HAIWAN"):
        with pytest.raises(NotNow):
            accounts.add(desk, login, role=Role.ADMIN, by="管理员", now=NOON)
    for login in ("", "a", "a b", "<script>", "x" * 61):
        with pytest.raises(InputError):
            accounts.add(desk, login, role=Role.EDITOR, by="管理员", now=NOON)
    with pytest.raises(NotFound):
        accounts.close(desk, 99, by="管理员", now=NOON)
    accounts.change(desk, his.id, by="管理员", now=NOON, unit="第二站")
    assert [each.action for each in auditing.trail(desk)] == ["accounts.change", "accounts.add"]
    assert auditing.soundness(desk) == auditing.Soundness(rows=2, broken_at=None)
