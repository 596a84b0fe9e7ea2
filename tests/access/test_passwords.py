"""Passwords are hashed with Argon2id, and only those that are hard to guess are taken."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher

from xiansuo.access import passwords
from xiansuo.errors import InputError

GOOD = "海风-码头-星期三-下雨"


def test_a_hash_is_argon2id_with_its_own_salt_and_fits_its_password_only() -> None:
    first, second = passwords.hashed(GOOD), passwords.hashed(GOOD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert passwords.fits(GOOD, first)
    assert not passwords.fits(GOOD + " ", first)
    assert not passwords.outdated(first)


def test_nothing_fits_where_there_is_no_hash_and_it_is_computed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            asked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    assert not passwords.fits("", "")
    assert not passwords.fits(GOOD, "")
    assert not passwords.fits(GOOD, "no hash at all")
    assert [each.split("$")[3] for each in asked[:2]] == ["m=65536,t=3,p=4"] * 2


def test_a_hash_of_other_costs_is_outdated() -> None:
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD))


def test_only_two_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock, pause = 0, 0, threading.Lock(), threading.Event()

    class Slow:
        def hash(self, _password: str) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            pause.wait(0.02)
            with lock:
                running -= 1
            return ""

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    threads = [threading.Thread(target=passwords.hashed, args=(GOOD,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


@pytest.mark.parametrize(
    "password",
    ["", "短密码", "甲" * 201, "1234567890", "PASSWORD123", "aaaaaaaaaaaa", "ababababab", "Haiwan.Shequ2026!"],
)
def test_what_would_soon_be_guessed_is_refused(password: str) -> None:
    with pytest.raises(InputError) as refused:
        passwords.check_password(password, "haiwan.shequ")
    assert password not in str(refused.value) or not password


@pytest.mark.parametrize("password", [GOOD + "二号码头", "correct horse battery", "x9-高楼-w2-下雨"])
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    passwords.check_password(password, "haiwan.shequ")
