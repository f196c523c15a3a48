"""Organizations of a server as a desktop has them: with an account, and when it last synced."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.server_accounts import NewAccount
from marketer_desktop.storage.tables import OrganizationMemberRow, SyncCounterRow, SyncStateRow

SERVER = "https://team.example.com"


async def mirrored(
    parts: Parts, plan: Plan, synced_at: datetime, *, role: str = "owner", switch: bool = True
) -> int:
    """The number of a new one; the person at this computer belongs to it in this role."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        limits = {"plan": plan, **LIMITS[plan]._asdict()}
        row = await work.organizations.register(
            member.user_id, "Kestrow Coffee", f"kestrow-{uuid4().hex[:8]}", limits
        )
        assert row is not None
        await work.session.execute(
            update(OrganizationMemberRow)
            .where(OrganizationMemberRow.organization_id == row.id)
            .values(role=role)
        )
        account = await work.server_accounts.sign_in(
            NewAccount(SERVER, "password", None, "ada@example.com", 7, uuid4(), member.user_id)
        )
        await work.session.execute(
            update(SyncCounterRow)
            .where(SyncCounterRow.organization_id == row.id)
            .values(is_mirror=True, account_id=account.id)
        )
        if switch:
            await work.workspaces.switch(row.id)
        await work.commit()
    await synced(parts, account.id, synced_at)
    return row.id


async def synced(parts: Parts, account_id: int, at: datetime) -> None:
    """Note a round that was made then."""
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            insert(SyncStateRow)
            .values(account_id=account_id, last_synced_at=at)
            .on_conflict_do_update(
                index_elements=[SyncStateRow.account_id], set_={"last_synced_at": at}
            )
        )
        await work.commit()
