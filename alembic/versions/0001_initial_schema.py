"""The tables of the specification with their indexes, triggers and views."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision
VIEWS = ("recent_activities_feed", "organization_usage_summary")
# Referring tables before those they refer to.
TABLES = (
    "audit_logs",
    "notifications",
    "invoices",
    "subscriptions",
    "usage_events",
    "workflow_states",
    "agent_executions",
    "document_chunks",
    "documents",
    "activities",
    "campaigns",
    "projects",
    "agent_api_keys",
    "organization_members",
    "organizations",
    "users",
)


def upgrade() -> None:
    connection = op.get_bind()
    for script in sorted(SCRIPTS.glob("*.sql")):
        connection.exec_driver_sql(
            script.read_text("utf-8"), execution_options={"no_parameters": True}
        )
    # LangGraph's saver creates and migrates its own tables in here.
    op.execute("CREATE SCHEMA langgraph")


def downgrade() -> None:
    op.execute("DROP SCHEMA langgraph CASCADE")
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION update_updated_at_column()")
