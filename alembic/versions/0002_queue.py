"""The queue: Procrastinate's own tables and functions, in a schema of their own.

Procrastinate has no version table. The comment on the schema says which release made it, so that
a later revision can tell which of the numbered scripts of a newer release are still to be run.
"""

from importlib.metadata import version

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    path = connection.exec_driver_sql("SHOW search_path").scalar_one()
    op.execute("CREATE SCHEMA procrastinate")
    op.execute("SET LOCAL search_path TO procrastinate")
    connection.exec_driver_sql(
        SchemaManager.get_schema(), execution_options={"no_parameters": True}
    )
    op.execute(f"COMMENT ON SCHEMA procrastinate IS 'procrastinate {version('procrastinate')}'")
    op.execute(f"SET LOCAL search_path TO {path}")


def downgrade() -> None:
    op.execute("DROP SCHEMA procrastinate CASCADE")
