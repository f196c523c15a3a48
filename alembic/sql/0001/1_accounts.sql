-- People and organizations.

CREATE TABLE users (
    id SERIAL NOT NULL,
    clerk_id VARCHAR(255),
    email VARCHAR(255) NOT NULL,
    password_hash VARCHAR(255),
    role VARCHAR(50) DEFAULT 'user' NOT NULL,
    name VARCHAR(255),
    avatar_url TEXT,
    locale VARCHAR(20) DEFAULT 'en' NOT NULL,
    timezone VARCHAR(64) DEFAULT 'UTC' NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    email_verified_at TIMESTAMPTZ,
    last_login_at TIMESTAMPTZ,
    preferences JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT ck_users_role CHECK (role IN ('user', 'admin'))
);

CREATE UNIQUE INDEX idx_users_clerk_id ON users (clerk_id);
CREATE UNIQUE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_role ON users (role);

CREATE TABLE organizations (
    id SERIAL NOT NULL,
    name VARCHAR(255) NOT NULL,
    slug VARCHAR(100) NOT NULL,
    plan VARCHAR(50) DEFAULT 'free' NOT NULL,
    plan_started_at TIMESTAMPTZ,
    plan_expires_at TIMESTAMPTZ,
    stripe_customer_id VARCHAR(255),
    stripe_subscription_id VARCHAR(255),
    max_users INTEGER DEFAULT 1 NOT NULL,
    max_projects INTEGER DEFAULT 3 NOT NULL,
    max_storage_gb INTEGER DEFAULT 5 NOT NULL,
    requests_per_day INTEGER DEFAULT 100 NOT NULL,
    current_storage_gb NUMERIC(10, 2) DEFAULT 0 NOT NULL,
    requests_today INTEGER DEFAULT 0 NOT NULL,
    requests_this_month INTEGER DEFAULT 0 NOT NULL,
    last_reset_date DATE DEFAULT CURRENT_DATE NOT NULL,
    llm_mode VARCHAR(50) DEFAULT 'cloud' NOT NULL,
    agent_status VARCHAR(50),
    agent_last_seen TIMESTAMPTZ,
    openai_api_key VARCHAR(500),
    anthropic_api_key VARCHAR(500),
    mistral_api_key VARCHAR(500),
    compliance_mode VARCHAR(50),
    data_residency VARCHAR(50),
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_organizations PRIMARY KEY (id),
    CONSTRAINT ck_organizations_plan CHECK (plan IN ('local', 'free', 'pro', 'enterprise')),
    CONSTRAINT ck_organizations_llm_mode CHECK (llm_mode IN ('cloud', 'local_agent', 'hybrid')),
    CONSTRAINT ck_organizations_agent_status CHECK (agent_status IN ('not_configured',
        'connected', 'disconnected')),
    CONSTRAINT ck_organizations_compliance_mode CHECK (compliance_mode IN ('standard',
        'hipaa', 'gdpr', 'soc2')),
    CONSTRAINT ck_organizations_data_residency CHECK (data_residency IN ('us', 'eu', 'asia')),
    CONSTRAINT uq_organizations_sync_id UNIQUE (sync_id)
);

CREATE INDEX idx_organizations_plan ON organizations (plan);
CREATE UNIQUE INDEX idx_organizations_slug ON organizations (slug);
CREATE UNIQUE INDEX idx_organizations_stripe_customer ON organizations (stripe_customer_id);

CREATE TABLE organization_members (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    role VARCHAR(50) DEFAULT 'member' NOT NULL,
    invited_by INTEGER,
    invited_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    invitation_token VARCHAR(255),
    invitation_expires_at TIMESTAMPTZ,
    joined_at TIMESTAMPTZ,
    is_active BOOLEAN DEFAULT true NOT NULL,
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_organization_members PRIMARY KEY (id),
    CONSTRAINT ck_organization_members_role CHECK (role IN ('owner', 'admin', 'member',
        'viewer')),
    CONSTRAINT fk_organization_members_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_organization_members_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_organization_members_invited_by FOREIGN KEY (invited_by)
        REFERENCES users (id),
    CONSTRAINT uq_organization_members_sync_id UNIQUE (sync_id)
);

CREATE UNIQUE INDEX idx_org_members_invitation ON organization_members (invitation_token);
CREATE INDEX idx_org_members_invited_by ON organization_members (invited_by);
CREATE INDEX idx_org_members_org ON organization_members (organization_id);
CREATE UNIQUE INDEX idx_org_members_user ON organization_members (user_id, organization_id);

CREATE TABLE agent_api_keys (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    name VARCHAR(100),
    key_hash VARCHAR(255) NOT NULL,
    key_prefix VARCHAR(20) NOT NULL,
    permissions JSONB DEFAULT '{"llm_processing": true}' NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    last_used_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_agent_api_keys PRIMARY KEY (id),
    CONSTRAINT fk_agent_api_keys_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE
);

CREATE INDEX idx_agent_keys_active ON agent_api_keys (is_active);
CREATE UNIQUE INDEX idx_agent_keys_hash ON agent_api_keys (key_hash);
CREATE INDEX idx_agent_keys_org ON agent_api_keys (organization_id);
CREATE INDEX idx_agent_keys_prefix ON agent_api_keys (key_prefix);
