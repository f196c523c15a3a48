"""The rows that sync, each kind with whose they are and what they hang on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.repositories.sync_streams import Stream
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import NOWHERE, Member
from marketer_desktop.storage.tables import (
    ActivityRevisionRow,
    ActivityRow,
    CampaignRow,
    InvoiceRow,
    NotificationRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    SubscriptionRow,
    SyncTombstoneRow,
    UserRow,
)

_Rows = Select[*tuple[Any, ...]]
ROWS: Mapping[Entity, Any] = {
    Entity.ORGANIZATION: OrganizationRow,
    Entity.MEMBER: OrganizationMemberRow,
    Entity.SUBSCRIPTION: SubscriptionRow,
    Entity.INVOICE: InvoiceRow,
    Entity.NOTIFICATION: NotificationRow,
    Entity.PROJECT: ProjectRow,
    Entity.CAMPAIGN: CampaignRow,
    Entity.ACTIVITY: ActivityRow,
    Entity.REVISION: ActivityRevisionRow,
}
# What content hangs on, from the top.
ABOVE: Mapping[Entity, tuple[Entity, ...]] = {
    Entity.CAMPAIGN: (Entity.PROJECT,),
    Entity.ACTIVITY: (Entity.PROJECT, Entity.CAMPAIGN),
    Entity.REVISION: (Entity.PROJECT, Entity.CAMPAIGN, Entity.ACTIVITY),
}
BILLING = (Entity.SUBSCRIPTION, Entity.INVOICE)
HIDEABLE = (*BILLING, Entity.PROJECT)  # what a role may see, or not


class Window(NamedTuple):
    """The versions that are read: later than `since`, and all up to `to`."""

    since: int
    to: int


@dataclass(frozen=True)
class Known:
    """A row by its kind, identity and version."""

    entity: Entity
    sync_id: UUID
    version: int


class Placed(NamedTuple):
    """A row's number, its organization's, and its version."""

    number: int
    organization_id: int | None
    version: int


@dataclass(frozen=True)
class SyncedRow:
    """A row with its person, its organization, and what it hangs on, from the top."""

    entity: Entity
    row: Any
    person: UserRow | None
    organization: UUID | None
    above: tuple[Known, ...]


class SyncRows:
    """What is read of a stream, kind by kind, each in the order of `sync_id` after one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def buried(
        self,
        stream: Stream,
        window: Window,
        after: UUID | None,
        limit: int,
        sync_id: UUID | None = None,
    ) -> Sequence[Known]:
        """The tombstones of what was there for those like the member."""
        row, member = SyncTombstoneRow, stream.member
        of_stream = (
            row.user_id == member.user_id
            if stream.sync_id is None
            else row.organization_id == member.organization_id
        )
        public = or_(row.visibility.is_(None), row.visibility != "private")
        query = select(row).where(of_stream, or_(public, row.owner_id == member.user_id))
        query = query.where(row.version > window.since)
        if sync_id is not None:
            query = query.where(row.sync_id == sync_id)
        found = await self._session.scalars(_page(query, row.sync_id, after, limit))
        return [Known(Entity(each.entity), each.sync_id, each.version) for each in found]

    async def there(self, stream: Stream, known: Sequence[Known]) -> set[UUID]:
        """Which of these are there after all, and seen by the member."""
        found: set[UUID] = set()
        for entity in {each.entity for each in known}:
            ids = [each.sync_id for each in known if each.entity == entity]
            kind = ROWS[entity]
            query = _shown(entity, stream).with_only_columns(kind.sync_id)
            found.update(await self._session.scalars(query.where(kind.sync_id.in_(ids))))
        return found

    async def hidden(
        self, entity: Entity, stream: Stream, window: Window, after: UUID | None, limit: int
    ) -> Sequence[Known]:
        """What the member no longer sees since they have another role."""
        if not -1 < window.since < stream.seen_since:
            return []
        kind, member = ROWS[entity], stream.member
        if entity in BILLING:
            unseen = ~_may_see_billing(member)
        else:
            unseen = and_(
                ProjectRow.share_with_team,
                ProjectRow.visibility != "private",
                ~visible_to(member),
            )
        query = select(kind.sync_id).where(kind.organization_id == member.organization_id, unseen)
        found = await self._session.scalars(_page(query, kind.sync_id, after, limit))
        return [Known(entity, each, stream.seen_since) for each in found]

    async def changed(
        self, entity: Entity, stream: Stream, window: Window, after: UUID | None, limit: int
    ) -> Sequence[SyncedRow]:
        """The rows that have changed since, and those that are seen only since then.

        One that changes meanwhile is left out or not: it comes with the next window.
        """
        kind = ROWS[entity]
        query = _shown(entity, stream)
        is_new = [kind.version > window.since]
        if entity in ABOVE:
            is_new.append(ProjectRow.seen_since > window.since)
        if stream.seen_since <= window.since or entity not in (*HIDEABLE, *ABOVE):
            query = query.where(or_(*is_new))
        found = await self._session.execute(_page(query, kind.sync_id, after, limit))
        return [_synced(entity, stream, tuple(row)) for row in found]

    async def one(self, entity: Entity, stream: Stream, sync_id: UUID) -> SyncedRow | None:
        """A row of the stream that the member sees, as it is in the database now."""
        found = await self._session.execute(
            _shown(entity, stream).where(ROWS[entity].sync_id == sync_id),
            execution_options={"populate_existing": True},
        )
        row = found.one_or_none()
        return None if row is None else _synced(entity, stream, tuple(row))

    async def placed(self, entity: Entity, sync_id: UUID) -> Placed | None:
        """Where a row is, whoever may see it."""
        kind = ROWS[entity]
        query = select(kind.id, _home(entity), kind.version).where(kind.sync_id == sync_id)
        if entity in ABOVE:
            query = _below_project(query.select_from(kind), entity)
        row = (await self._session.execute(query)).one_or_none()
        return None if row is None else Placed(*row)

    async def here(self, entity: Entity, placed: Placed) -> SyncedRow:
        """A row as it is in the database now, whoever may see it."""
        home = placed.organization_id or NOWHERE
        organization = await self._session.scalar(
            select(OrganizationRow.sync_id).where(OrganizationRow.id == home)
        )
        query = _whole(entity).where(ROWS[entity].id == placed.number)
        found = await self._session.execute(query, execution_options={"populate_existing": True})
        return _synced(entity, Stream(Member(0, home), organization, 0, 0), tuple(found.one()))

    async def hold(self, entity: Entity, placed: Placed) -> None:
        """Hold a row against changes by others until the transaction ends; wait for theirs."""
        if entity is Entity.MEMBER:  # whoever changes members holds their organization first
            await self._hold(OrganizationRow, placed.organization_id)
        await self._hold(ROWS[entity], placed.number)

    async def _hold(self, kind: Any, number: int | None) -> None:
        query = select(kind.id).where(kind.id == number).with_for_update(key_share=True)
        await self._session.execute(query)

    async def identify(self, entity: Entity, number: int, sync_id: UUID) -> None:
        """Let a row that was just made be known by the identity that it has elsewhere."""
        kind = ROWS[entity]
        await self._session.execute(
            update(kind)
            .where(kind.id == number)
            .values(sync_id=sync_id)
            .execution_options(synchronize_session=False)
        )

    async def grave(self, stream: Stream, sync_id: UUID) -> Known | None:
        """The tombstone of a row that was there for those like the member."""
        found = await self.buried(stream, Window(-1, stream.version), None, 1, sync_id)
        return found[0] if found else None


