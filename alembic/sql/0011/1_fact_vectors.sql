-- The vectors of the sentences that a passage may be quoted with, so that no run has to make them.
CREATE TABLE fact_vectors (
    chunk_id INTEGER NOT NULL,
    model VARCHAR(100) NOT NULL,
    texts TEXT[] NOT NULL,
    vectors BYTEA NOT NULL,
    CONSTRAINT pk_fact_vectors PRIMARY KEY (chunk_id),
    CONSTRAINT fk_fact_vectors_chunk_id FOREIGN KEY (chunk_id)
        REFERENCES document_chunks (id) ON DELETE CASCADE
);
