"""Accounts on servers that this desktop is joined to, and the log of what has left the machine."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    op.drop_column("refresh_tokens", "parent_id")
    op.drop_table("departures")
    op.drop_table("accounts")
