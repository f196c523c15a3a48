-- An account of the person at this computer on a server. Its tokens are not here but in the keyring.
CREATE TABLE accounts (
    id SERIAL NOT NULL,
    server VARCHAR(500) NOT NULL,
    kind VARCHAR(50) NOT NULL,
    issuer VARCHAR(500),
    email VARCHAR(255) NOT NULL,
    remote_user_id INTEGER NOT NULL,
    client_id UUID DEFAULT gen_random_uuid() NOT NULL,
    user_id INTEGER NOT NULL,
    state VARCHAR(50) DEFAULT 'signed_in' NOT NULL,
    problem TEXT DEFAULT '' NOT NULL,
    last_used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT uq_accounts_client_id UNIQUE (client_id),
    CONSTRAINT ck_accounts_kind CHECK (kind IN ('password', 'browser', 'oidc')),
    CONSTRAINT ck_accounts_state CHECK (state IN ('signed_in', 'signed_out')),
    CONSTRAINT fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX idx_accounts_server_email ON accounts (server, lower(email));
CREATE INDEX idx_accounts_user ON accounts (user_id);

CREATE TRIGGER update_accounts_updated_at BEFORE UPDATE ON accounts
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
