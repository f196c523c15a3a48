ALTER TABLE documents ADD COLUMN tags TEXT[] DEFAULT '{}' NOT NULL;

CREATE INDEX idx_documents_tags ON documents USING gin (tags);
