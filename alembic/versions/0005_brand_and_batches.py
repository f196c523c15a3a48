"""What is known of a brand (pages of its site, summaries of documents), and rows of batches."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    for table in ("brand_summaries", "site_pages"):
        op.drop_table(table)
    op.drop_index("idx_activities_batch", "activities")
