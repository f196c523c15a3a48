"""Runs of organizations: those under way and those that ended a short while ago."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from marketer_desktop.storage.repositories.activities import RUN_ENDED
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ActivityRow, CampaignRow, ProjectRow, RunEventRow


class RunIsOver(RuntimeError):
    """The run has an ending already; nothing more belongs to it."""


async def hold(at: AsyncSession | AsyncConnection, activity_id: int) -> None:
    """Keep others from ending the run before this transaction ends. Raises `RunIsOver`."""
    status = await at.scalar(
        select(ActivityRow.status).where(ActivityRow.id == activity_id).with_for_update()
    )
    if status != "generating":
        raise RunIsOver


class Runs:
    """Reads activities as runs."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def live(self, organization_id: int, ended_within: timedelta) -> Sequence[ActivityRow]:
        """Activities that are being generated, or whose run ended lately; oldest first."""
        since = func.current_timestamp() - ended_within
        # The sample and imported texts had no run here.
        ended = ActivityRow.status.in_(RUN_ENDED) & ActivityRow.workflow_started_at.is_not(None)
        found = await self._session.scalars(
            select(ActivityRow)
            .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
                or_(
                    ActivityRow.status == "generating",
                    ended & (ActivityRow.workflow_completed_at >= since),
                ),
            )
            .order_by(ActivityRow.id)
        )
        return found.all()

    async def hold(self, activity_id: int) -> None:
        """Keep others from ending the run before this transaction ends. Raises `RunIsOver`."""
        await hold(self._session, activity_id)

    async def under_way(self) -> Sequence[ActivityRow]:
        """What is being generated, in all organizations; oldest first."""
        found = await self._session.scalars(
            select(ActivityRow).where(ActivityRow.status == "generating").order_by(ActivityRow.id)
        )
        return found.all()

    async def events(self, activity_ids: Sequence[int]) -> dict[int, list[RunEventRow]]:
        """The stored events of each of these activities, in order."""
        found = await self._session.scalars(
            select(RunEventRow)
            .where(RunEventRow.activity_id.in_(activity_ids))
            .order_by(RunEventRow.activity_id, RunEventRow.seq)
        )
        grouped: dict[int, list[RunEventRow]] = {number: [] for number in activity_ids}
        for event in found:
            grouped[event.activity_id].append(event)
        return grouped
