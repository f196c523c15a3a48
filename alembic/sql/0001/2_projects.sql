-- Where content belongs.

CREATE TABLE projects (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    name VARCHAR(255) NOT NULL,
    description TEXT,
    brand_voice JSONB,
    default_tone VARCHAR(50) DEFAULT 'professional' NOT NULL,
    default_target_audience TEXT,
    default_keywords TEXT[],
    visibility VARCHAR(50) DEFAULT 'organization' NOT NULL,
    is_archived BOOLEAN DEFAULT false NOT NULL,
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT ck_projects_visibility CHECK (visibility IN ('private', 'team', 'organization')),
    CONSTRAINT fk_projects_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_projects_owner_id FOREIGN KEY (owner_id) REFERENCES users (id),
    CONSTRAINT uq_projects_sync_id UNIQUE (sync_id)
);

CREATE INDEX idx_projects_org ON projects (organization_id);
CREATE INDEX idx_projects_org_name ON projects (organization_id, lower(name));
CREATE INDEX idx_projects_owner ON projects (owner_id);
CREATE INDEX idx_projects_visibility ON projects (visibility);

CREATE TABLE campaigns (
    id SERIAL NOT NULL,
    project_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    name VARCHAR(255) NOT NULL,
    description TEXT,
    goal TEXT,
    target_audience TEXT,
    start_date DATE,
    end_date DATE,
    budget_amount NUMERIC(10, 2),
    budget_currency VARCHAR(3) DEFAULT 'USD' NOT NULL,
    status VARCHAR(50) DEFAULT 'active' NOT NULL,
    is_archived BOOLEAN DEFAULT false NOT NULL,
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_campaigns PRIMARY KEY (id),
    CONSTRAINT ck_campaigns_status CHECK (status IN ('planning', 'active', 'paused',
        'completed')),
    CONSTRAINT ck_campaigns_dates CHECK (end_date >= start_date),
    CONSTRAINT fk_campaigns_project_id FOREIGN KEY (project_id)
        REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_campaigns_owner_id FOREIGN KEY (owner_id) REFERENCES users (id),
    CONSTRAINT uq_campaigns_sync_id UNIQUE (sync_id)
);

CREATE INDEX idx_campaigns_owner ON campaigns (owner_id);
CREATE INDEX idx_campaigns_project ON campaigns (project_id);
CREATE INDEX idx_campaigns_status ON campaigns (status);
