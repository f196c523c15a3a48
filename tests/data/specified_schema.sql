-- The fifteen tables of the specification, section 7: its columns as written, its indexes apart.

CREATE TABLE users (
    id SERIAL PRIMARY KEY,
    clerk_id VARCHAR(255) UNIQUE,
    email VARCHAR(255) UNIQUE NOT NULL,
    password_hash VARCHAR(255),
    role VARCHAR(50) NOT NULL DEFAULT 'user',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON users (email);
CREATE INDEX ON users (clerk_id);
CREATE INDEX ON users (role);

CREATE TABLE organizations (
    id SERIAL PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    slug VARCHAR(100) UNIQUE NOT NULL,
    plan VARCHAR(50) NOT NULL DEFAULT 'free',
    plan_started_at TIMESTAMP,
    plan_expires_at TIMESTAMP,
    stripe_customer_id VARCHAR(255) UNIQUE,
    stripe_subscription_id VARCHAR(255),
    max_users INTEGER NOT NULL DEFAULT 1,
    max_projects INTEGER NOT NULL DEFAULT 3,
    max_storage_gb INTEGER NOT NULL DEFAULT 5,
    requests_per_day INTEGER NOT NULL DEFAULT 100,
    current_storage_gb DECIMAL(10, 2) DEFAULT 0,
    requests_today INTEGER DEFAULT 0,
    requests_this_month INTEGER DEFAULT 0,
    last_reset_date DATE DEFAULT CURRENT_DATE,
    llm_mode VARCHAR(50) DEFAULT 'cloud',
    agent_status VARCHAR(50),
    agent_last_seen TIMESTAMP,
    openai_api_key VARCHAR(500),
    anthropic_api_key VARCHAR(500),
    mistral_api_key VARCHAR(500),
    compliance_mode VARCHAR(50),
    data_residency VARCHAR(50),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON organizations (slug);
CREATE INDEX ON organizations (stripe_customer_id);
CREATE INDEX ON organizations (plan);

CREATE TABLE organization_members (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    role VARCHAR(50) NOT NULL DEFAULT 'member',
    invited_by INTEGER REFERENCES users(id),
    invited_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    invitation_token VARCHAR(255) UNIQUE,
    invitation_expires_at TIMESTAMP,
    joined_at TIMESTAMP,
    is_active BOOLEAN DEFAULT TRUE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (user_id, organization_id)
);
CREATE INDEX ON organization_members (user_id);
CREATE INDEX ON organization_members (organization_id);
CREATE INDEX ON organization_members (invitation_token);

CREATE TABLE projects (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    owner_id INTEGER NOT NULL REFERENCES users(id),
    name VARCHAR(255) NOT NULL,
    description TEXT,
    brand_voice JSONB,
    default_tone VARCHAR(50) DEFAULT 'professional',
    default_target_audience TEXT,
    default_keywords TEXT[],
    visibility VARCHAR(50) DEFAULT 'organization',
    is_archived BOOLEAN DEFAULT FALSE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON projects (organization_id);
CREATE INDEX ON projects (owner_id);
CREATE INDEX ON projects (visibility);

CREATE TABLE campaigns (
    id SERIAL PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    owner_id INTEGER NOT NULL REFERENCES users(id),
    name VARCHAR(255) NOT NULL,
    description TEXT,
    goal TEXT,
    target_audience TEXT,
    start_date DATE,
    end_date DATE,
    budget_amount DECIMAL(10, 2),
    budget_currency VARCHAR(3) DEFAULT 'USD',
    status VARCHAR(50) DEFAULT 'active',
    is_archived BOOLEAN DEFAULT FALSE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON campaigns (project_id);
CREATE INDEX ON campaigns (owner_id);
CREATE INDEX ON campaigns (status);

CREATE TABLE activities (
    id SERIAL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id) ON DELETE CASCADE,
    owner_id INTEGER NOT NULL REFERENCES users(id),
    type VARCHAR(50) NOT NULL,
    topic VARCHAR(255) NOT NULL,
    keywords TEXT[],
    tone VARCHAR(50) DEFAULT 'professional',
    target_audience TEXT,
    target_word_count INTEGER,
    status VARCHAR(50) NOT NULL DEFAULT 'draft',
    content JSONB,
    published_at TIMESTAMP,
    published_url TEXT,
    workflow_state JSONB,
    workflow_started_at TIMESTAMP,
    workflow_completed_at TIMESTAMP,
    workflow_duration_ms INTEGER,
    tokens_used INTEGER DEFAULT 0,
    cost_usd DECIMAL(10, 4) DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON activities (campaign_id);
CREATE INDEX ON activities (owner_id);
CREATE INDEX ON activities (status);
CREATE INDEX ON activities (type);
CREATE INDEX ON activities (created_at DESC);

CREATE TABLE documents (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    project_id INTEGER REFERENCES projects(id) ON DELETE CASCADE,
    uploaded_by INTEGER NOT NULL REFERENCES users(id),
    filename VARCHAR(255) NOT NULL,
    file_path TEXT NOT NULL,
    file_type VARCHAR(50),
    file_size INTEGER,
    status VARCHAR(50) NOT NULL DEFAULT 'pending',
    error_message TEXT,
    chroma_collection_id VARCHAR(255),
    chunk_count INTEGER DEFAULT 0,
    metadata JSONB,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    processed_at TIMESTAMP
);
CREATE INDEX ON documents (organization_id);
CREATE INDEX ON documents (project_id);
CREATE INDEX ON documents (status);
CREATE INDEX ON documents (uploaded_by);

CREATE TABLE agent_executions (
    id SERIAL PRIMARY KEY,
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    organization_id INTEGER NOT NULL REFERENCES organizations(id),
    agent_name VARCHAR(100) NOT NULL,
    agent_version VARCHAR(20),
    status VARCHAR(50) NOT NULL,
    started_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP,
    duration_ms INTEGER,
    input_data JSONB,
    output_data JSONB,
    error_message TEXT,
    llm_provider VARCHAR(50),
    llm_model VARCHAR(100),
    tokens_input INTEGER DEFAULT 0,
    tokens_output INTEGER DEFAULT 0,
    tokens_total INTEGER DEFAULT 0,
    cost_usd DECIMAL(10, 4) DEFAULT 0
);
CREATE INDEX ON agent_executions (activity_id);
CREATE INDEX ON agent_executions (organization_id);
CREATE INDEX ON agent_executions (agent_name);
CREATE INDEX ON agent_executions (status);
CREATE INDEX ON agent_executions (started_at DESC);

CREATE TABLE workflow_states (
    id SERIAL PRIMARY KEY,
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    checkpoint_id VARCHAR(255) UNIQUE NOT NULL,
    state_data JSONB NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON workflow_states (activity_id);
CREATE INDEX ON workflow_states (checkpoint_id);

CREATE TABLE agent_api_keys (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    name VARCHAR(100),
    key_hash VARCHAR(255) UNIQUE NOT NULL,
    key_prefix VARCHAR(20) NOT NULL,
    permissions JSONB DEFAULT '{"llm_processing": true}',
    is_active BOOLEAN DEFAULT TRUE,
    last_used_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    expires_at TIMESTAMP
);
CREATE INDEX ON agent_api_keys (organization_id);
CREATE INDEX ON agent_api_keys (key_hash);
CREATE INDEX ON agent_api_keys (is_active);

CREATE TABLE usage_events (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    user_id INTEGER REFERENCES users(id),
    event_type VARCHAR(100) NOT NULL,
    event_date DATE NOT NULL DEFAULT CURRENT_DATE,
    metadata JSONB,
    cost_usd DECIMAL(10, 4) DEFAULT 0,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON usage_events (organization_id, event_date);
CREATE INDEX ON usage_events (event_type);
CREATE INDEX ON usage_events (timestamp DESC);

CREATE TABLE audit_logs (
    id SERIAL PRIMARY KEY,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    user_id INTEGER REFERENCES users(id),
    organization_id INTEGER REFERENCES organizations(id),
    ip_address VARCHAR(45),
    user_agent TEXT,
    action VARCHAR(100) NOT NULL,
    resource_type VARCHAR(50),
    resource_id INTEGER,
    details JSONB,
    status VARCHAR(20) NOT NULL,
    retention_days INTEGER DEFAULT 2555
);
CREATE INDEX ON audit_logs (user_id);
CREATE INDEX ON audit_logs (organization_id);
CREATE INDEX ON audit_logs (timestamp DESC);
CREATE INDEX ON audit_logs (action);
CREATE INDEX ON audit_logs (resource_type, resource_id);

CREATE TABLE subscriptions (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    stripe_subscription_id VARCHAR(255) UNIQUE NOT NULL,
    stripe_customer_id VARCHAR(255) NOT NULL,
    stripe_price_id VARCHAR(255) NOT NULL,
    plan VARCHAR(50) NOT NULL,
    status VARCHAR(50) NOT NULL,
    currency VARCHAR(3) DEFAULT 'USD',
    amount INTEGER NOT NULL,
    interval VARCHAR(20) NOT NULL,
    current_period_start TIMESTAMP NOT NULL,
    current_period_end TIMESTAMP NOT NULL,
    trial_start TIMESTAMP,
    trial_end TIMESTAMP,
    canceled_at TIMESTAMP,
    ended_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON subscriptions (organization_id);
CREATE INDEX ON subscriptions (stripe_subscription_id);
CREATE INDEX ON subscriptions (status);

CREATE TABLE invoices (
    id SERIAL PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations(id),
    subscription_id INTEGER REFERENCES subscriptions(id),
    stripe_invoice_id VARCHAR(255) UNIQUE NOT NULL,
    stripe_hosted_url TEXT,
    stripe_pdf_url TEXT,
    currency VARCHAR(3) DEFAULT 'USD',
    amount_due INTEGER NOT NULL,
    amount_paid INTEGER DEFAULT 0,
    status VARCHAR(50) NOT NULL,
    period_start TIMESTAMP NOT NULL,
    period_end TIMESTAMP NOT NULL,
    due_date TIMESTAMP,
    paid_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON invoices (organization_id);
CREATE INDEX ON invoices (stripe_invoice_id);
CREATE INDEX ON invoices (status);

CREATE TABLE notifications (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    organization_id INTEGER REFERENCES organizations(id) ON DELETE CASCADE,
    type VARCHAR(100) NOT NULL,
    title VARCHAR(255) NOT NULL,
    message TEXT NOT NULL,
    link_url TEXT,
    link_text VARCHAR(100),
    is_read BOOLEAN DEFAULT FALSE,
    read_at TIMESTAMP,
    metadata JSONB,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ON notifications (user_id);
CREATE INDEX ON notifications (organization_id);
CREATE INDEX ON notifications (is_read);
CREATE INDEX ON notifications (created_at DESC);
