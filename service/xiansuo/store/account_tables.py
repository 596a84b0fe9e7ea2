"""The tables of accounts, sessions, keys and the audit trail; part of the one schema in `schema`."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text

from xiansuo.store.naming import NUMBER, metadata

account = Table(
    "account",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("login", String(100), nullable=False, unique=True),
    Column("name", String(100), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("unit", String(200), nullable=False),
    Column("team", String(20)),
    Column("sector", String(100), nullable=False),
    Column("region", String(200), nullable=False),
    # An Argon2id hash, empty until a password was chosen.
    Column("password", String(200), nullable=False),
    Column("changes_password", Boolean, nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    # What was done by an account must never be taken for another's.
    sqlite_autoincrement=True,
)

# Wrong passwords in a row, by what was typed: names that no account has are counted like others.
wrong_password = Table(
    "wrong_password",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", DateTime(timezone=True), nullable=False),
)

login_session = Table(
    "login_session",
    metadata,
    # SHA-256 of the token in the cookie.
    Column("digest", String(64), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False, index=True),
    # Sent with every form: a foreign page can make a browser send the cookie, but cannot read this.
    Column("csrf", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
)

# A link by which somebody chooses a password without having one.
door = Table(
    "door",
    metadata,
    Column("digest", String(64), primary_key=True),
    # None makes the first administrator.
    Column("account", ForeignKey("account.id")),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("prefix", String(20), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("name", String(100), nullable=False),
    Column("account", ForeignKey("account.id"), nullable=False, index=True),
    Column("scopes", JSON, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
    sqlite_autoincrement=True,
)

# Grows only: triggers of the migration refuse to change or delete a row, and each row holds the digest of the one
# before.
audit = Table(
    "audit",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("account", NUMBER, index=True),
    Column("name", String(100), nullable=False),
    Column("action", String(100), nullable=False),
    Column("target", Text, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("details", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

# Answers to writes that named themselves, so that the same request sent twice is done once.
kept_answer = Table(
    "kept_answer",
    metadata,
    Column("account", NUMBER, primary_key=True),
    Column("key", String(100), primary_key=True),
    # SHA-256 of method, address and body: the same name for another request is refused.
    Column("request", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    # None while the request is being worked on.
    Column("status", Integer),
    Column("media_type", String(100), nullable=False),
    Column("body", Text, nullable=False),
)

# Who made a check: informants open their own ones only. No foreign key: a check may be forgotten.
check_maker = Table(
    "check_maker",
    metadata,
    Column("run", String(40), primary_key=True),
    Column("account", ForeignKey("account.id"), primary_key=True, index=True),
)
