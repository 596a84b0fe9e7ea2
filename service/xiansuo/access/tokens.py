"""Secrets that are carried, not remembered: sessions, keys and links. Only their digests are kept."""

from __future__ import annotations

import hashlib
import secrets

_KEY_MARK = "xs"


def token() -> str:
    """Make a secret of 256 random bits, in characters that a URL or cookie takes as they are."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret. A plain SHA-256 is enough: nobody guesses 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def api_key() -> tuple[str, str]:
    """Make a key.

    :return: its prefix, by which people tell keys apart, and the whole key, shown once.
    """
    prefix = f"{_KEY_MARK}_{secrets.token_hex(4)}"
    return prefix, f"{prefix}_{token()}"


def password() -> str:
    """Make a password to be handed over: five groups of letters and digits that are not mistaken for each other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))
