-- Versions are given by the database, so that no writer can forget it. They come from the counter
-- of the organization, which is locked when the transaction commits: who has the lock is seen
-- before whoever comes newest, so the versions that a reader sees have no gap. A sequence has.

CREATE FUNCTION sync_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'users' THEN
        INSERT INTO sync_counters (user_id) VALUES (NEW.id);
    ELSE
        INSERT INTO sync_counters (organization_id) VALUES (NEW.id);
    END IF;
    RETURN NULL;
END;
$$;

-- The next version; NULL for a mirror, and where the organization itself is gone.
CREATE FUNCTION sync_next(organization INTEGER, person INTEGER) RETURNS BIGINT
LANGUAGE plpgsql AS $$
DECLARE
    noted TEXT := current_setting('marketer.sync_noted', true);
    newest BIGINT;
BEGIN
    -- All counters that the transaction needs, always in the same order: no deadlocks.
    IF noted <> '' THEN
        PERFORM FROM sync_counters WHERE id = ANY (string_to_array(noted, ',')::INTEGER[])
            ORDER BY id FOR NO KEY UPDATE;
        PERFORM set_config('marketer.sync_noted', '', true);
    END IF;
    UPDATE sync_counters SET version = version + 1
        WHERE (organization_id = organization OR user_id = person) AND NOT is_mirror
        RETURNING version INTO newest;
    RETURN newest;
END;
$$;

-- Called twice for each change: when it is made, to note which counter it takes, and at the
-- commit, to give the row its version.
CREATE FUNCTION sync_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entity TEXT := TG_ARGV[0];
    at_commit BOOLEAN := TG_ARGV[1] = 'assign';
    audience_lock CONSTANT INTEGER := 1937337955;  -- any number, as long as it is always the same
    changed RECORD;
    organization INTEGER;
    person INTEGER;
    visibility TEXT;  -- of the project that content lies in, and whose it is
    owner INTEGER;
    home INTEGER;
    counter TEXT;
    noted TEXT;
    newest BIGINT;
    is_buried BOOLEAN := TG_OP = 'DELETE';
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF entity IN ('activity', 'campaign', 'revision') THEN
        IF entity = 'activity' THEN
            SELECT project_id INTO home FROM campaigns WHERE id = changed.campaign_id;
        ELSIF entity = 'campaign' THEN
            home := changed.project_id;
        ELSE
            SELECT c.project_id INTO home FROM activities a JOIN campaigns c ON c.id = a.campaign_id
                WHERE a.id = changed.activity_id;
        END IF;
        IF NOT at_commit THEN
            -- Who begins to share a project waits for what is being written in it, and the other
            -- way round: either the row gets a version, or it is there when all is first read.
            PERFORM pg_advisory_xact_lock_shared(audience_lock, home);
        END IF;
        SELECT p.organization_id, p.visibility, p.owner_id INTO organization, visibility, owner
            FROM projects p WHERE p.id = home AND p.share_with_team;
    ELSIF entity = 'organization' THEN
        organization := changed.id;
    ELSIF entity = 'notification' THEN
        person := changed.user_id;
    ELSE
        organization := changed.organization_id;
    END IF;
    IF organization IS NULL AND person IS NULL THEN
        RETURN NULL;  -- nobody else's content, or gone with its project
    END IF;

    IF NOT at_commit THEN
        IF entity = 'project' AND TG_OP = 'UPDATE' THEN
            IF (OLD.share_with_team, OLD.visibility, OLD.owner_id)
                IS DISTINCT FROM (NEW.share_with_team, NEW.visibility, NEW.owner_id)
            THEN
                PERFORM pg_advisory_xact_lock(audience_lock, NEW.id);
            END IF;
        END IF;
        SELECT id::TEXT INTO counter FROM sync_counters
            WHERE organization_id = organization OR user_id = person;
        noted := coalesce(current_setting('marketer.sync_noted', true), '');
        IF counter <> ALL (string_to_array(noted, ',')) THEN
            PERFORM set_config('marketer.sync_noted', concat_ws(',', nullif(noted, ''), counter),
                               true);
        END IF;
        RETURN NULL;
    END IF;

    newest := sync_next(organization, person);
    IF newest IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('UPDATE %I SET version = $1 WHERE id = $2', TG_TABLE_NAME)
            USING newest, changed.id;
    END IF;
    IF entity = 'project' AND TG_OP = 'DELETE' THEN
        visibility := OLD.visibility;
        owner := OLD.owner_id;
    END IF;
    IF entity = 'project' AND TG_OP = 'UPDATE' THEN
        IF (OLD.share_with_team, OLD.visibility, OLD.owner_id)
            IS DISTINCT FROM (NEW.share_with_team, NEW.visibility, NEW.owner_id)
        THEN
            UPDATE projects SET seen_since = newest WHERE id = NEW.id;
            visibility := OLD.visibility;
            owner := OLD.owner_id;
            is_buried := OLD.share_with_team;
        END IF;
    END IF;
    IF entity = 'member' AND TG_OP = 'UPDATE' THEN
        IF OLD.role <> NEW.role THEN
            UPDATE organization_members SET seen_since = newest WHERE id = NEW.id;
        END IF;
        is_buried := OLD.is_active AND NOT NEW.is_active;
    END IF;
    IF is_buried THEN
        INSERT INTO sync_tombstones
            (sync_id, entity, organization_id, user_id, version, visibility, owner_id)
            VALUES (changed.sync_id, entity, organization, person, newest, visibility, owner)
            ON CONFLICT (sync_id) DO UPDATE SET version = EXCLUDED.version,
                visibility = EXCLUDED.visibility, owner_id = EXCLUDED.owner_id;
    END IF;
    RETURN NULL;
END;
$$;

-- A membership shows its user's name and address.
CREATE FUNCTION sync_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One that is being changed by somebody else gets its version there.
    UPDATE organization_members SET updated_at = CURRENT_TIMESTAMP WHERE id IN
        (SELECT id FROM organization_members WHERE user_id = NEW.id FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END;
$$;
