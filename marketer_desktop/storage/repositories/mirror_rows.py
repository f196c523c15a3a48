"""Writes the rows that a server tells of into this machine's tables, and takes them away again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.repositories.sync_rows import ROWS
from marketer_desktop.storage.tables import (
    ActivityRevisionRow,
    ActivityRow,
    CampaignRow,
    DocumentRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    SyncBaseRow,
    UserRow,
)

APART = 1_000_000  # further than any revision's number


class UnfitRow(ValueError):
    """What a server tells cannot be kept in these tables: it may be of a newer version."""


class MirrorRows:
    """The rows of mirrored organizations; columns that are not told stay as they are."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, entity: Entity, values: dict[str, Any]) -> int:
        """Add a row; its number. Raises `UnfitRow`."""
        kind = ROWS[entity]
        return int(await self._written(insert(kind).values(values).returning(kind.id)))

    async def change(self, entity: Entity, number: int, values: dict[str, Any]) -> None:
        """Write these columns. Raises `UnfitRow`."""
        kind = ROWS[entity]
        statement = update(kind).where(kind.id == number).values(values).returning(kind.id)
        await self._written(statement.execution_options(synchronize_session=False))

    async def remove(self, entity: Entity, number: int) -> None:
        """Take a row away, with all that hangs on it."""
        kind = ROWS[entity]
        await self._session.execute(
            delete(kind).where(kind.id == number).execution_options(synchronize_session=False)
        )

    async def person(self, email: str, name: str | None) -> int:
        """The number of whoever has this address, now with this name; a new one cannot sign in."""
        known = select(UserRow).where(func.lower(UserRow.email) == email.lower())
        found = await self._session.scalar(known)
        if found is not None:
            if name is not None and found.name != name:  # invited people have none until they join
                found.name = name
                await self._session.flush()
            return found.id
        new = insert(UserRow).values(email=email, name=name).returning(UserRow.id)
        return int(await self._session.scalar(new) or 0)

    async def free_slug(self, wanted: str, organization_id: int | None) -> str:
        """The slug, with a number at its end if another organization of this machine has it."""
        others = OrganizationRow.id != (organization_id or 0)
        query = select(OrganizationRow.slug).where(others)
        taken = set(await self._session.scalars(query))
        slugs = (wanted if n == 1 else f"{wanted[:90]}-{n}" for n in range(1, len(taken) + 2))
        return next(each for each in slugs if each not in taken)

    async def inside(self, entity: Entity, number: int) -> Sequence[tuple[Entity, UUID]]:
        """A row with all that syncs of what hangs on it, from the top."""
        found: list[tuple[Entity, UUID]] = []
        for kind, query in _below(entity, number):
            found += [(kind, each) for each in await self._session.scalars(query)]
        return found

    async def projects(self, organization_id: int) -> Sequence[ProjectRow]:
        """All projects of an organization."""
        found = await self._session.scalars(
            select(ProjectRow).where(ProjectRow.organization_id == organization_id)
        )
        return found.all()

    async def has_documents(self, project_id: int) -> bool:
        """Whether documents of this machine lie in a project."""
        asked = select(exists().where(DocumentRow.project_id == project_id))
        return bool(await self._session.scalar(asked))

    async def holds_own(self, organization_id: int) -> bool:
        """Whether projects or documents of this machine are in an organization."""
        project = exists().where(ProjectRow.organization_id == organization_id)
        document = exists().where(DocumentRow.organization_id == organization_id)
        return bool(await self._session.scalar(select(or_(project, document))))

    async def of_organization(
        self, entity: Entity, organization_id: int
    ) -> Sequence[tuple[int, UUID]]:
        """The numbers and identities of rows that hang on an organization itself."""
        kind = ROWS[entity]
        found = await self._session.execute(
            select(kind.id, kind.sync_id).where(kind.organization_id == organization_id)
        )
        return [(number, sync_id) for number, sync_id in found]

    async def make_room(self, organization_id: int, user_id: int, sync_id: UUID) -> None:
        """Take away another membership of this person, which they had by another account."""
        row = OrganizationMemberRow
        await self._session.execute(
            delete(row)
            .where(
                row.organization_id == organization_id,
                row.user_id == user_id,
                row.sync_id != sync_id,
            )
            .execution_options(synchronize_session=False)
        )

    async def keep_alone(self, organization_id: int, user_id: int) -> None:
        """From now on the organization is its person's own, and nobody else's."""
        row = OrganizationMemberRow
        of_it, own = row.organization_id == organization_id, row.user_id == user_id
        quietly = {"synchronize_session": False}
        await self._session.execute(delete(row).where(of_it, ~own).execution_options(**quietly))
        await self._session.execute(
            update(row).where(of_it, own).values(role="owner").execution_options(**quietly)
        )

    async def is_shared(self, entity: Entity, sync_id: UUID) -> bool:
        """Whether the project that a row lies in syncs."""
        query = select(ProjectRow.share_with_team)
        if entity is Entity.PROJECT:
            query = query.where(ProjectRow.sync_id == sync_id)
        else:
            query = query.join(CampaignRow, CampaignRow.project_id == ProjectRow.id)
            if entity is Entity.CAMPAIGN:
                query = query.where(CampaignRow.sync_id == sync_id)
            else:
                query = query.join(ActivityRow, ActivityRow.campaign_id == CampaignRow.id)
                query = query.where(ActivityRow.sync_id == sync_id)
        return bool(await self._session.scalar(query))

    async def first_campaign(self, project_id: int) -> UUID | None:
        """The campaign that a project began with."""
        found: UUID | None = await self._session.scalar(
            select(CampaignRow.sync_id)
            .where(CampaignRow.project_id == project_id)
            .order_by(CampaignRow.id)
            .limit(1)
        )
        return found

    async def revision_place(self, account_id: int, activity_id: int, number: int) -> int:
        """The number that a server's revision gets here, after those that are older there.

        Revisions that are only here and newer move up.
        """
        row, base = ActivityRevisionRow, SyncBaseRow
        there = base.data["number"].as_integer()
        known = (base.account_id == account_id) & (base.sync_id == row.sync_id)
        last = await self._session.scalar(
            select(func.max(row.number))
            .join(base, known)
            .where(row.activity_id == activity_id, there < number)
        )
        place = max(number, (last or 0) + 1)
        await self._move_up(activity_id, place)
        return place

    async def drop_copies(
        self, activity_id: int, sync_id: UUID, markdown: str, title: str | None
    ) -> None:
        """Take away revisions of this machine alone that say what that of a server says."""
        row, base = ActivityRevisionRow, SyncBaseRow
        await self._session.execute(
            delete(row)
            .where(
                row.activity_id == activity_id,
                row.sync_id != sync_id,
                row.markdown == markdown,
                row.title.is_not_distinct_from(title),
                ~exists().where(base.sync_id == row.sync_id),
            )
            .execution_options(synchronize_session=False)
        )

    async def _move_up(self, activity_id: int, place: int) -> None:
        """Make room, if somebody is there."""
        row = ActivityRevisionRow
        own = row.activity_id == activity_id
        if await self._session.scalar(select(exists().where(own, row.number == place))):
            for first, step in ((place, APART), (APART, 1 - APART)):  # numbers never meet
                await self._session.execute(
                    update(row)
                    .where(own, row.number >= first)
                    .values(number=row.number + step)
                    .execution_options(synchronize_session=False)
                )

    async def _written(self, statement: Any) -> Any:
        try:
            return await self._session.scalar(statement)
        except (IntegrityError, DataError) as error:
            raise UnfitRow(
                "The server tells of something that this version cannot keep."
            ) from error


