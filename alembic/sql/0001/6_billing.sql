-- What is paid for; amounts of invoices and subscriptions are in cents.

CREATE TABLE usage_events (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    user_id INTEGER,
    event_type VARCHAR(100) NOT NULL,
    event_date DATE DEFAULT CURRENT_DATE NOT NULL,
    metadata JSONB,
    cost_usd NUMERIC(10, 4) DEFAULT 0 NOT NULL,
    "timestamp" TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_usage_events PRIMARY KEY (id),
    CONSTRAINT fk_usage_events_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_usage_events_user_id FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX idx_usage_events_org_date ON usage_events (organization_id, event_date);
CREATE INDEX idx_usage_events_timestamp ON usage_events ("timestamp" DESC);
CREATE INDEX idx_usage_events_type ON usage_events (event_type);
CREATE INDEX idx_usage_events_user ON usage_events (user_id);

CREATE TABLE subscriptions (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    stripe_subscription_id VARCHAR(255) NOT NULL,
    stripe_customer_id VARCHAR(255) NOT NULL,
    stripe_price_id VARCHAR(255) NOT NULL,
    plan VARCHAR(50) NOT NULL,
    status VARCHAR(50) NOT NULL,
    currency VARCHAR(3) DEFAULT 'USD' NOT NULL,
    amount INTEGER NOT NULL,
    "interval" VARCHAR(20) NOT NULL,
    current_period_start TIMESTAMPTZ NOT NULL,
    current_period_end TIMESTAMPTZ NOT NULL,
    trial_start TIMESTAMPTZ,
    trial_end TIMESTAMPTZ,
    canceled_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_subscriptions PRIMARY KEY (id),
    CONSTRAINT ck_subscriptions_plan CHECK (plan IN ('pro', 'enterprise')),
    CONSTRAINT ck_subscriptions_status CHECK (status IN ('trialing', 'active', 'incomplete',
        'incomplete_expired', 'past_due', 'unpaid', 'paused', 'canceled')),
    CONSTRAINT ck_subscriptions_interval CHECK (interval IN ('month', 'year')),
    CONSTRAINT fk_subscriptions_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE
);

CREATE INDEX idx_subscriptions_org ON subscriptions (organization_id);
CREATE INDEX idx_subscriptions_status ON subscriptions (status);
CREATE UNIQUE INDEX idx_subscriptions_stripe_sub ON subscriptions (stripe_subscription_id);

CREATE TABLE invoices (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    subscription_id INTEGER,
    stripe_invoice_id VARCHAR(255) NOT NULL,
    stripe_hosted_url TEXT,
    stripe_pdf_url TEXT,
    currency VARCHAR(3) DEFAULT 'USD' NOT NULL,
    amount_due INTEGER NOT NULL,
    amount_paid INTEGER DEFAULT 0 NOT NULL,
    status VARCHAR(50) NOT NULL,
    period_start TIMESTAMPTZ NOT NULL,
    period_end TIMESTAMPTZ NOT NULL,
    due_date TIMESTAMPTZ,
    paid_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_invoices PRIMARY KEY (id),
    CONSTRAINT ck_invoices_status CHECK (status IN ('draft', 'open', 'paid', 'void',
        'uncollectible')),
    CONSTRAINT fk_invoices_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id),
    CONSTRAINT fk_invoices_subscription_id FOREIGN KEY (subscription_id)
        REFERENCES subscriptions (id)
);

CREATE INDEX idx_invoices_org ON invoices (organization_id);
CREATE INDEX idx_invoices_status ON invoices (status);
CREATE UNIQUE INDEX idx_invoices_stripe ON invoices (stripe_invoice_id);
CREATE INDEX idx_invoices_subscription ON invoices (subscription_id);
