-- What has left this machine, in plain words and never with its content.
CREATE TABLE departures (
    id SERIAL NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    account_id INTEGER,
    destination VARCHAR(255) NOT NULL,
    kind VARCHAR(50) NOT NULL,
    what VARCHAR(500) NOT NULL,
    times INTEGER DEFAULT 1 NOT NULL,
    bytes BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_departures PRIMARY KEY (id),
    CONSTRAINT fk_departures_account_id FOREIGN KEY (account_id)
        REFERENCES accounts (id) ON DELETE SET NULL
);

CREATE INDEX idx_departures_at ON departures (at);
CREATE INDEX idx_departures_account ON departures (account_id);
