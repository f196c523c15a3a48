-- Sites and folders that texts of a project go to. What opens them is not here but in the keyring;
-- that of a server's members is sealed.
CREATE TABLE publishing_targets (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    name VARCHAR(255) NOT NULL,
    kind VARCHAR(50) NOT NULL,
    address TEXT NOT NULL,
    account VARCHAR(255),
    sealed_secret TEXT,
    public_only BOOLEAN DEFAULT false NOT NULL,
    removed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_publishing_targets PRIMARY KEY (id),
    CONSTRAINT uq_publishing_targets_project_id_kind_address UNIQUE (project_id, kind, address),
    CONSTRAINT ck_publishing_targets_kind CHECK (kind IN
        ('wordpress', 'ghost', 'webhook', 'folder')),
    CONSTRAINT fk_publishing_targets_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_publishing_targets_project_id FOREIGN KEY (project_id)
        REFERENCES projects (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX idx_publishing_targets_name ON publishing_targets (project_id, lower(name))
    WHERE removed_at IS NULL;
CREATE INDEX idx_publishing_targets_organization ON publishing_targets (organization_id);

-- A text at a target, written down before anything is sent: `key` is what the post is found by if
-- the answer of the site is lost, `orders` counts what was asked for, and `due_at` is when the next
-- attempt or look is due.
CREATE TABLE publications (
    id SERIAL NOT NULL,
    activity_id INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    key UUID DEFAULT gen_random_uuid() NOT NULL,
    state VARCHAR(50) DEFAULT 'waiting' NOT NULL,
    as_draft BOOLEAN DEFAULT false NOT NULL,
    publish_at TIMESTAMPTZ,
    due_at TIMESTAMPTZ,
    orders INTEGER DEFAULT 1 NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    slug VARCHAR(255) NOT NULL,
    tags TEXT[] DEFAULT '{}' NOT NULL,
    categories TEXT[] DEFAULT '{}' NOT NULL,
    image TEXT,
    revision INTEGER,
    remote_id VARCHAR(255),
    url TEXT,
    cause VARCHAR(50),
    problem TEXT,
    notes TEXT[] DEFAULT '{}' NOT NULL,
    requested_by INTEGER NOT NULL,
    published_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_publications PRIMARY KEY (id),
    CONSTRAINT uq_publications_key UNIQUE (key),
    CONSTRAINT uq_publications_activity_id_target_id UNIQUE (activity_id, target_id),
    CONSTRAINT ck_publications_state CHECK (state IN
        ('waiting', 'scheduled', 'draft', 'published', 'failed', 'cancelled')),
    CONSTRAINT fk_publications_activity_id FOREIGN KEY (activity_id)
        REFERENCES activities (id) ON DELETE CASCADE,
    CONSTRAINT fk_publications_target_id FOREIGN KEY (target_id)
        REFERENCES publishing_targets (id) ON DELETE CASCADE,
    CONSTRAINT fk_publications_requested_by FOREIGN KEY (requested_by) REFERENCES users (id)
);

CREATE INDEX idx_publications_due ON publications (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX idx_publications_target ON publications (target_id);
CREATE INDEX idx_publications_requested_by ON publications (requested_by);

CREATE TRIGGER update_publishing_targets_updated_at BEFORE UPDATE ON publishing_targets
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_publications_updated_at BEFORE UPDATE ON publications
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
