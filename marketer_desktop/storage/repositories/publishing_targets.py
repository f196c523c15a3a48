"""Publishing targets: the sites and folders that texts of a project go to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ProjectRow, PublishingTargetRow

WHAT = "publishing target"


class PublishingTargets:
    """The targets of projects that whoever acts may see; removed ones are found by number only."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def list(
        self, organization_id: int, project_id: int | None = None
    ) -> Sequence[tuple[PublishingTargetRow, str]]:
        """Those of an organization, or of one of its projects, with the projects' names."""
        wanted = (
            select(PublishingTargetRow, ProjectRow.name)
            .join(ProjectRow, ProjectRow.id == PublishingTargetRow.project_id)
            .where(
                PublishingTargetRow.organization_id == organization_id,
                PublishingTargetRow.removed_at.is_(None),
                visible_to(self._acting),
            )
            .order_by(func.lower(PublishingTargetRow.name), PublishingTargetRow.id)
        )
        if project_id is not None:
            wanted = wanted.where(PublishingTargetRow.project_id == project_id)
        return [(row, name) for row, name in await self._session.execute(wanted)]

    async def visible(self, target_id: int) -> tuple[PublishingTargetRow, str] | None:
        """The target and the name of its project; None for one that may not be seen."""
        found = await self._session.execute(
            select(PublishingTargetRow, ProjectRow.name)
            .join(ProjectRow, ProjectRow.id == PublishingTargetRow.project_id)
            .where(PublishingTargetRow.id == target_id, visible_to(self._acting))
        )
        row = found.one_or_none()
        return None if row is None else (row[0], row[1])

    async def named(self, project_id: int, name: str) -> PublishingTargetRow | None:
        """The target of a project by its name, letter case aside."""
        found: PublishingTargetRow | None = await self._session.scalar(
            select(PublishingTargetRow).where(
                PublishingTargetRow.project_id == project_id,
                func.lower(PublishingTargetRow.name) == name.lower(),
                PublishingTargetRow.removed_at.is_(None),
            )
        )
        return found

    async def add(
        self,
        organization_id: int,
        project_id: int,
        *,
        name: str,
        kind: str,
        address: str,
        account: str | None,
        public_only: bool,
    ) -> PublishingTargetRow:
        """The target; one of this kind and address that is or was there is taken up again."""
        told = {"name": name, "account": account, "public_only": public_only, "removed_at": None}
        new = insert(PublishingTargetRow).values(
            organization_id=organization_id,
            project_id=project_id,
            kind=kind,
            address=address,
            **told,
        )
        row: PublishingTargetRow | None = await self._session.scalar(
            new.on_conflict_do_update(
                index_elements=["project_id", "kind", "address"], set_=told
            ).returning(PublishingTargetRow),
            execution_options={"populate_existing": True},
        )
        assert row is not None
        return row

    async def seal(self, target_id: int, sealed: str | None) -> PublishingTargetRow:
        """Keep what opens the site, sealed; None for one whose secret is elsewhere."""
        return await self._change(target_id, {"sealed_secret": sealed})

    async def remove(self, target_id: int) -> PublishingTargetRow:
        """Nothing goes there from now on; what is there is remembered."""
        values = {"removed_at": func.current_timestamp(), "sealed_secret": None}
        return await self._change(target_id, values)

    async def _change(self, target_id: int, values: dict[str, Any]) -> PublishingTargetRow:
        return await change_row(self._session, PublishingTargetRow, WHAT, target_id, values)
