-- What people are told, and what is kept for the record.

CREATE TABLE notifications (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    organization_id INTEGER,
    type VARCHAR(100) NOT NULL,
    title VARCHAR(255) NOT NULL,
    message TEXT NOT NULL,
    link_url TEXT,
    link_text VARCHAR(100),
    is_read BOOLEAN DEFAULT false NOT NULL,
    read_at TIMESTAMPTZ,
    metadata JSONB,
    sync_id UUID DEFAULT gen_random_uuid() NOT NULL,
    version BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_notifications PRIMARY KEY (id),
    CONSTRAINT fk_notifications_user_id FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_notifications_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT uq_notifications_sync_id UNIQUE (sync_id)
);

CREATE INDEX idx_notifications_created ON notifications (created_at DESC);
CREATE INDEX idx_notifications_org ON notifications (organization_id);
CREATE INDEX idx_notifications_read ON notifications (is_read);
    CREATE INDEX idx_notifications_unread ON notifications (user_id, created_at DESC) WHERE
        NOT is_read;
CREATE INDEX idx_notifications_user ON notifications (user_id);

CREATE TABLE audit_logs (
    id SERIAL NOT NULL,
    "timestamp" TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    user_id INTEGER,
    organization_id INTEGER,
    ip_address VARCHAR(45),
    user_agent TEXT,
    action VARCHAR(100) NOT NULL,
    resource_type VARCHAR(50),
    resource_id INTEGER,
    details JSONB,
    status VARCHAR(20) NOT NULL,
    retention_days INTEGER DEFAULT 2555 NOT NULL,
    CONSTRAINT pk_audit_logs PRIMARY KEY (id),
    CONSTRAINT ck_audit_logs_status CHECK (status IN ('success', 'failure')),
    CONSTRAINT fk_audit_logs_user_id FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_audit_logs_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id)
);

CREATE INDEX idx_audit_logs_action ON audit_logs (action);
CREATE INDEX idx_audit_logs_org ON audit_logs (organization_id);
CREATE INDEX idx_audit_logs_org_timestamp ON audit_logs (organization_id, "timestamp" DESC);
CREATE INDEX idx_audit_logs_resource ON audit_logs (resource_type, resource_id);
CREATE INDEX idx_audit_logs_timestamp ON audit_logs ("timestamp" DESC);
CREATE INDEX idx_audit_logs_user ON audit_logs (user_id);
