"""Tables of what documents have to do with work themes; all of it can be computed again from the documents."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from xiansuo.store.naming import NUMBER, metadata

# What an archive had in common when a list of themes was first held against it.
alignment_ground = Table(
    "alignment_ground",
    metadata,
    Column("id", String(40), primary_key=True),
    # What the list says and how it is read: another list, encoder or model has grounds of its own.
    Column("list", String(40), nullable=False, index=True),
    Column("version", String(100), nullable=False),
    Column("model", String(200), nullable=False),
    # The day up to which documents were seen, and how many there were.
    Column("until", Date, nullable=False),
    Column("documents", Integer, nullable=False),
    # All documents as they stood after this change are held against the list.
    Column("seq", NUMBER, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

alignment = Table(
    "alignment",
    metadata,
    Column("ground", ForeignKey("alignment_ground.id", ondelete="CASCADE"), primary_key=True),
    Column("number", ForeignKey("document.number", ondelete="CASCADE"), primary_key=True),
    # Of the document as it was read: reading all of them beside their texts takes many times as long.
    Column("document", String(200), nullable=False),
    Column("date", Date),
    Column("digest", String(64), nullable=False),
    # Place of the best theme in the list.
    Column("theme", Integer, nullable=False),
    Column("probability", Float, nullable=False),
    # Where it is about the theme: the words found, a line each, and the places to show.
    Column("keywords", Text, nullable=False),
    Column("passage", Text, nullable=False),
    Column("clause", Text, nullable=False),
    # Bits for the list's words: in the title, as written, in any guise.
    Column("said", LargeBinary, nullable=False),
)
