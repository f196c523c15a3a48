"""The stored events of runs, numbered without a gap by a counter on the activity."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE activities ADD COLUMN last_event_seq INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        """
        CREATE TABLE run_events (
            activity_id INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            kind VARCHAR(50) NOT NULL,
            step VARCHAR(100) NOT NULL,
            progress INTEGER NOT NULL,
            data JSONB DEFAULT '{}' NOT NULL,
            at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
            CONSTRAINT pk_run_events PRIMARY KEY (activity_id, seq),
            CONSTRAINT ck_run_events_seq CHECK (seq >= 1),
            CONSTRAINT ck_run_events_progress CHECK (progress BETWEEN 0 AND 100),
            CONSTRAINT fk_run_events_activity_id FOREIGN KEY (activity_id)
                REFERENCES activities (id) ON DELETE CASCADE
        )
        """
    )


def downgrade() -> None:
    op.drop_table("run_events")
    op.drop_column("activities", "last_event_seq")
