-- The ledger of model calls, and one readable row a finished step.

CREATE TABLE agent_executions (
    id SERIAL NOT NULL,
    activity_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    run_id UUID NOT NULL,
    node VARCHAR(255) NOT NULL,
    attempt INTEGER NOT NULL,
    input_hash VARCHAR(64) NOT NULL,
    agent_name VARCHAR(100) NOT NULL,
    agent_version VARCHAR(20),
    status VARCHAR(50) NOT NULL,
    started_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    completed_at TIMESTAMPTZ,
    duration_ms INTEGER,
    input_data JSONB,
    output_data JSONB,
    error_message TEXT,
    llm_provider VARCHAR(50),
    llm_model VARCHAR(100),
    tokens_input INTEGER DEFAULT 0 NOT NULL,
    tokens_output INTEGER DEFAULT 0 NOT NULL,
    tokens_total INTEGER DEFAULT 0 NOT NULL,
    cost_usd NUMERIC(10, 4) DEFAULT 0 NOT NULL,
    CONSTRAINT pk_agent_executions PRIMARY KEY (id),
    CONSTRAINT ck_agent_executions_status CHECK (status IN ('running', 'completed', 'failed')),
    CONSTRAINT ck_agent_executions_attempt CHECK (attempt >= 0),
    CONSTRAINT uq_agent_executions_run_id_node_attempt_input_hash UNIQUE (run_id, node,
        attempt, input_hash),
    CONSTRAINT fk_agent_executions_activity_id FOREIGN KEY (activity_id)
        REFERENCES activities (id) ON DELETE CASCADE,
    CONSTRAINT fk_agent_executions_organization_id FOREIGN KEY (organization_id)
        REFERENCES organizations (id)
);

CREATE INDEX idx_agent_executions_activity ON agent_executions (activity_id);
CREATE INDEX idx_agent_executions_agent_name ON agent_executions (agent_name);
CREATE INDEX idx_agent_executions_org ON agent_executions (organization_id);
CREATE INDEX idx_agent_executions_started ON agent_executions (started_at DESC);
CREATE INDEX idx_agent_executions_status ON agent_executions (status);

CREATE TABLE workflow_states (
    id SERIAL NOT NULL,
    activity_id INTEGER NOT NULL,
    run_id UUID NOT NULL,
    step VARCHAR(100) NOT NULL,
    checkpoint_id VARCHAR(255) NOT NULL,
    state_data JSONB NOT NULL,
    created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_workflow_states PRIMARY KEY (id),
    CONSTRAINT uq_workflow_states_run_id_step UNIQUE (run_id, step),
    CONSTRAINT fk_workflow_states_activity_id FOREIGN KEY (activity_id)
        REFERENCES activities (id) ON DELETE CASCADE
);

CREATE INDEX idx_workflow_states_activity ON workflow_states (activity_id);
CREATE UNIQUE INDEX idx_workflow_states_checkpoint ON workflow_states (checkpoint_id);
