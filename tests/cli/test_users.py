"""Accounts on the command line: the first administrator, links, passwords from a script, and closing."""

from __future__ import annotations

import re

import pytest

from xiansuo.cli.home import clock, open_desk
from xiansuo.desk import accounts, auditing, signing_in
from xiansuo.errors import NotAllowed, NotSignedIn

from .conftest import Run

GOOD = "chun-jiang-2026-hua"


def signs_in(login: str, password: str) -> bool:
    with open_desk() as desk:
        try:
            signing_in.sign_in(desk, login, password, now=clock())
        except NotSignedIn:
            return False
        return True


def add(xiansuo: Run, login: str = "guanli", *words: str) -> None:
    ran = xiansuo("users", "add", login, "--role", "admin", "--password-stdin", *words, stdin=f"{GOOD}\n".encode())
    assert ran.status == 0, ran.err


def test_an_empty_list_says_how_to_begin(xiansuo: Run) -> None:
    assert "users add" in xiansuo("users").out
    assert xiansuo("users", "--json").data == []


def test_the_first_administrator_signs_in(xiansuo: Run) -> None:
    add(xiansuo, "guanli", "--name", "管理员甲", "--unit", "研究室")
    (found,) = xiansuo("users", "--json").data
    assert (found["login"], found["name"], found["role"], found["unit"]) == ("guanli", "管理员甲", "admin", "研究室")
    assert signs_in("GuanLi", GOOD)
    assert not signs_in("guanli", GOOD[:-1])
    listed = xiansuo("users").out
    for said in ("guanli", "管理员甲", "管理员", "研究室", "可用"):
        assert said in listed
    assert GOOD not in str(xiansuo("users", "--json").data)


def test_a_link_is_good_once(xiansuo: Run) -> None:
    ran = xiansuo("users", "add", "bianji", "--role", "编辑", "--link", "--json").data
    assert ran["account"]["role"] == "editor"
    secret = ran["path"].removeprefix("/first/")
    with open_desk() as desk:
        made = signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=clock())
        assert made.account.login == "bianji"
        with pytest.raises(NotAllowed):
            signing_in.choose_password(desk, secret, GOOD, again=GOOD, now=clock())
    anew = xiansuo("users", "link", "bianji").out
    assert re.search(r"^/first/\S{30,}$", anew, re.MULTILINE)


def test_a_new_link_makes_the_old_one_void(xiansuo: Run) -> None:
    old = xiansuo("users", "add", "bianji", "--link", "--json").data["path"].removeprefix("/first/")
    xiansuo("users", "link", "bianji")
    with open_desk() as desk:
        assert not signing_in.door_is_open(desk, old, now=clock())


def test_a_password_set_anew_ends_sessions(xiansuo: Run) -> None:
    add(xiansuo)
    with open_desk() as desk:
        session = signing_in.open_session(desk, accounts.named(desk, "guanli"), now=clock())
    assert xiansuo("users", "password", "guanli", "--password-stdin", stdin=b"xia-tian-2026-he\n").status == 0
    assert signs_in("guanli", "xia-tian-2026-he")
    assert not signs_in("guanli", GOOD)
    with open_desk() as desk:
        assert signing_in.of_session(desk, session.token, now=clock()) is None


def test_only_what_is_named_is_changed(xiansuo: Run) -> None:
    add(xiansuo, "guanli", "--unit", "研究室", "--sector", "教育")
    xiansuo("users", "add", "wo", "--link")
    assert xiansuo("users", "change", "guanli", "--name", "甲", "--team", "member").status == 0
    found = {each["login"]: each for each in xiansuo("users", "--json").data}["guanli"]
    assert (found["name"], found["unit"], found["sector"], found["team"], found["role"]) == (
        "甲", "研究室", "教育", "member", "admin",
    )  # fmt: skip
    assert xiansuo("users", "change", "guanli", "--team", "").status == 0
    found = {each["login"]: each for each in xiansuo("users", "--json").data}["guanli"]
    assert (found["team"], found["unit"]) == (None, "研究室")


def test_closed_and_opened_again(xiansuo: Run) -> None:
    add(xiansuo)
    add(xiansuo, "lingyi")
    assert xiansuo("users", "close", "lingyi").status == 0
    assert not signs_in("lingyi", GOOD)
    assert "停用" in xiansuo("users").out
    assert xiansuo("users", "reopen", "lingyi").status == 0
    assert signs_in("lingyi", GOOD)


@pytest.mark.parametrize("words", [("close", "guanli"), ("change", "guanli", "--role", "editor")])
def test_the_last_administrator_stays(xiansuo: Run, words: tuple[str, ...]) -> None:
    add(xiansuo)
    ran = xiansuo("users", *words)
    assert ran.status == 1
    assert "唯一的管理员" in ran.err
    assert signs_in("guanli", GOOD)


@pytest.mark.parametrize(
    ("words", "stdin", "status", "says"),
    [
        (("add", "甲", "--password-stdin"), GOOD, 1, "登录名要"),
        (("add", "bianji", "--password-stdin"), "123", 1, "位"),
        (("add", "bianji"), GOOD, 1, "--password-stdin"),
        (("add", "bianji", "--role", "皇帝", "--link"), "", 2, "看不懂"),
        (("add", "guanli", "--link"), "", 1, "guanli"),
        (("close", "meiyou"), "", 1, "没有登录名"),
        (("password", "meiyou", "--password-stdin"), GOOD, 1, "没有登录名"),
    ],
)
def test_what_cannot_be_done_is_said(xiansuo: Run, words: tuple[str, ...], stdin: str, status: int, says: str) -> None:
    add(xiansuo)
    ran = xiansuo("users", *words, stdin=f"{stdin}\n".encode())
    assert ran.status == status
    assert says in ran.err
    assert [each["login"] for each in xiansuo("users", "--json").data] == ["guanli"]


def test_each_act_is_in_the_trail_without_the_password(xiansuo: Run) -> None:
    add(xiansuo)
    xiansuo("users", "add", "bianji", "--link")
    xiansuo("users", "close", "bianji")
    with open_desk() as desk:
        rows = auditing.trail(desk)
    told = [("add", "guanli"), ("add", "bianji"), ("door", "bianji"), ("close", "bianji")]
    assert [(row.action, row.target) for row in reversed(rows)] == [(f"accounts.{act}", whose) for act, whose in told]
    assert {row.name for row in rows} == {"命令行"}
    assert GOOD not in str(rows)
