-- What has become of each field that people write, in the order in which it became so.
CREATE TABLE history (
    place BIGSERIAL PRIMARY KEY,
    line TEXT NOT NULL,
    sync_id UUID NOT NULL,
    field TEXT NOT NULL,
    value TEXT
);
CREATE FUNCTION write_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    name TEXT;
    before JSONB := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{}' END;
    now JSONB := to_jsonb(NEW);
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF before #>> string_to_array(name, '.') IS DISTINCT FROM now #>> string_to_array(name, '.')
        THEN
            INSERT INTO history (line, sync_id, field, value)
                VALUES (
                    TG_TABLE_NAME || ' ' || NEW.id,
                    NEW.sync_id,
                    name,
                    now #>> string_to_array(name, '.')
                );
        END IF;
    END LOOP;
    RETURN NULL;
END;
$$;
CREATE TRIGGER history AFTER INSERT OR UPDATE ON organizations
    FOR EACH ROW EXECUTE FUNCTION write_history('name');
CREATE TRIGGER history AFTER INSERT OR UPDATE ON projects
    FOR EACH ROW EXECUTE FUNCTION write_history('name', 'description');
CREATE TRIGGER history AFTER INSERT OR UPDATE ON campaigns
    FOR EACH ROW EXECUTE FUNCTION write_history('name', 'goal');
CREATE TRIGGER history AFTER INSERT OR UPDATE ON activities
    FOR EACH ROW EXECUTE FUNCTION write_history('topic', 'content.final_content');
CREATE TRIGGER history AFTER INSERT ON usage_events
    FOR EACH ROW EXECUTE FUNCTION write_history('event_type');
