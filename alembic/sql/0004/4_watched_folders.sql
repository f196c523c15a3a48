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
);

CREATE INDEX idx_watched_folders_project ON watched_folders (project_id);

CREATE TABLE watched_files (
    folder_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    document_id INTEGER,
    CONSTRAINT pk_watched_files PRIMARY KEY (folder_id, path),
    CONSTRAINT fk_watched_files_folder_id FOREIGN KEY (folder_id)
        REFERENCES watched_folders (id) ON DELETE CASCADE,
    CONSTRAINT fk_watched_files_document_id FOREIGN KEY (document_id)
        REFERENCES documents (id) ON DELETE SET NULL
);

CREATE INDEX idx_watched_files_document ON watched_files (document_id);
