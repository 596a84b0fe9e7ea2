"""Writing prompts with their claims, history and feedback."""

from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the four tables; what the database itself forbids is in their partial indexes."""
    op.create_table(
        "writing_prompt",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("clue", sa.String(length=40), nullable=False),
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("theme_version", sa.String(length=100), nullable=False),
        sa.Column("focus", sa.String(length=30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("angle", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("commissioned", sa.JSON(), nullable=False),
        sa.Column("several", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_writing_prompt")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_writing_prompt_theme"), "writing_prompt", ["theme"])
    op.create_index(op.f("ix_writing_prompt_state"), "writing_prompt", ["state"])
    _one("uq_writing_prompt_open_clue", "writing_prompt", ["clue"], "state NOT IN ('withdrawn', 'closed')")
    op.create_table(
        "claim",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("prompt", _NUMBER, nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=100), nullable=False),
        sa.Column("check", sa.JSON(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("outcome_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["prompt"], ["writing_prompt.number"], name=op.f("fk_claim_prompt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claim_prompt"), "claim", ["prompt"])
    op.create_index(op.f("ix_claim_author"), "claim", ["author"])
    _one("uq_claim_alone", "claim", ["prompt"], "released_at IS NULL AND alone")
    _one("uq_claim_once", "claim", ["prompt", "author", "unit"], "released_at IS NULL")
    op.create_table(
        "prompt_event",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("prompt", _NUMBER, nullable=False),
        sa.Column("claim", _NUMBER, nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["prompt"], ["writing_prompt.number"], name=op.f("fk_prompt_event_prompt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_prompt_event_prompt"), "prompt_event", ["prompt"])
    op.create_table(
        "prompt_feedback",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("prompt", _NUMBER, nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["prompt"], ["writing_prompt.number"], name=op.f("fk_prompt_feedback_prompt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_feedback")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_prompt_feedback_prompt"), "prompt_feedback", ["prompt"])


def downgrade() -> None:
    """Drop all four; clues are proposed anew, what was done with them is forgotten."""
    for table in ("prompt_feedback", "prompt_event", "claim", "writing_prompt"):
        op.drop_table(table)


def _one(name: str, table: str, columns: list[str], where: str) -> None:
    rule = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=rule, postgresql_where=rule)
