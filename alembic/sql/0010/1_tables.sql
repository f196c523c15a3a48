ALTER TABLE subscriptions
    ADD COLUMN sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    ADD COLUMN version BIGINT DEFAULT 0 NOT NULL,
    ADD CONSTRAINT uq_subscriptions_sync_id UNIQUE (sync_id);
ALTER TABLE invoices
    ADD COLUMN sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    ADD COLUMN version BIGINT DEFAULT 0 NOT NULL,
    ADD CONSTRAINT uq_invoices_sync_id UNIQUE (sync_id);
ALTER TABLE activity_revisions
    ADD COLUMN sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    ADD COLUMN version BIGINT DEFAULT 0 NOT NULL,
    ADD CONSTRAINT uq_activity_revisions_sync_id UNIQUE (sync_id);
-- Usage events only go up: their identity keeps one from being counted twice.
ALTER TABLE usage_events
    ADD COLUMN sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    ADD CONSTRAINT uq_usage_events_sync_id UNIQUE (sync_id);

-- The version since which those who see what is in it have seen it.
ALTER TABLE projects
    ADD COLUMN share_with_team BOOLEAN DEFAULT false NOT NULL,
    ADD COLUMN seen_since BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE organization_members ADD COLUMN seen_since BIGINT DEFAULT 0 NOT NULL;

-- The last version of an organization's rows, or of what is one person's own. Where the rows are
-- a mirror of a server's, they have that server's versions and this one does not count.
CREATE TABLE sync_counters (
    id SERIAL NOT NULL,
    organization_id INTEGER,
    user_id INTEGER,
    version BIGINT DEFAULT 0 NOT NULL,
    is_mirror BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_sync_counters PRIMARY KEY (id),
    CONSTRAINT uq_sync_counters_organization_id UNIQUE (organization_id),
    CONSTRAINT uq_sync_counters_user_id UNIQUE (user_id),
    CONSTRAINT ck_sync_counters_owner CHECK (num_nonnulls(organization_id, user_id) = 1),
    CONSTRAINT fk_sync_counters_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_sync_counters_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE
);

INSERT INTO sync_counters (organization_id) SELECT id FROM organizations;
INSERT INTO sync_counters (user_id) SELECT id FROM users;

-- What is no longer there for those who could see it: everybody, or by the visibility it had.
CREATE TABLE sync_tombstones (
    sync_id UUID NOT NULL,
    entity VARCHAR(50) NOT NULL,
    organization_id INTEGER,
    user_id INTEGER,
    version BIGINT NOT NULL,
    visibility VARCHAR(50),
    owner_id INTEGER,
    CONSTRAINT pk_sync_tombstones PRIMARY KEY (sync_id),
    CONSTRAINT fk_sync_tombstones_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_sync_tombstones_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX idx_sync_tombstones_org ON sync_tombstones (organization_id, version);
CREATE INDEX idx_sync_tombstones_user ON sync_tombstones (user_id, version);

-- How far each desktop's changes have been carried out.
CREATE TABLE sync_clients (
    user_id INTEGER NOT NULL,
    client_id UUID NOT NULL,
    last_seq BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_sync_clients PRIMARY KEY (user_id, client_id),
    CONSTRAINT fk_sync_clients_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE
);

CREATE TRIGGER update_sync_clients_updated_at BEFORE UPDATE ON sync_clients
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

-- Which history the versions belong to: a restored backup begins another one.
CREATE TABLE sync_epoch (
    id INTEGER DEFAULT 1 NOT NULL,
    epoch UUID NOT NULL,
    place VARCHAR(100) NOT NULL,
    CONSTRAINT pk_sync_epoch PRIMARY KEY (id),
    CONSTRAINT ck_sync_epoch_one CHECK (id = 1)
);
