"""Publications: how texts stand at their targets, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    ProjectRow,
    PublicationRow,
    PublishingTargetRow,
)

WHAT = "publication"
Wanted = Select[PublicationRow, ActivityRow, PublishingTargetRow, str]


@dataclass(frozen=True)
class ListedPublication:
    """A publication with its text, its target and the name of their project."""

    row: PublicationRow
    activity: ActivityRow
    target: PublishingTargetRow
    project: str


class Publications:
    """What whoever acts may see; methods that change one raise `MissingRow`."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def of_activity(self, activity_id: int) -> Sequence[ListedPublication]:
        """Those of a text, the oldest first."""
        return await self._listed(_all().where(PublicationRow.activity_id == activity_id))

    async def between(
        self, organization_id: int, start: datetime | None, end: datetime | None
    ) -> Sequence[ListedPublication]:
        """Those of an organization that went out, or shall, from `start` until before `end`."""
        when = func.coalesce(
            PublicationRow.published_at, PublicationRow.publish_at, PublicationRow.created_at
        )
        wanted = _all().where(
            ProjectRow.organization_id == organization_id,
            PublicationRow.state != "cancelled",
            visible_to(self._acting),
        )
        if start is not None:
            wanted = wanted.where(when >= start)
        if end is not None:
            wanted = wanted.where(when < end)
        return await self._listed(wanted.order_by(None).order_by(when, PublicationRow.id))

    async def get(self, publication_id: int) -> ListedPublication | None:
        """The publication, or None; also for one that may not be seen."""
        found = await self._listed(
            _all().where(PublicationRow.id == publication_id, visible_to(self._acting))
        )
        return found[0] if found else None

    async def of(self, activity_id: int, target_id: int) -> PublicationRow | None:
        """How a text stands at a target; held against changes until the transaction ends."""
        found: PublicationRow | None = await self._session.scalar(
            select(PublicationRow)
            .filter_by(activity_id=activity_id, target_id=target_id)
            .with_for_update(),
            execution_options={"populate_existing": True},
        )
        return found

    async def add(self, values: dict[str, Any]) -> PublicationRow:
        """A new one, with a key of its own."""
        row = PublicationRow(**values)
        self._session.add(row)
        await self._session.flush()
        return row

    async def change(self, publication_id: int, values: dict[str, Any]) -> PublicationRow:
        """Write these columns."""
        return await change_row(self._session, PublicationRow, WHAT, publication_id, values)

    async def due(self, now: datetime) -> Sequence[int]:
        """The numbers of those whose time has come, the oldest first."""
        found = await self._session.scalars(
            select(PublicationRow.id)
            .where(PublicationRow.due_at <= now)
            .order_by(PublicationRow.due_at, PublicationRow.id)
        )
        return found.all()

    async def next_due(self) -> datetime | None:
        """When the next one is due."""
        found: datetime | None = await self._session.scalar(select(func.min(PublicationRow.due_at)))
        return found

    async def cancel_for(self, target_id: int) -> None:
        """Send nothing that waits for this target, and look there no more."""
        waits = PublicationRow.state == "waiting"
        out = PublicationRow.published_at.is_not(None)
        stands = case((and_(waits, out), "published"), (waits, "cancelled"))
        await self._session.execute(
            update(PublicationRow)
            .where(PublicationRow.target_id == target_id)
            .values(state=func.coalesce(stands, PublicationRow.state), due_at=None)
            .execution_options(synchronize_session=False)
        )

    async def _listed(self, wanted: Wanted) -> Sequence[ListedPublication]:
        found = await self._session.execute(wanted, execution_options={"populate_existing": True})
        return [ListedPublication(*row) for row in found]


def _all() -> Wanted:
    return (
        select(PublicationRow, ActivityRow, PublishingTargetRow, ProjectRow.name)
        .join(ActivityRow, ActivityRow.id == PublicationRow.activity_id)
        .join(PublishingTargetRow, PublishingTargetRow.id == PublicationRow.target_id)
        .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
        .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
        .order_by(PublicationRow.id)
    )
