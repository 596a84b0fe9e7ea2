"""What editors decided on pairs of texts."""

from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of decisions."""
    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("earlier", sa.String(length=200), nullable=False),
        sa.Column("earlier_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("machine_relation", sa.String(length=20), nullable=False),
        sa.Column("machine_probability", sa.Float(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_draft"), ["draft"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_earlier"), ["earlier"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_earlier_fingerprint"), ["earlier_fingerprint"], unique=False)


def downgrade() -> None:
    """Drop the table; what editors decided is lost."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_earlier_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_decision_earlier"))
        batch_op.drop_index(batch_op.f("ix_decision_draft"))

    op.drop_table("decision")
