"""Which document a row is: the office's own number, else one derived from what the text is.

A derived id is `x` and 16 hex digits of SHA-256 over title, author, unit and date, so a corrected text keeps its id
and is taken as a new version. Where date or writer are missing, or rows of one file share all four, the text counts
too: two letters that are both called 来信 are two documents, whatever files they come in.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

from xiansuo.ingest.build import Draft
from xiansuo.text.normalise import normalise

_DERIVED = re.compile("x[0-9a-f]{16}")


def find_ids(drafts: Sequence[Draft]) -> list[str]:
    """Return the id of each draft of one file, in their order."""
    keys = [None if draft.own_id else _key(draft) for draft in drafts]
    texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for draft, key in zip(drafts, keys, strict=True):
        if key is not None:
            texts[key].add(draft.values["text"])
    ids = []
    for draft, key in zip(drafts, keys, strict=True):
        if key is None:
            ids.append(draft.own_id)
        elif len(texts[key]) > 1 or not _tells_apart(key):
            ids.append(_hashed(*key, draft.values["text"]))
        else:
            ids.append(_hashed(*key))
    return ids


def is_derived(id: str) -> bool:
    """Tell whether an id was derived here: a text that comes again under one may well be a copy, not a new version."""
    return _DERIVED.fullmatch(id) is not None


def with_text(id: str, text: str) -> str:
    """Derive another id from a derived one and the text under it."""
    return _hashed(id, text)


def _tells_apart(key: tuple[str, ...]) -> bool:
    _, author, unit, date = key
    return bool(date and (author or unit))


def _key(draft: Draft) -> tuple[str, ...]:
    values = draft.values
    date = values["date"]
    return (
        normalise(values["title"]).text,
        values.get("author", ""),
        values.get("unit", ""),
        date.isoformat() if date else "",
    )


def _hashed(*parts: str) -> str:
    # The separator cannot occur in cleaned text.
    return "x" + hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]
