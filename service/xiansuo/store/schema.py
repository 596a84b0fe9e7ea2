"""The one schema. Migrations follow it; `tests/store/test_migrations.py` keeps the two equal.

`number` is a document's internal integer, used by indexes and made from its id; `id` is what people and other systems
call it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from xiansuo.store.account_tables import (
    account,
    api_key,
    audit,
    check_maker,
    door,
    kept_answer,
    login_session,
    wrong_password,
)
from xiansuo.store.alignment_tables import alignment, alignment_ground
from xiansuo.store.job_tables import job
from xiansuo.store.naming import NUMBER, metadata
from xiansuo.store.prompt_tables import claim, prompt_event, prompt_feedback, writing_prompt

__all__ = [
    "account",
    "alignment",
    "alignment_ground",
    "api_key",
    "audit",
    "check_maker",
    "claim",
    "door",
    "job",
    "kept_answer",
    "login_session",
    "metadata",
    "prompt_event",
    "prompt_feedback",
    "writing_prompt",
    "wrong_password",
]

document = Table(
    "document",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", String(200), nullable=False, unique=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("unit", String(200), nullable=False, index=True),
    Column("team", String(20)),
    Column("sector", String(100), nullable=False),
    Column("region", String(200), nullable=False),
    Column("channel", String(100), nullable=False),
    Column("date", Date, index=True),
    Column("category", String(100), nullable=False),
    Column("theme", String(200), nullable=False),
    Column("adoptions", JSON, nullable=False),
    Column("instructions", JSON, nullable=False),
    Column("replies", JSON, nullable=False),
    Column("source", Text, nullable=False),
    Column("sections", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    # active; withdrawn and hidden documents stay stored and leave every answer
    Column("status", String(20), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("run", String(40), nullable=False),
)

earlier_version = Table(
    "earlier_version",
    metadata,
    Column("number", ForeignKey("document.number", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("record", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("run", String(40), nullable=False),
    Column("replaced_at", DateTime(timezone=True), nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("number", ForeignKey("document.number", ondelete="CASCADE"), primary_key=True),
    Column("model", String(200), primary_key=True),
    # int32 (n, 3) and float16 (n, dimension), little-endian, C order
    Column("spans", LargeBinary, nullable=False),
    Column("matrix", LargeBinary, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=True),
    Column("number", NUMBER, nullable=False),
    Column("action", String(10), nullable=False),
    # Names this change and, through the row before, all that led to it: two histories with one seq differ here.
    Column("mark", String(32), nullable=False),
    # A gap left by a deleted row must never be filled again: readers remember the last seq they saw.
    sqlite_autoincrement=True,
)

theme = Table(
    "theme",
    metadata,
    Column("version", String(100), primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("focus", String(30), nullable=False),
    Column("weight", Float, nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("clause", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
    # Where the clause stands in the report that it is from; unknown for a list.
    Column("source", Text, nullable=False),
    Column("paragraph", Integer),
    Column("start", Integer),
    Column("end", Integer),
)

# Grows only: what an editor did to a work theme; an edit that was undone stays as history.
theme_edit = Table(
    "theme_edit",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    # No foreign key: a version may be imported anew.
    Column("version", String(100), nullable=False, index=True),
    Column("action", String(20), nullable=False),
    Column("theme", String(100), nullable=False),
    Column("merged", JSON, nullable=False),
    # What these themes were called when they were imported: an id may mean another task in a new file.
    Column("names", JSON, nullable=False),
    Column("change", JSON, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", String(100), nullable=False),
    sqlite_autoincrement=True,
)

run = Table(
    "run",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("inputs", JSON, nullable=False),
    Column("models", JSON, nullable=False),
    Column("result", JSON, nullable=False),
    Index(None, "kind", "at"),
)

# Grows only: a decision that was undone or followed by another stays as history.
decision = Table(
    "decision",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("draft", String(64), nullable=False, index=True),
    # The redacted draft, so that the pair can be read again by later models.
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("unit", String(200), nullable=False),
    Column("date", Date),
    # No foreign key: what was decided is still true of a document that was removed.
    Column("earlier", String(200), nullable=False, index=True),
    Column("earlier_fingerprint", String(64), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("relation", String(20), nullable=False),
    Column("machine_relation", String(20), nullable=False),
    Column("machine_probability", Float, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", String(100), nullable=False),
    # The number that a person wrote down must never mean another decision.
    sqlite_autoincrement=True,
)

# Grows only: a merging that was undone stays as history. Documents are never touched by it.
merging = Table(
    "merging",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    # Ids of documents, without foreign keys as in `decision`.
    Column("canonical", String(200), nullable=False),
    Column("members", JSON, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", String(100), nullable=False),
    sqlite_autoincrement=True,
)

# What an archive had in common when it was last clustered whole; the topics of later runs lean on it.
ground = Table(
    "ground",
    metadata,
    # Of the run that took it.
    Column("run", String(40), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# Grows only: what an editor did to a topic; an edit that was undone stays as history.
topic_edit = Table(
    "topic_edit",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("action", String(20), nullable=False),
    Column("topic", String(40), nullable=False, index=True),
    # Documents by which the topic is found again should its id go: its own, or those that were split off.
    Column("documents", JSON, nullable=False),
    Column("into", String(40), nullable=False),
    Column("into_documents", JSON, nullable=False),
    Column("name", Text, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", String(100), nullable=False),
    sqlite_autoincrement=True,
)

state = Table(
    "state",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)
