"""Rows that a server does not have any more: taken away here, too, unless something would be lost.

What was changed here and not sent stays on this machine, and somebody decides what becomes of it.
"""

from collections.abc import Collection, Sequence
from enum import Enum
from uuid import UUID

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.sync_data import change_of
from marketer_desktop.storage.repositories.sync_rows import Placed
from marketer_desktop.storage.tables import ProjectRow, ServerAccountRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

CONTENT = (Entity.PROJECT, Entity.CAMPAIGN, Entity.ACTIVITY)
WHOLE_ROW = ""  # the name of no field


class Loss(Enum):
    """What may go with an organization."""

    NOTHING = "nothing"
    SYNCED = "synced"  # what the server has, or had
    UNSENT = "unsent"  # also what was not sent yet


class Burials:
    """The tombstones of an account's rows, inside one transaction that is applied quietly."""

    def __init__(self, work: UnitOfWork, account: ServerAccountRow) -> None:
        self._work, self._account = work, account

    async def bury(self, entity: Entity, sync_id: UUID, placed: Placed | None) -> None:
        """The row is not there any more, or not for the person of this account."""
        if placed is None:
            await self._forget([sync_id])
        elif entity is Entity.ORGANIZATION:
            await self.leave(placed.number)
        elif entity in CONTENT:
            await self._content(entity, sync_id, placed)
        else:
            await self._work.mirror_rows.remove(entity, placed.number)
            await self._forget([sync_id])

    async def leave(self, organization_id: int, loss: Loss = Loss.SYNCED) -> None:
        """The person does not belong to it any more. What never synced stays, as local work."""
        work = self._work
        for project in await work.mirror_rows.projects(organization_id):
            if project.share_with_team:
                await self._project(project, loss)
        for entity in (Entity.MEMBER, Entity.SUBSCRIPTION, Entity.INVOICE):
            for number, sync_id in await work.mirror_rows.of_organization(entity, organization_id):
                await self._forget([sync_id])
                if entity is not Entity.MEMBER:
                    await work.mirror_rows.remove(entity, number)
        row = await work.organizations.locked(organization_id)
        await self._forget([row.sync_id])
        await work.outbox.drop_uses(self._account.id, organization_id)
        if await work.mirror_rows.holds_own(organization_id):
            await work.mirror_rows.keep_alone(organization_id, self._account.user_id)
            limits = LIMITS[Plan.LOCAL]._asdict()
            await work.organizations.change(organization_id, {"plan": Plan.LOCAL, **limits})
        else:
            await work.deleted_organizations.delete(organization_id)
            await work.deleted_organizations.empty(organization_id)
        await work.sync_states.leave(organization_id)
        for other in await work.server_accounts.all():  # one of them may still belong to it
            if other.server == self._account.server and other.id != self._account.id:
                await work.sync_states.begin_anew(other.id)

    async def _content(self, entity: Entity, sync_id: UUID, placed: Placed) -> None:
        if entity is Entity.PROJECT:
            row = (await self._work.sync_rows.here(entity, placed)).row
            if row.share_with_team:
                await self._project(row)
            else:  # it was taken out of the sync here: what the server had of it is good again
                await self._work.sync_bases.still(self._account.id, sync_id)
            return
        if not await self._work.mirror_rows.is_shared(entity, sync_id):
            return
        inside = await self._inside(entity, placed.number)
        if await self._would_lose(inside):
            await self._dispute(entity, sync_id, placed)
        else:
            await self._work.mirror_rows.remove(entity, placed.number)
        await self._forget(inside)

    async def _project(self, row: ProjectRow, loss: Loss = Loss.SYNCED) -> None:
        """Taken away, or kept as one of this machine."""
        inside = await self._inside(Entity.PROJECT, row.id)
        placed = Placed(row.id, row.organization_id, row.version)
        has_documents = await self._work.mirror_rows.has_documents(row.id)
        would_lose = loss is Loss.NOTHING or (
            loss is Loss.SYNCED and await self._would_lose(inside)
        )
        if has_documents or would_lose:
            values = {"share_with_team": False}
            await self._work.mirror_rows.change(Entity.PROJECT, row.id, values)
        else:
            await self._work.mirror_rows.remove(Entity.PROJECT, row.id)
        if would_lose:
            await self._dispute(Entity.PROJECT, row.sync_id, placed)
        await self._forget(inside, but_disputes=would_lose)

    async def _inside(self, entity: Entity, number: int) -> Sequence[UUID]:
        found = await self._work.mirror_rows.inside(entity, number)
        return [sync_id for _, sync_id in found]

    async def _would_lose(self, sync_ids: Collection[UUID]) -> bool:
        """Whether something of these is not at the server, or still to be decided."""
        unsettled = await self._work.outbox.is_unsettled(self._account.id, sync_ids)
        return unsettled or await self._work.sync_conflicts.are_of(self._account.id, sync_ids)

    async def _dispute(self, entity: Entity, sync_id: UUID, placed: Placed) -> None:
        data = change_of(await self._work.sync_rows.here(entity, placed)).data
        assert data is not None
        mine = data.model_dump(mode="json")
        conflicts = self._work.sync_conflicts
        for old in await conflicts.of_row(self._account.id, sync_id):
            if old.field == WHOLE_ROW:
                await conflicts.drop(old.id)
        await conflicts.add(self._account.id, entity, sync_id, WHOLE_ROW, mine)

    async def _forget(self, sync_ids: Collection[UUID], *, but_disputes: bool = True) -> None:
        await self._work.sync_bases.forget(self._account.id, sync_ids)
        await self._work.outbox.drop_all(self._account.id, sync_ids)
        if not but_disputes:
            await self._work.sync_conflicts.drop_all(self._account.id, sync_ids)
