-- What a server tells keeps the server's times: `marketer.sync_applying` is on while it is written.
CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('marketer.sync_applying', true) IS DISTINCT FROM 'on' THEN
        NEW.updated_at = CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END;
$$;

-- The row may differ from the server's from now on. Whoever is about to send it holds what waits:
-- then this waits until that is done, and the row waits anew.
CREATE FUNCTION sync_wait(account INTEGER, kind TEXT, identity UUID) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sync_outbox (account_id, entity, sync_id) VALUES (account, kind, identity)
        ON CONFLICT (account_id, sync_id) WHERE state = 'waiting'
        DO UPDATE SET updated_at = CURRENT_TIMESTAMP;
    -- What was refused was another state of the row.
    DELETE FROM sync_outbox
        WHERE account_id = account AND sync_id = identity AND state = 'refused';
END;
$$;

-- Notes changes of rows that are copies of a server's, whoever makes them.
CREATE FUNCTION sync_captured() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind TEXT := TG_ARGV[0];
    account INTEGER;
    home INTEGER;
    organization INTEGER;
    is_shared BOOLEAN := true;
    begins_to_share BOOLEAN := false;
BEGIN
    IF current_setting('marketer.sync_applying', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF kind = 'notification' THEN  -- those that were made here stay here
        SELECT b.account_id INTO account FROM sync_bases b
            WHERE b.sync_id = NEW.sync_id AND b.entity = kind;
    ELSE
        IF kind = 'organization' THEN
            organization := NEW.id;
        ELSIF kind = 'campaign' THEN
            home := NEW.project_id;
        ELSIF kind = 'activity' THEN
            SELECT c.project_id INTO home FROM campaigns c WHERE c.id = NEW.campaign_id;
        ELSE
            organization := NEW.organization_id;
        END IF;
        IF home IS NOT NULL THEN
            SELECT p.organization_id, p.share_with_team INTO organization, is_shared
                FROM projects p WHERE p.id = home;
        END IF;
        SELECT c.account_id INTO account FROM sync_counters c
            WHERE c.organization_id = organization AND c.is_mirror;
    END IF;
    IF account IS NULL OR NOT is_shared THEN
        RETURN NULL;
    END IF;
    PERFORM sync_wait(account, kind, NEW.sync_id);
    IF kind = 'project' THEN
        IF TG_OP = 'UPDATE' THEN
            begins_to_share := NEW.share_with_team AND NOT OLD.share_with_team;
        END IF;
        IF begins_to_share THEN  -- with all that is in it
            PERFORM sync_wait(account, 'campaign', c.sync_id)
                FROM campaigns c WHERE c.project_id = NEW.id;
            PERFORM sync_wait(account, 'activity', a.sync_id)
                FROM activities a JOIN campaigns c ON c.id = a.campaign_id
                WHERE c.project_id = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END;
$$;
