CREATE TABLE site_pages (
    id SERIAL NOT NULL,
    organization_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    url VARCHAR(2000) NOT NULL,
    title TEXT NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    imported_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_site_pages PRIMARY KEY (id),
    CONSTRAINT uq_site_pages_project_id_url UNIQUE (project_id, url),
    CONSTRAINT fk_site_pages_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT fk_site_pages_project_id FOREIGN KEY (project_id)
        REFERENCES projects (id) ON DELETE CASCADE
);

CREATE INDEX idx_site_pages_org ON site_pages (organization_id);
