"""The name of a text by what it says, the same for every copy of it."""

from __future__ import annotations

import hashlib

from xiansuo.text.normalise import normalise
from xiansuo.text.shingles import bare


def fingerprint(text: str) -> str:
    """Name a text by what it says: copies that differ in blanks, punctuation, widths or script have one name.

    :return: 64 hex digits of SHA-256.
    """
    return _named(bare(normalise(text).text))


def fingerprint_of(title: str, body: str) -> str:
    """Name a document by its title and body.

    A title that was taken from the beginning of the body adds nothing, so that a text has one name whether its title
    stands apart, on the first line or nowhere.
    """
    head, rest = bare(normalise(title).text), bare(normalise(body).text)
    return _named(rest if rest.startswith(head) else head + rest)


def _named(letters: str) -> str:
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()
