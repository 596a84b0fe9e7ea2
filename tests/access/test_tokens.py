"""Secrets that are carried: long, never the same twice, known by their digests."""

from __future__ import annotations

import re

from xiansuo.access import tokens


def test_secrets_are_long_and_never_the_same() -> None:
    made = {tokens.token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[\w-]{43}", each) for each in made)
    assert len({tokens.digest(each) for each in made}) == 1000


def test_a_digest_is_no_secret() -> None:
    secret = tokens.token()
    assert re.fullmatch("[0-9a-f]{64}", tokens.digest(secret))
    assert secret not in tokens.digest(secret)
    assert tokens.digest(secret) == tokens.digest(secret)


def test_a_key_begins_with_its_prefix() -> None:
    prefix, key = tokens.api_key()
    assert re.fullmatch("xs_[0-9a-f]{8}", prefix)
    assert key.startswith(f"{prefix}_")
    assert len(key) > 50
    assert tokens.api_key()[0] != prefix


def test_a_password_to_hand_over_has_no_letters_that_look_alike() -> None:
    made = {tokens.password() for _ in range(200)}
    assert len(made) == 200
    assert not [each for each in made if set(each) & set("0o1liIO")]
