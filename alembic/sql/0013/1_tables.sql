-- The account that a mirrored organization comes from.
ALTER TABLE sync_counters
    ADD COLUMN account_id INTEGER,
    ADD CONSTRAINT fk_sync_counters_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE SET NULL;

CREATE INDEX idx_sync_counters_account ON sync_counters (account_id);

-- How far an account's server was read, and the number of the next change that goes there.
-- `generation` counts the readings from the beginning, `history` is that with which the server
-- began to tell another history: one that was restored from a backup.
CREATE TABLE sync_states (
    account_id INTEGER NOT NULL,
    cursor TEXT,
    generation INTEGER DEFAULT 1 NOT NULL,
    history INTEGER DEFAULT 1 NOT NULL,
    next_seq BIGINT DEFAULT 1 NOT NULL,
    last_synced_at TIMESTAMPTZ,
    problem TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_sync_states PRIMARY KEY (account_id),
    CONSTRAINT fk_sync_states_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE CASCADE
);

-- The rows that the server has told of, as it told them last. `late` is what came while the row
-- was being written here.
CREATE TABLE sync_bases (
    account_id INTEGER NOT NULL,
    sync_id UUID NOT NULL,
    entity VARCHAR(50) NOT NULL,
    version BIGINT NOT NULL,
    generation INTEGER NOT NULL,
    data JSONB,
    late JSONB,
    CONSTRAINT pk_sync_bases PRIMARY KEY (account_id, sync_id),
    CONSTRAINT fk_sync_bases_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX idx_sync_bases_sync ON sync_bases (sync_id);

-- A row that may differ from the server's (`waiting`), a change as it was sent (`sent`), and one
-- that the server refused for good (`refused`).
CREATE TABLE sync_outbox (
    id SERIAL NOT NULL,
    account_id INTEGER NOT NULL,
    entity VARCHAR(50) NOT NULL,
    sync_id UUID NOT NULL,
    state VARCHAR(50) DEFAULT 'waiting' NOT NULL,
    seq BIGINT,
    push_key UUID,
    base_version BIGINT DEFAULT 0 NOT NULL,
    fields JSONB,
    data JSONB,
    code VARCHAR(100),
    message TEXT,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_sync_outbox PRIMARY KEY (id),
    CONSTRAINT ck_sync_outbox_state CHECK (state IN ('waiting', 'sent', 'refused')),
    CONSTRAINT fk_sync_outbox_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX idx_sync_outbox_waiting ON sync_outbox (account_id, sync_id)
    WHERE state = 'waiting';
CREATE INDEX idx_sync_outbox_seq ON sync_outbox (account_id, seq);

CREATE TRIGGER update_sync_outbox_updated_at BEFORE UPDATE ON sync_outbox
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

-- What two people have changed differently. The row has the server's value, `mine` is kept here
-- until somebody decides. Without a `field` it is the whole row, which is gone at the server.
CREATE TABLE sync_conflicts (
    id SERIAL NOT NULL,
    account_id INTEGER NOT NULL,
    entity VARCHAR(50) NOT NULL,
    sync_id UUID NOT NULL,
    field VARCHAR(100) NOT NULL,
    mine JSONB NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_sync_conflicts PRIMARY KEY (id),
    CONSTRAINT fk_sync_conflicts_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX idx_sync_conflicts_row ON sync_conflicts (account_id, sync_id);
