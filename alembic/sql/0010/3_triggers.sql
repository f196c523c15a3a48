CREATE TRIGGER sync_begin AFTER INSERT ON organizations
    FOR EACH ROW EXECUTE FUNCTION sync_begin();
CREATE TRIGGER sync_begin AFTER INSERT ON users
    FOR EACH ROW EXECUTE FUNCTION sync_begin();
CREATE TRIGGER sync_touch AFTER UPDATE OF name, email ON users
    FOR EACH ROW WHEN ((OLD.name, OLD.email) IS DISTINCT FROM (NEW.name, NEW.email))
    EXECUTE FUNCTION sync_touch();

-- Per table: what its rows are called, and the columns that others are told of.
DO $$
DECLARE
    told RECORD;
    old_columns TEXT;
    new_columns TEXT;
    differs TEXT;
    event TEXT;
    moment TEXT;
    condition TEXT;
BEGIN
    FOR told IN SELECT * FROM (VALUES
        ('organizations', 'organization', 'name, slug, plan, plan_started_at, plan_expires_at, '
            'max_users, max_projects, max_storage_gb, requests_per_day, llm_mode, '
            'compliance_mode, data_residency, deleted_at'),
        ('organization_members', 'member', 'role, invited_at, invitation_expires_at, joined_at, '
            'is_active, updated_at'),
        ('subscriptions', 'subscription', 'plan, status, currency, amount, "interval", '
            'current_period_start, current_period_end, trial_start, trial_end, canceled_at, '
            'ended_at'),
        ('invoices', 'invoice', 'stripe_hosted_url, stripe_pdf_url, currency, amount_due, '
            'amount_paid, status, period_start, period_end, due_date, paid_at'),
        ('notifications', 'notification', 'type, title, message, link_url, link_text, is_read, '
            'read_at, metadata'),
        ('projects', 'project', 'owner_id, name, description, brand_voice, default_tone, '
            'default_target_audience, default_keywords, visibility, is_archived, '
            'share_with_team'),
        ('campaigns', 'campaign', 'project_id, name, description, goal, target_audience, '
            'start_date, end_date, budget_amount, budget_currency, status, is_archived'),
        ('activities', 'activity', 'campaign_id, type, topic, brief, status, content, report, '
            'published_at, published_url'),
        ('activity_revisions', 'revision', 'reason, title, markdown, word_count')
        ) AS t (place, entity, names)
    LOOP
        old_columns := regexp_replace(told.names, '(^|, )', '\1OLD.', 'g');
        new_columns := regexp_replace(told.names, '(^|, )', '\1NEW.', 'g');
        differs := format('(%s) IS DISTINCT FROM (%s)', old_columns, new_columns);
        FOREACH event IN ARRAY ARRAY['insert', 'delete', 'update'] LOOP
            condition := CASE WHEN event = 'update' THEN differs ELSE 'true' END;
            moment := CASE WHEN event = 'update' THEN 'update OF ' || told.names ELSE event END;
            IF told.entity = 'project' THEN  -- of the others nobody is told
                condition := condition || CASE event
                    WHEN 'insert' THEN ' AND NEW.share_with_team'
                    WHEN 'delete' THEN ' AND OLD.share_with_team'
                    ELSE ' AND (OLD.share_with_team OR NEW.share_with_team)'
                END;
            END IF;
            EXECUTE format(
                'CREATE TRIGGER sync_note_%s AFTER %s ON %I FOR EACH ROW WHEN (%s)'
                ' EXECUTE FUNCTION sync_changed(%L, ''note'')',
                event, moment, told.place, condition, told.entity
            );
            EXECUTE format(
                'CREATE CONSTRAINT TRIGGER sync_assign_%s AFTER %s ON %I'
                ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (%s)'
                ' EXECUTE FUNCTION sync_changed(%L, ''assign'')',
                event, moment, told.place, condition, told.entity
            );
        END LOOP;
    END LOOP;
END $$;
