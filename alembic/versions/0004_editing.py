"""What people do with content: revisions, images, tags of documents, watched folders."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCRIPTS = Path(__file__).parents[1] / "sql" / revision


def upgrade() -> None:
    for script in sorted(SCRIPTS.glob("*.sql")):
        op.execute(script.read_text("utf-8"))


def downgrade() -> None:
    for table in ("watched_files", "watched_folders", "assets", "activity_revisions"):
        op.drop_table(table)
    op.drop_index("idx_documents_tags", "documents")
    op.drop_column("documents", "tags")
