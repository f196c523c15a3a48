"""What happened in a run: the ledger of model calls, its steps, its stored events."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Moment,
    Money,
    one_of,
)


class AgentExecutionRow(Base):
    """One model call: the audit trail, and the ledger that is asked before calling again.

    `node` is the node path with the `Send` index, `input_hash` a SHA-256 in hex.
    """

    __tablename__ = "agent_executions"
    __table_args__ = (
        one_of("status", "running", "completed", "failed"),
        CheckConstraint("attempt >= 0", name="attempt"),
        UniqueConstraint("run_id", "node", "attempt", "input_hash"),
        Index("idx_agent_executions_activity", "activity_id"),
        Index("idx_agent_executions_org", "organization_id"),
        Index("idx_agent_executions_agent_name", "agent_name"),
        Index("idx_agent_executions_status", "status"),
        Index("idx_agent_executions_started", text("started_at DESC")),
    )

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    run_id: Mapped[uuid.UUID]
    node: Mapped[str] = mapped_column(String(255))
    attempt: Mapped[int]
    input_hash: Mapped[str] = mapped_column(String(64))
    agent_name: Mapped[str] = mapped_column(String(100))
    agent_version: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(50))
    started_at: Mapped[Moment]
    completed_at: Mapped[dt.datetime | None]
    duration_ms: Mapped[int | None]
    input_data: Mapped[dict[str, Any] | None]
    output_data: Mapped[dict[str, Any] | None]
    error_message: Mapped[str | None]
    llm_provider: Mapped[str | None] = mapped_column(String(50))
    llm_model: Mapped[str | None] = mapped_column(String(100))
    tokens_input: Mapped[Counter]
    tokens_output: Mapped[Counter]
    tokens_total: Mapped[Counter]
    cost_usd: Mapped[Money]


class WorkflowStateRow(Created, Base):
    """The readable state after a finished step, with the saver's checkpoint it stands for."""

    __tablename__ = "workflow_states"
    __table_args__ = (
        UniqueConstraint("run_id", "step"),
        Index("idx_workflow_states_activity", "activity_id"),
        Index("idx_workflow_states_checkpoint", "checkpoint_id", unique=True),
    )

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    run_id: Mapped[uuid.UUID]
    step: Mapped[str] = mapped_column(String(100))
    checkpoint_id: Mapped[str] = mapped_column(String(255))
    state_data: Mapped[dict[str, Any]]


class RunEventRow(Base):
    """One stored event of an activity; `seq` counts from 1 without a gap."""

    __tablename__ = "run_events"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(50))
    step: Mapped[str] = mapped_column(String(100))
    progress: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    at: Mapped[Moment]
