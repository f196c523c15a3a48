"""Codes with which a desktop signs in that was sent to the browser."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    op.drop_table("sign_in_codes")
