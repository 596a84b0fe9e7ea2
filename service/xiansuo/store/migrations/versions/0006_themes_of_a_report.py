"""Where a work theme's clause stands in its report, and what editors did to themes."""

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the places of clauses, unknown so far, and the table of edits."""
    with op.batch_alter_table("theme") as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        for name in ("paragraph", "start", "end"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
    with op.batch_alter_table("theme") as batch_op:
        batch_op.alter_column("source", server_default=None)
    op.create_table(
        "theme_edit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("merged", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_edit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_theme_edit_version"), "theme_edit", ["version"])


def downgrade() -> None:
    """Drop both; themes are as they were imported."""
    op.drop_index(op.f("ix_theme_edit_version"), table_name="theme_edit")
    op.drop_table("theme_edit")
    with op.batch_alter_table("theme") as batch_op:
        for name in ("end", "start", "paragraph", "source"):
            batch_op.drop_column(name)