def _below(entity: Entity, number: int) -> list[tuple[Entity, Any]]:
    """The queries for a project, a campaign or an activity and all in it."""
    own = ROWS[entity].id == number
    campaigns = select(CampaignRow.sync_id)
    activities = select(ActivityRow.sync_id)
    revisions = select(ActivityRevisionRow.sync_id).join(
        ActivityRow, ActivityRow.id == ActivityRevisionRow.activity_id
    )
    in_campaign, in_project = (
        CampaignRow.id == ActivityRow.campaign_id,
        ProjectRow.id == CampaignRow.project_id,
    )
    found: list[tuple[Entity, Any]] = []
    if entity is Entity.PROJECT:
        found.append((entity, select(ProjectRow.sync_id)))
        campaigns = campaigns.join(ProjectRow, in_project)
        activities = activities.join(CampaignRow, in_campaign).join(ProjectRow, in_project)
        revisions = revisions.join(CampaignRow, in_campaign).join(ProjectRow, in_project)
    elif entity is Entity.CAMPAIGN:
        activities = activities.join(CampaignRow, in_campaign)
        revisions = revisions.join(CampaignRow, in_campaign)
    elif entity is not Entity.ACTIVITY:
        return [(entity, select(ROWS[entity].sync_id).where(own))]
    if entity is not Entity.ACTIVITY:
        found.append((Entity.CAMPAIGN, campaigns))
    found += [(Entity.ACTIVITY, activities), (Entity.REVISION, revisions)]
    return [(kind, query.where(own)) for kind, query in found]
