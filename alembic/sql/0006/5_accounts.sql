-- Accounts are found by their address, letter case aside.
CREATE UNIQUE INDEX idx_users_email_lower ON users (lower(email));

-- How far ahead of its pace each address is; worth nothing after a crash.
CREATE UNLOGGED TABLE paces (
    key VARCHAR(255) NOT NULL,
    busy_until TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_paces PRIMARY KEY (key)
);

CREATE INDEX idx_paces_busy_until ON paces (busy_until);

-- On one's own computer nothing is limited.
UPDATE organizations
SET max_users = 2147483647, max_projects = 2147483647, max_storage_gb = 2147483647,
    requests_per_day = 2147483647
WHERE plan = 'local';
