"""The chain of the audit trail: each row's digest covers its content and the digest of the row before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from xiansuo.records.accounts import AuditRow

START = "0" * 64
"""What stands before the first row."""


def digest(row: AuditRow) -> str:
    """Return the digest that a row must have; the one it carries is not looked at."""
    told = row.model_dump(mode="json", exclude={"digest"})
    # Two writings of one moment must not be two digests.
    told["at"] = row.at.timestamp()
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken_at(rows: Iterable[AuditRow], previous: str = START, seq: int = 0) -> int | None:
    """Follow the chain.

    :param rows: in the order of their numbers.
    :param previous: the digest, and `seq` the number, of the row before the first given.
    :return: the number of the first row that was changed, or before which one is missing; None where all is whole.
    """
    for row in rows:
        if row.seq != seq + 1 or row.previous != previous or row.digest != digest(row):
            return row.seq
        previous, seq = row.digest, row.seq
    return None
