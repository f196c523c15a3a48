"""What a desktop has changed in its copies of a server's rows, and how far it has read there."""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision
ALWAYS_NOW = """
CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at = CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$;
"""
CAPTURED = (
    "organizations",
    "organization_members",
    "notifications",
    "projects",
    "campaigns",
    "activities",
    "usage_events",
)


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    for table in CAPTURED:
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER IF EXISTS sync_outbox_{event} ON {table}")
    op.execute("DROP FUNCTION sync_captured()")
    op.execute("DROP FUNCTION sync_wait(INTEGER, TEXT, UUID)")
    op.execute(ALWAYS_NOW)
    for table in ("sync_conflicts", "sync_outbox", "sync_bases", "sync_states"):
        op.drop_table(table)
    op.drop_column("sync_counters", "account_id")
