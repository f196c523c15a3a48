CREATE TABLE activity_revisions (
    id SERIAL NOT NULL,
    activity_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    reason VARCHAR(50) NOT NULL,
    title VARCHAR(255),
    markdown TEXT NOT NULL,
    word_count INTEGER DEFAULT 0 NOT NULL,
    created_by INTEGER,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_activity_revisions PRIMARY KEY (id),
    CONSTRAINT uq_activity_revisions_activity_id_number UNIQUE (activity_id, number),
    CONSTRAINT ck_activity_revisions_number CHECK (number >= 1),
    CONSTRAINT ck_activity_revisions_reason CHECK (reason IN
        ('generated', 'edited', 'restored', 'regenerated', 'imported')),
    CONSTRAINT fk_activity_revisions_activity_id FOREIGN KEY (activity_id)
        REFERENCES activities (id) ON DELETE CASCADE,
    CONSTRAINT fk_activity_revisions_created_by FOREIGN KEY (created_by)
        REFERENCES users (id)
);

CREATE INDEX idx_activity_revisions_created_by ON activity_revisions (created_by);
