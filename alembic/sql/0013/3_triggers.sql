-- Per table: what its rows are called, and the columns that a server is told of. They come after
-- `sync_note_*`, which wait for whoever begins to share a project: triggers run by their names.
DO $$
DECLARE
    told RECORD;
    event TEXT;
    condition TEXT;
BEGIN
    FOR told IN SELECT * FROM (VALUES
        ('organizations', 'organization', 'update', 'name, llm_mode, compliance_mode, '
            'data_residency'),
        ('organization_members', 'member', 'update', 'role, is_active'),
        ('notifications', 'notification', 'update', 'is_read'),
        ('projects', 'project', 'insert update', 'name, description, brand_voice, default_tone, '
            'default_target_audience, default_keywords, visibility, is_archived, '
            'share_with_team'),
        ('campaigns', 'campaign', 'insert update', 'name, goal, target_audience, start_date, '
            'end_date, budget_amount, budget_currency, status, is_archived'),
        ('activities', 'activity', 'insert update', 'brief, status, content'),
        ('usage_events', 'usage_event', 'insert', '')
        ) AS t (place, entity, events, names)
    LOOP
        FOREACH event IN ARRAY string_to_array(told.events, ' ') LOOP
            condition := 'true';
            IF event = 'update' THEN
                condition := format('(%s) IS DISTINCT FROM (%s)',
                    regexp_replace(told.names, '(^|, )', '\1OLD.', 'g'),
                    regexp_replace(told.names, '(^|, )', '\1NEW.', 'g'));
            END IF;
            IF told.entity = 'project' THEN
                condition := condition || CASE event
                    WHEN 'insert' THEN ' AND NEW.share_with_team'
                    ELSE ' AND (OLD.share_with_team OR NEW.share_with_team)'
                END;
            ELSIF told.entity = 'usage_event' THEN  -- uses of models
                condition := 'NEW.metadata ->> ''model'' IS NOT NULL';
            END IF;
            EXECUTE format(
                'CREATE TRIGGER sync_outbox_%s AFTER %s ON %I FOR EACH ROW WHEN (%s)'
                ' EXECUTE FUNCTION sync_captured(%L)',
                event, event, told.place, condition, told.entity
            );
        END LOOP;
    END LOOP;
END $$;
