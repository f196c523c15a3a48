CREATE TABLE brand_summaries (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    project_id INTEGER,
    documents_hash VARCHAR(64) NOT NULL,
    model VARCHAR(255) NOT NULL,
    summary TEXT NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_brand_summaries PRIMARY KEY (id),
    CONSTRAINT uq_brand_summaries_organization_id_project_id_documents_hash
        UNIQUE NULLS NOT DISTINCT (organization_id, project_id, documents_hash),
    CONSTRAINT ck_brand_summaries_documents_hash CHECK (documents_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT fk_brand_summaries_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_brand_summaries_project_id FOREIGN KEY (project_id)
        REFERENCES projects (id) ON DELETE CASCADE
);

CREATE INDEX idx_brand_summaries_project ON brand_summaries (project_id);
