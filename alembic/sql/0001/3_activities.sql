-- One piece of content each.

CREATE TABLE activities (
    id SERIAL NOT NULL,
    campaign_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    type VARCHAR(50) NOT NULL,
    topic VARCHAR(255) NOT NULL,
    keywords TEXT[],
    tone VARCHAR(50) DEFAULT 'professional' NOT NULL,
    target_audience TEXT,
    target_word_count INTEGER,
    document_ids INTEGER[] DEFAULT '{}' NOT NULL,
    brief JSONB,
    status VARCHAR(50) DEFAULT 'draft' NOT NULL,
    error_message TEXT,
    content JSONB,
    report JSONB,
    published_at TIMESTAMPTZ,
    published_url TEXT,
    workflow_state JSONB,
    workflow_started_at TIMESTAMPTZ,
    workflow_completed_at TIMESTAMPTZ,
    workflow_duration_ms INTEGER,
    tokens_used INTEGER DEFAULT 0 NOT NULL,
    cost_usd NUMERIC(10, 4) DEFAULT 0 NOT NULL,
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_activities PRIMARY KEY (id),
    CONSTRAINT ck_activities_type CHECK (type IN ('blog', 'linkedin', 'twitter', 'webpage',
        'email')),
    CONSTRAINT ck_activities_status CHECK (status IN ('draft', 'generating', 'completed',
        'needs_attention', 'failed', 'cancelled', 'in_review', 'approved', 'published',
        'archived')),
    CONSTRAINT ck_activities_target_word_count CHECK (target_word_count > 0),
    CONSTRAINT fk_activities_campaign_id FOREIGN KEY (campaign_id)
        REFERENCES campaigns (id) ON DELETE CASCADE,
    CONSTRAINT fk_activities_owner_id FOREIGN KEY (owner_id) REFERENCES users (id),
    CONSTRAINT uq_activities_sync_id UNIQUE (sync_id)
);

CREATE INDEX idx_activities_campaign ON activities (campaign_id);
CREATE INDEX idx_activities_created ON activities (created_at DESC);
CREATE INDEX idx_activities_owner ON activities (owner_id);
CREATE INDEX idx_activities_status ON activities (status);
CREATE INDEX idx_activities_type ON activities (type);
