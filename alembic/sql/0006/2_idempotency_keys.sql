CREATE TABLE idempotency_keys (
    scope VARCHAR(100) NOT NULL,
    key VARCHAR(255) NOT NULL,
    request_hash VARCHAR(64) NOT NULL,
    response JSONB,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (scope, key)
);

CREATE INDEX idx_idempotency_keys_created ON idempotency_keys (created_at);
