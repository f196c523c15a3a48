-- What was seen since a server was last heard: the latest time of the clock, and how long the engine
-- has run. A plan of that server holds so long without it.
CREATE TABLE plan_contacts (
    account_id INTEGER NOT NULL,
    heard_at TIMESTAMPTZ NOT NULL,
    latest_at TIMESTAMPTZ NOT NULL,
    ran INTERVAL NOT NULL,
    CONSTRAINT pk_plan_contacts PRIMARY KEY (account_id),
    CONSTRAINT fk_plan_contacts_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE CASCADE
);
