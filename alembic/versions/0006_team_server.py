"""What a team server keeps: rotated tokens, and answers that a repeated request is given again."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    op.drop_column("invoices", "stripe_subscription_id")
    op.drop_column("invoices", "as_of")
    op.drop_column("subscriptions", "as_of")
    op.drop_table("paces")
    op.drop_index("idx_users_email_lower")
    for table in ("agent_requests", "agent_connections", "idempotency_keys", "refresh_tokens"):
        op.drop_table(table)
    op.drop_column("organizations", "deleted_at")
