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
);
