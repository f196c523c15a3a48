-- Documents and their chunks, the truth that the vector index is rebuilt from.

CREATE TABLE documents (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    project_id INTEGER,
    uploaded_by INTEGER NOT NULL,
    filename VARCHAR(255) NOT NULL,
    file_path TEXT NOT NULL,
    file_type VARCHAR(50),
    file_size INTEGER,
    content_hash VARCHAR(64) NOT NULL,
    status VARCHAR(50) DEFAULT 'pending' NOT NULL,
    error_message TEXT,
    chroma_collection_id VARCHAR(255),
    chunk_count INTEGER DEFAULT 0 NOT NULL,
    metadata JSONB,
    processed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT ck_documents_status CHECK (status IN ('pending', 'processing', 'indexed',
        'error')),
    CONSTRAINT ck_documents_content_hash CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT uq_documents_organization_id_project_id_content_hash UNIQUE NULLS NOT
        DISTINCT (organization_id, project_id, content_hash),
    CONSTRAINT fk_documents_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_documents_project_id FOREIGN KEY (project_id)
        REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_documents_uploaded_by FOREIGN KEY (uploaded_by) REFERENCES users (id)
);

CREATE INDEX idx_documents_org ON documents (organization_id);
CREATE INDEX idx_documents_org_created ON documents (organization_id, created_at DESC);
CREATE INDEX idx_documents_project ON documents (project_id);
CREATE INDEX idx_documents_status ON documents (status);
CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);

CREATE TABLE document_chunks (
    id SERIAL NOT NULL,
    document_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    page INTEGER,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading TEXT,
    CONSTRAINT pk_document_chunks PRIMARY KEY (id),
    CONSTRAINT ck_document_chunks_ordinal CHECK (ordinal >= 0),
    CONSTRAINT ck_document_chunks_page CHECK (page >= 1),
    CONSTRAINT ck_document_chunks_span CHECK (start_char >= 0 AND end_char > start_char),
    CONSTRAINT uq_document_chunks_document_id_ordinal UNIQUE (document_id, ordinal),
    CONSTRAINT fk_document_chunks_document_id FOREIGN KEY (document_id)
        REFERENCES documents (id) ON DELETE CASCADE
);

    CREATE INDEX idx_document_chunks_text ON document_chunks USING gin
        (to_tsvector('english', text));
