"""Topics that stay: the ground they were drawn on, and what editors did to them."""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of grounds and of edits."""
    op.create_table(
        "ground",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run", name=op.f("pk_ground")),
    )
    op.create_table(
        "topic_edit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("into", sa.String(length=40), nullable=False),
        sa.Column("into_documents", sa.JSON(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_edit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_topic_edit_topic"), "topic_edit", ["topic"])


def downgrade() -> None:
    """Drop both; topics are drawn anew, what editors did to them is forgotten."""
    op.drop_index(op.f("ix_topic_edit_topic"), table_name="topic_edit")
    op.drop_table("topic_edit")
    op.drop_table("ground")
