CREATE TABLE agent_connections (
    id UUID NOT NULL,
    organization_id INTEGER NOT NULL,
    agent_key_id INTEGER NOT NULL,
    hub UUID NOT NULL,
    models TEXT[] DEFAULT '{}' NOT NULL,
    capacity INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_agent_connections PRIMARY KEY (id),
    CONSTRAINT ck_agent_connections_capacity CHECK (capacity >= 1),
    CONSTRAINT fk_agent_connections_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_agent_connections_agent_key_id FOREIGN KEY (agent_key_id)
        REFERENCES agent_api_keys (id) ON DELETE CASCADE
);

CREATE INDEX idx_agent_connections_org ON agent_connections (organization_id);
CREATE INDEX idx_agent_connections_key ON agent_connections (agent_key_id);
CREATE INDEX idx_agent_connections_hub ON agent_connections (hub);

CREATE TABLE agent_requests (
    id UUID NOT NULL,
    organization_id INTEGER NOT NULL,
    connection_id UUID,
    request JSONB NOT NULL,
    status VARCHAR(50) DEFAULT 'waiting' NOT NULL,
    offers INTEGER DEFAULT 0 NOT NULL,
    content TEXT DEFAULT '' NOT NULL,
    usage JSONB,
    error JSONB,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_agent_requests PRIMARY KEY (id),
    CONSTRAINT ck_agent_requests_status CHECK (
        status IN ('waiting', 'sent', 'completed', 'failed', 'cancelled')
    ),
    CONSTRAINT fk_agent_requests_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_agent_requests_connection_id FOREIGN KEY (connection_id)
        REFERENCES agent_connections (id) ON DELETE SET NULL
);

CREATE INDEX idx_agent_requests_org ON agent_requests (organization_id, status);
CREATE INDEX idx_agent_requests_connection ON agent_requests (connection_id);
CREATE INDEX idx_agent_requests_expires ON agent_requests (expires_at);

CREATE TRIGGER update_agent_requests_updated_at BEFORE UPDATE ON agent_requests
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
