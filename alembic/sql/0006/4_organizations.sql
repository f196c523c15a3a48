ALTER TABLE organizations ADD COLUMN deleted_at TIMESTAMPTZ;
