"""What people do with content: revisions, images, tags of documents, watched folders."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE documents ADD COLUMN tags TEXT[] DEFAULT '{}' NOT NULL")
    op.execute("CREATE INDEX idx_documents_tags ON documents USING gin (tags)")
    op.execute(
        """
        CREATE TABLE activity_revisions (
            id SERIAL NOT NULL,
            activity_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            reason VARCHAR(50) NOT NULL,
            title VARCHAR(255),
            markdown TEXT NOT NULL,
            word_count INTEGER DEFAULT 0 NOT NULL,
            created_by INTEGER,
            created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
            CONSTRAINT pk_activity_revisions PRIMARY KEY (id),
            CONSTRAINT uq_activity_revisions_activity_id_number UNIQUE (activity_id, number),
            CONSTRAINT ck_activity_revisions_number CHECK (number >= 1),
            CONSTRAINT ck_activity_revisions_reason CHECK (reason IN
                ('generated', 'edited', 'restored', 'regenerated', 'imported')),
            CONSTRAINT fk_activity_revisions_activity_id FOREIGN KEY (activity_id)
                REFERENCES activities (id) ON DELETE CASCADE,
            CONSTRAINT fk_activity_revisions_created_by FOREIGN KEY (created_by)
                REFERENCES users (id)
        )
        """
    )
    op.execute("CREATE INDEX idx_activity_revisions_created_by ON activity_revisions (created_by)")
    op.execute(
        """
        CREATE TABLE assets (
            id SERIAL NOT NULL,
            activity_id INTEGER NOT NULL,
            filename VARCHAR(255) NOT NULL,
            media_type VARCHAR(100) NOT NULL,
            file_path TEXT NOT NULL,
            file_size INTEGER NOT NULL,
            content_hash VARCHAR(64) NOT NULL,
            created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
            CONSTRAINT pk_assets PRIMARY KEY (id),
            CONSTRAINT uq_assets_activity_id_content_hash UNIQUE (activity_id, content_hash),
            CONSTRAINT fk_assets_activity_id FOREIGN KEY (activity_id)
                REFERENCES activities (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        """
        CREATE TABLE watched_folders (
            id SERIAL NOT NULL,
            organization_id INTEGER NOT NULL,
            project_id INTEGER,
            path TEXT NOT NULL,
            error_message TEXT,
            created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
            CONSTRAINT pk_watched_folders PRIMARY KEY (id),
            CONSTRAINT uq_watched_folders_organization_id_path UNIQUE (organization_id, path),
            CONSTRAINT fk_watched_folders_organization_id FOREIGN KEY (organization_id)
                REFERENCES organizations (id) ON DELETE CASCADE,
            CONSTRAINT fk_watched_folders_project_id FOREIGN KEY (project_id)
                REFERENCES projects (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX idx_watched_folders_project ON watched_folders (project_id)")


def downgrade() -> None:
    for table in ("watched_folders", "assets", "activity_revisions"):
        op.drop_table(table)
    op.drop_index("idx_documents_tags", "documents")
    op.drop_column("documents", "tags")
