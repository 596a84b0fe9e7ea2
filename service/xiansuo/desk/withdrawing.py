"""Withdraw a document from every answer (撤下) and restore it; it stays stored with its whole history."""

from __future__ import annotations

import datetime as dt

from xiansuo.desk.desk import Desk
from xiansuo.desk.document_page import DocumentPage, document_page, there
from xiansuo.desk.editors import editor_name
from xiansuo.desk.importing import encode_passages
from xiansuo.records.archive import Standing
from xiansuo.store import audit, documents, vectors
from xiansuo.store.database import Connection
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import read_passages


def withdraw(desk: Desk, id: str, *, by: str, now: dt.datetime) -> DocumentPage:
    """Take a document out of every answer; one that is withdrawn already stays so.

    :raises NotFound: there is no such document.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "撤下")
    with desk.database.write() as connection:
        stored = there(connection, id)
        if stored.status != Standing.WITHDRAWN.value:
            documents.set_status(connection, stored.number, Standing.WITHDRAWN.value)
            _note(connection, id, "document.withdraw", by, now)
    return document_page(desk, id)


def restore(desk: Desk, id: str, *, by: str, now: dt.datetime) -> DocumentPage:
    """Let a document count again. Raises as `withdraw`."""
    by = editor_name(by, "恢复")
    with desk.database.read() as connection:
        before = there(connection, id)
    if before.status == Standing.ACTIVE.value:
        return document_page(desk, id)
    # The archive may have been read with another encoder while it was away.
    read = read_passages(before.document.title, before.document.text)
    (matrix,) = encode_passages(desk.encoder, [read])
    with desk.database.write() as connection:
        stored = there(connection, id)
        if stored.status != Standing.ACTIVE.value:
            desk.check_encoder(connection)
            vectors.put(connection, desk.encoder.id, [StoredVectors(stored.number, read.spans, matrix)])
            documents.set_status(connection, stored.number, Standing.ACTIVE.value)
            _note(connection, id, "document.restore", by, now)
    return document_page(desk, id)


def _note(connection: Connection, id: str, action: str, by: str, now: dt.datetime) -> None:
    audit.add(connection, at=now, account=None, name=by, action=action, target=id)
