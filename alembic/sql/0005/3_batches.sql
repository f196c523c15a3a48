CREATE INDEX idx_activities_batch ON activities ((brief ->> 'batch'));
