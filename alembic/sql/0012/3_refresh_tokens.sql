-- Which token one came of: a refresh whose answer was lost can be told from a stolen token.
ALTER TABLE refresh_tokens ADD parent_id INTEGER;
ALTER TABLE refresh_tokens ADD CONSTRAINT fk_refresh_tokens_parent_id FOREIGN KEY (parent_id)
    REFERENCES refresh_tokens (id) ON DELETE SET NULL;
CREATE INDEX idx_refresh_tokens_parent ON refresh_tokens (parent_id);
