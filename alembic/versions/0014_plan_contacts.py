"""How long a desktop has not heard of a server, by more than its clock."""

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    op.drop_table("plan_contacts")
