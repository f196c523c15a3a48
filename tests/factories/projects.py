"""Makes projects, campaigns and activities in a database, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from marketer_desktop.domain.brief import Brief
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import ProjectRef
from marketer_desktop.storage.tables import AgentExecutionRow


def project_ref(number: int, name: str) -> ProjectRef:
    """A project that has just been made or changed."""
    made = datetime(2026, 11, 2, 9, tzinfo=UTC)
    return ProjectRef(project_id=number, name=name, description=None, created_at=made)


async def add_activity(parts: Parts, campaign_id: int, topic: str, **columns: Any) -> int:
    """An activity of a campaign with these columns."""
    brief = Brief(topic=topic).model_dump(mode="json")
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.activities.add(campaign_id, member.user_id, brief)
        for name, value in columns.items():
            setattr(row, name, value)
        await work.commit()
    return row.id


async def add_model_call(
    parts: Parts, activity_id: int, at: datetime, tokens: int, model: str | None = "prose"
) -> None:
    """A call in the ledger of an activity of the current organization."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        work.session.add(
            AgentExecutionRow(
                activity_id=activity_id,
                organization_id=member.organization_id,
                run_id=uuid4(),
                node="writing",
                attempt=1,
                input_hash="0" * 64,
                agent_name="content_writer",
                status="completed",
                started_at=at,
                llm_model=model,
                tokens_total=tokens,
            )
        )
        await work.commit()
