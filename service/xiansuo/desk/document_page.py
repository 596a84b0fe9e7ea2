"""A document of the archive as it is shown: all of it, or what somebody else may see of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import status
from xiansuo.errors import NotFound
from xiansuo.records import Adoption, Document, Instruction, Kind, Reply, Sections, Team
from xiansuo.records.archive import Standing
from xiansuo.store import document_pages, documents
from xiansuo.store.database import Connection
from xiansuo.store.document_pages import Version
from xiansuo.store.documents import Stored


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document, where its parts stand in the text, and what it was before.

    `status` says in one phrase what became of it. `tag` names exactly this state, for correcting only what one has
    seen. `whole` is False where who asks sees title, unit, date and `status` only.
    """

    id: str
    kind: Kind
    title: str
    text: str
    author: str
    unit: str
    team: Team | None
    sector: str
    region: str
    channel: str
    date: dt.date | None
    category: str
    theme: str
    source: str
    adoptions: tuple[Adoption, ...]
    instructions: tuple[Instruction, ...]
    replies: tuple[Reply, ...]
    sections: Sections
    standing: Standing
    status: str
    version: int
    tag: str
    versions: tuple[Version, ...] = ()
    whole: bool = True


def document_page(desk: Desk, id: str) -> DocumentPage:
    """Read a document, whatever its standing, with its earlier versions, oldest first.

    :raises NotFound: there is none.
    """
    with desk.database.read() as connection:
        stored = there(connection, id)
        versions = document_pages.versions(connection, stored.number)
    record = stored.document
    fields = {name: getattr(record, name) for name in Document.model_fields}
    return DocumentPage(
        **fields,
        sections=stored.sections,
        standing=Standing(stored.status),  # type: ignore[call-arg]
        status=status(record),
        version=stored.version,
        tag=tag_of(stored),
        versions=tuple(versions),
    )


def there(connection: Connection, id: str) -> Stored:
    """Read what the store has of a document, whatever its standing.

    :raises NotFound: there is none.
    """
    stored = documents.by_id(connection, id)
    if stored is None:
        raise no_document(id)
    return stored


def no_document(id: str) -> NotFound:
    """Say that there is no such document, or none for who asks: the same words, so that neither can be told."""
    return NotFound(f"档案里没有编号为“{id}”的材料。", advice="请在档案里搜索标题，编号在材料页上。")


def tag_of(stored: Stored) -> str:
    """Name the state of a document: what it says, its version and whether it counts."""
    told = f"{stored.document.digest} {stored.document.source} {stored.version} {stored.status}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
