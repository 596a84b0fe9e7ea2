"""Every change carries a mark that names the whole history up to it."""

import hashlib

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHANGE = sa.table("change", sa.column("seq"), sa.column("number"), sa.column("action"), sa.column("mark"))


def upgrade() -> None:
    """Add the marks; homes of some days had them from the start, and keep theirs."""
    connection = op.get_bind()
    if any(column["name"] == "mark" for column in sa.inspect(connection).get_columns("change")):
        return
    with op.batch_alter_table("change", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(length=32), nullable=False, server_default=""))
    mark = ""
    for seq, number, action in connection.execute(
        sa.select(_CHANGE.c.seq, _CHANGE.c.number, _CHANGE.c.action).order_by(_CHANGE.c.seq)
    ).all():
        # What a document held then is not known any more; that the marks differ from any other home's is enough.
        mark = hashlib.blake2b(f"{mark} {number} {action} {seq}".encode(), digest_size=16).hexdigest()
        connection.execute(sa.update(_CHANGE).where(_CHANGE.c.seq == seq).values(mark=mark))
    with op.batch_alter_table("change", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.alter_column("mark", server_default=None)


def downgrade() -> None:
    """Drop the marks."""
    with op.batch_alter_table("change", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("mark")
