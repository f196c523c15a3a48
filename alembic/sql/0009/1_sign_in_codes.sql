-- What the browser brings back to a desktop, to be exchanged for tokens once and within a minute.
CREATE TABLE sign_in_codes (
    code_hash VARCHAR(64) NOT NULL,
    user_id INTEGER NOT NULL,
    family UUID NOT NULL,
    code_challenge VARCHAR(43) NOT NULL,
    redirect_uri VARCHAR(255) NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_sign_in_codes PRIMARY KEY (code_hash),
    CONSTRAINT fk_sign_in_codes_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX idx_sign_in_codes_user ON sign_in_codes (user_id);
CREATE INDEX idx_sign_in_codes_expires ON sign_in_codes (expires_at);
