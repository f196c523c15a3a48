-- As after the migrations, with no row in any table. TRUNCATE takes four times as long, for it
-- makes all the files of all the tables anew; nearly all of them are empty.
DO $$
DECLARE
    each RECORD;
    has_rows BOOLEAN;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no triggers, no foreign keys
    FOR each IN
        SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', each.name) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('DELETE FROM %s', each.name);
        END IF;
    END LOOP;
    FOR each IN
        SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE format('ALTER SEQUENCE %s RESTART', each.name);
    END LOOP;
END $$;