def _page(query: _Rows, sync_id: Any, after: UUID | None, limit: int) -> _Rows:
    if after is not None:
        query = query.where(sync_id > after)
    return query.order_by(sync_id).limit(limit)


def _shown(entity: Entity, stream: Stream) -> _Rows:
    """The rows of a kind that the member sees, each with its person and what it hangs on."""
    number = stream.member.organization_id
    if entity in (Entity.PROJECT, *ABOVE):
        return _shared(entity).where(ProjectRow.share_with_team, visible_to(stream.member))
    if entity is Entity.ORGANIZATION:
        return select(OrganizationRow).where(OrganizationRow.id == number)
    if entity is Entity.MEMBER:
        return (
            select(OrganizationMemberRow, UserRow)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .where(OrganizationMemberRow.organization_id == number, OrganizationMemberRow.is_active)
        )
    if entity is Entity.NOTIFICATION:
        return (
            select(NotificationRow, OrganizationRow.sync_id)
            .outerjoin(OrganizationRow, OrganizationRow.id == NotificationRow.organization_id)
            .where(NotificationRow.user_id == stream.member.user_id)
        )
    kind = ROWS[entity]
    return select(kind).where(kind.organization_id == number, _may_see_billing(stream.member))


def _whole(entity: Entity) -> _Rows:
    """All rows of a kind, each with its person and what it hangs on."""
    if entity in (Entity.PROJECT, *ABOVE):
        return _shared(entity)
    kind = ROWS[entity]
    if entity is Entity.NOTIFICATION:
        home = OrganizationRow.id == kind.organization_id
        return select(kind, OrganizationRow.sync_id).outerjoin(OrganizationRow, home)
    if entity is Entity.MEMBER:
        return select(kind, UserRow).join(UserRow, UserRow.id == kind.user_id)
    return select(kind)


def _shared(entity: Entity) -> _Rows:
    """Content with its person, and identity and version of all that it hangs on."""
    kind = ROWS[entity]
    person = kind.created_by if entity is Entity.REVISION else kind.owner_id
    above = [ROWS[each] for each in ABOVE.get(entity, ())]
    known = [column for each in above for column in (each.sync_id, each.version)]
    query = select(kind, UserRow, *known).outerjoin(UserRow, UserRow.id == person)
    return _below_project(query, entity)


def _below_project(query: _Rows, entity: Entity) -> _Rows:
    """Joined with all that the content hangs on."""
    if entity is Entity.REVISION:
        query = query.join(ActivityRow, ActivityRow.id == ActivityRevisionRow.activity_id)
    if entity in (Entity.REVISION, Entity.ACTIVITY):
        query = query.join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
    if entity in ABOVE:
        query = query.join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
    return query


def _home(entity: Entity) -> Any:
    """The number of the organization that a row belongs to."""
    if entity is Entity.ORGANIZATION:
        return OrganizationRow.id
    return ProjectRow.organization_id if entity in ABOVE else ROWS[entity].organization_id


def _may_see_billing(member: Member) -> ColumnElement[bool]:
    return literal(may(Role(member.role), Permission.BILLING_READ))


def _synced(entity: Entity, stream: Stream, found: tuple[Any, ...]) -> SyncedRow:
    row, *more = found
    if entity is Entity.NOTIFICATION:
        return SyncedRow(entity, row, None, more[0], ())
    person, known = (more[0], more[1:]) if more else (None, [])
    pairs = zip(ABOVE.get(entity, ()), known[::2], known[1::2], strict=True)
    above = tuple(Known(*each) for each in pairs)
    return SyncedRow(entity, row, person, stream.sync_id, above)
