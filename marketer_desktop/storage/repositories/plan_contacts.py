"""When the servers of mirrored organizations were last heard, for the plans that they stand for."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.plan_grace import Contact
from marketer_desktop.domain.plans import Plan
from marketer_desktop.storage.tables import (
    OrganizationRow,
    PlanContactRow,
    ServerAccountRow,
    SyncCounterRow,
    SyncStateRow,
)


@dataclass(frozen=True)
class Mirrored:
    """An organization of a server, as it was last heard of through an account."""

    organization_id: int
    sync_id: UUID
    plan: Plan
    account_id: int
    server: str
    contact: Contact


class PlanContacts:
    """The organizations here that belong to a server."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Mirrored]:
        """Every one of them."""
        heard_at = func.coalesce(SyncStateRow.last_synced_at, ServerAccountRow.created_at)
        found = await self._session.execute(
            select(OrganizationRow, ServerAccountRow, heard_at, PlanContactRow)
            .join(SyncCounterRow, SyncCounterRow.organization_id == OrganizationRow.id)
            .join(ServerAccountRow, ServerAccountRow.id == SyncCounterRow.account_id)
            .outerjoin(SyncStateRow, SyncStateRow.account_id == ServerAccountRow.id)
            .outerjoin(PlanContactRow, PlanContactRow.account_id == ServerAccountRow.id)
            .where(SyncCounterRow.is_mirror, OrganizationRow.deleted_at.is_(None))
            .order_by(OrganizationRow.id)
        )
        return [
            Mirrored(
                organization_id=row.id,
                sync_id=row.sync_id,
                plan=Plan(row.plan),
                account_id=account.id,
                server=account.server,
                contact=_contact(heard, seen),
            )
            for row, account, heard, seen in found
        ]

    async def of_organization(self, organization_id: int) -> Mirrored | None:
        """The organization if it belongs to a server, else None."""
        found = await self.all()
        return next((each for each in found if each.organization_id == organization_id), None)

    async def keep(self, contacts: dict[int, Contact]) -> None:
        """Note how it stands with each of these accounts."""
        for account_id, contact in contacts.items():
            values = {
                "heard_at": contact.heard_at,
                "latest_at": contact.latest,
                "ran": contact.ran,
            }
            await self._session.execute(
                insert(PlanContactRow)
                .values(account_id=account_id, **values)
                .on_conflict_do_update(index_elements=[PlanContactRow.account_id], set_=values)
            )


def _contact(heard_at: dt.datetime, seen: PlanContactRow | None) -> Contact:
    """What was seen before the server was heard again counts no more."""
    if seen is None or seen.heard_at != heard_at:
        return Contact(heard_at, heard_at)
    return Contact(heard_at, seen.latest_at, seen.ran)
