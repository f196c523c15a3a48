-- When the newest of Stripe's events happened that a row shows: an older one changes it no more.
ALTER TABLE subscriptions ADD COLUMN as_of TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE invoices ADD COLUMN as_of TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- Invoices may come before the subscription that they are of.
ALTER TABLE invoices ADD COLUMN stripe_subscription_id VARCHAR(255);
