"""What desktops sync with a server: versions of rows, tombstones, and what clients have pushed."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision
VERSIONED = (
    "organizations",
    "organization_members",
    "subscriptions",
    "invoices",
    "notifications",
    "projects",
    "campaigns",
    "activities",
    "activity_revisions",
)
EVENTS = ("insert", "delete", "update")


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    for table in VERSIONED:
        for event in EVENTS:
            op.execute(f"DROP TRIGGER sync_note_{event} ON {table}")
            op.execute(f"DROP TRIGGER sync_assign_{event} ON {table}")
    for table in ("organizations", "users"):
        op.execute(f"DROP TRIGGER sync_begin ON {table}")
    op.execute("DROP TRIGGER sync_touch ON users")
    for function in (
        "sync_changed()",
        "sync_begin()",
        "sync_touch()",
        "sync_next(INTEGER, INTEGER)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    for table in ("sync_epoch", "sync_clients", "sync_tombstones", "sync_counters"):
        op.drop_table(table)
    for table in ("subscriptions", "invoices", "activity_revisions"):
        op.drop_column(table, "version")
        op.drop_column(table, "sync_id")
    op.drop_column("usage_events", "sync_id")
    op.drop_column("organization_members", "seen_since")
    op.drop_column("projects", "seen_since")
    op.drop_column("projects", "share_with_team")
