"""The tables of writing prompts; part of the one schema in `schema`."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text, text

from xiansuo.store.naming import NUMBER, metadata

# One open prompt a clue: who proposes it at the same moment again, adds nothing.
_OPEN_PROMPT = text("state NOT IN ('withdrawn', 'closed')")

writing_prompt = Table(
    "writing_prompt",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("clue", String(40), nullable=False),
    Column("run", String(40), nullable=False),
    # The clue as it was proposed.
    Column("card", JSON, nullable=False),
    Column("name", Text, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("theme", String(100), nullable=False, index=True),
    Column("theme_version", String(100), nullable=False),
    Column("focus", String(30), nullable=False),
    Column("title", Text, nullable=False),
    Column("angle", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("deadline", Date),
    Column("commissioned", JSON, nullable=False),
    Column("several", Boolean, nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    # Whoever changes it names the count that was seen: of two at the same moment only one does.
    Column("changes", Integer, nullable=False),
    Index("uq_writing_prompt_open_clue", "clue", unique=True, sqlite_where=_OPEN_PROMPT, postgresql_where=_OPEN_PROMPT),
    # The number that a person wrote down must never mean another prompt.
    sqlite_autoincrement=True,
)

_STANDING = text("released_at IS NULL")
_ALONE = text("released_at IS NULL AND alone")

# Grows only: a claim that was released stays as history.
claim = Table(
    "claim",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("prompt", ForeignKey("writing_prompt.number"), nullable=False, index=True),
    Column("author", String(100), nullable=False, index=True),
    Column("unit", String(200), nullable=False),
    Column("alone", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("released_at", DateTime(timezone=True)),
    Column("released_by", String(100), nullable=False),
    # A check's number and what it said, never the draft.
    Column("check", JSON),
    # No foreign key: a submission may be removed.
    Column("document", String(200), nullable=False),
    Column("adopted", Boolean),
    Column("level", String(20)),
    Column("outcome_date", Date),
    Index("uq_claim_alone", "prompt", unique=True, sqlite_where=_ALONE, postgresql_where=_ALONE),
    Index("uq_claim_once", "prompt", "author", "unit", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    sqlite_autoincrement=True,
)

# Grows only: all that was ever done to a prompt.
prompt_event = Table(
    "prompt_event",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("prompt", ForeignKey("writing_prompt.number"), nullable=False, index=True),
    Column("claim", NUMBER),
    Column("action", String(20), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undoes", NUMBER),
    sqlite_autoincrement=True,
)

# Grows only: the last word of an informant on a prompt counts.
prompt_feedback = Table(
    "prompt_feedback",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("prompt", ForeignKey("writing_prompt.number"), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("author", String(100), nullable=False),
    Column("unit", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
