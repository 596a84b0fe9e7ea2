"""Passwords: Argon2id hashes, and what a password must be.

The parameters are argon2-cffi's defaults, the second recommended option of RFC 9106 (64 MiB, 3 passes, 4 lanes). As
each hash takes 64 MiB, only a few are computed at once: a flood of sign-ins must not become a shortage of memory.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from xiansuo.errors import InputError

SHORTEST = 10
LONGEST = 200
"""Characters; a longer one could be used to keep the hasher busy."""

_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()
_EASY = frozenset({"1234567890", "0123456789", "9876543210", "qwertyuiop", "password123", "abcdefghij", "1q2w3e4r5t"})


def check_password(password: str, *names: str) -> None:
    """Refuse a password that would soon be guessed.

    :param names: what a guesser knows, such as the login name.
    :raises InputError: it is too short or long, has hardly any different characters, is a row of keys or one of the
        names.
    """
    if len(password) < SHORTEST:
        raise InputError(f"密码太短，至少 {SHORTEST} 位。", advice="可以用几个不相干的词连成一句，好记又难猜。")
    if len(password) > LONGEST:
        raise InputError(f"密码太长，最多 {LONGEST} 位。")
    plain = password.casefold()
    known = {name.casefold() for name in names if name}
    if len(set(plain)) < 5 or plain in _EASY or any(plain.strip("0123456789!@#$%") == name for name in known):
        raise InputError("这个密码太容易猜到。", advice="请不要用登录名、重复的字符或键盘上相连的键。")


def hashed(password: str) -> str:
    """Return the hash to be kept, with its salt and parameters."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Tell whether a password is the one of a kept hash.

    An empty hash fits nothing, but takes as long to refuse as a wrong password, so that nobody learns by the clock
    which accounts there are.
    """
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _NOBODYS, password) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


# Of a password that nobody knows; compared with where there is no account.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
