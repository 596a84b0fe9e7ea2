"""What documents have to do with work themes, kept so that only what is new is read again."""

from alembic import op
import sqlalchemy as sa

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the two tables, empty: they fill when they are first asked for."""
    op.create_table(
        "alignment_ground",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alignment_ground")),
    )
    op.create_index(op.f("ix_alignment_ground_list"), "alignment_ground", ["list"])
    op.create_table(
        "alignment",
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ground"],
            ["alignment_ground.id"],
            name=op.f("fk_alignment_ground_alignment_ground"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["document.number"], name=op.f("fk_alignment_number_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ground", "number", name=op.f("pk_alignment")),
    )


def downgrade() -> None:
    """Drop them; nothing is lost that cannot be computed again."""
    op.drop_table("alignment")
    op.drop_index(op.f("ix_alignment_ground_list"), table_name="alignment_ground")
    op.drop_table("alignment_ground")
