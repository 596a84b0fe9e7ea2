"""Correct a document (更正): every change keeps the version before, and what the machine reads follows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from xiansuo.desk.desk import Desk
from xiansuo.desk.document_page import DocumentPage, document_page, tag_of, there
from xiansuo.desk.editors import editor_name, masked_line
from xiansuo.desk.importing import encode_passages
from xiansuo.errors import ChangedSince, InputError, NotFound, NotNow
from xiansuo.ingest.build import RowRejected, draft
from xiansuo.ingest.rows import RawRow
from xiansuo.records import Document
from xiansuo.records.archive import DocumentChange, Standing
from xiansuo.store import audit, document_pages, documents, runs, vectors
from xiansuo.store.database import Connection
from xiansuo.store.documents import Known
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import read_passages


def correct(desk: Desk, id: str, change: DocumentChange, *, by: str, now: dt.datetime, tag: str = "") -> DocumentPage:
    """Correct the fields of a document that are set in the change; cleaned and redacted as an import would.

    :param tag: the state that the editor has seen, as its page told; empty overwrites whatever is there.
    :raises NotFound: there is no such document.
    :raises ChangedSince: it is not in that state any more; NotNow: it is withdrawn.
    :raises InputError: nobody's name is given, or the document could not be imported like that.
    """
    told = change.model_dump(exclude_unset=True)
    return rewrite(desk, id, lambda record: _checked(record, told, now), "correct", by=by, now=now, tag=tag)


def put_back(desk: Desk, id: str, version: int, *, by: str, now: dt.datetime, tag: str = "") -> DocumentPage:
    """Make an earlier version the newest one, outcomes and all. Raises as `correct`."""
    with desk.database.read() as connection:
        known = document_pages.versions(connection, there(connection, id).number)
    earlier = next((each.document for each in known if each.version == version), None)
    if earlier is None:
        raise NotFound(f"“{id}”没有第 {version} 版。", advice="有哪些版本见材料页。")
    return rewrite(desk, id, lambda _: earlier, "put_back", by=by, now=now, tag=tag)


def rewrite(
    desk: Desk,
    id: str,
    make: Callable[[Document], Document],
    act: str,
    *,
    by: str,
    now: dt.datetime,
    tag: str = "",
) -> DocumentPage:
    """Store what is made of a document, in one transaction with its change row, vectors and a line in the trail.

    What makes no difference leaves no trace. Raises as `correct`.
    """
    by = editor_name(by, "更正")
    with desk.database.read() as connection:
        before = there(connection, id)
    if tag and tag != tag_of(before):
        raise _changed(id)
    if before.status != Standing.ACTIVE.value:
        raise NotNow(f"“{id}”已经撤下，不能更正。", advice="请先恢复，再更正。")
    record, was = make(before.document), before.document
    if record == was:
        return document_page(desk, id)
    read = None
    if (record.title, record.text) != (was.title, was.text):
        read = read_passages(record.title, record.text)
        (matrix,) = encode_passages(desk.encoder, [read])
    run = runs.run_id(act, [id, record.digest], {}, now)
    with desk.database.write() as connection:
        if tag_of(there(connection, id)) != tag_of(before):
            raise _changed(id)  # while the text was being read
        known = Known(before.number, was.digest, before.version)
        documents.replace(connection, [(known, record, read.sections if read else before.sections)], run, now)
        if read:
            desk.check_encoder(connection)
            vectors.forget(connection, [before.number])
            vectors.put(connection, desk.encoder.id, [StoredVectors(before.number, read.spans, matrix)])
        fields = [name for name in Document.model_fields if getattr(record, name) != getattr(was, name)]
        _note(connection, id, act, by, now, {"version": before.version + 1, "fields": fields})
    return document_page(desk, id)


def _checked(record: Document, told: dict[str, Any], now: dt.datetime) -> Document:
    if not masked_line(told.get("title", record.title)):
        raise InputError("标题是空的。", advice="请写明标题。")
    row = RawRow({"title": record.title, "text": record.text, **told})
    try:
        made = Document(id=record.id, **draft(row, kind=None, source="", now=now.date()).values)
        return record.model_copy(update={name: getattr(made, name) for name in told})
    except RowRejected as reason:
        raise InputError(f"这样更正不成立：{reason}。", advice="请修改后再存。") from reason
    except ValidationError as error:
        raise InputError("这样更正不成立。", advice="请检查标题、正文和日期。") from error


def _changed(id: str) -> ChangedSince:
    return ChangedSince(f"“{id}”刚才被别人改过。", advice="请刷新，看过新的内容再改。")


def _note(connection: Connection, id: str, act: str, by: str, now: dt.datetime, details: dict[str, Any]) -> None:
    audit.add(connection, at=now, account=None, name=by, action=f"document.{act}", target=id, details=details)
