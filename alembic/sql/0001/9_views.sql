-- Each number of the summary has a subquery of its own: joining members, activities, documents
-- and events with each other would count every cost once for each combination.

CREATE VIEW organization_usage_summary AS
SELECT
    o.id AS organization_id,
    o.name AS organization_name,
    o.plan,
    (
        SELECT count(*) FROM organization_members m
        WHERE m.organization_id = o.id AND m.is_active
    ) AS user_count,
    (
        SELECT count(*) FROM projects p
        WHERE p.organization_id = o.id AND NOT p.is_archived
    ) AS project_count,
    (
        SELECT count(*) FROM activities a
        JOIN campaigns c ON c.id = a.campaign_id
        JOIN projects p ON p.id = c.project_id
        WHERE p.organization_id = o.id AND NOT p.is_archived
    ) AS activity_count,
    (
        SELECT count(*) FROM documents d
        WHERE d.organization_id = o.id
    ) AS document_count,
    o.current_storage_gb,
    o.requests_today,
    o.requests_this_month,
    (
        SELECT coalesce(sum(e.cost_usd), 0) FROM usage_events e
        WHERE e.organization_id = o.id AND e.event_date >= date_trunc('month', CURRENT_DATE)
    ) AS total_cost_this_month
FROM organizations o;

CREATE VIEW recent_activities_feed AS
SELECT
    a.id,
    a.topic,
    a.type,
    a.status,
    a.created_at,
    a.updated_at,
    c.name AS campaign_name,
    p.name AS project_name,
    o.name AS organization_name,
    u.email AS owner_email,
    (a.content->'metadata'->>'word_count')::INTEGER AS word_count
FROM activities a
JOIN campaigns c ON c.id = a.campaign_id
JOIN projects p ON p.id = c.project_id
JOIN organizations o ON o.id = p.organization_id
JOIN users u ON u.id = a.owner_id
ORDER BY a.created_at DESC
LIMIT 100;
