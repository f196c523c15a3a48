"""The plan of the organization that is worked in: its limits, their use, and whether it holds."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.domain.payment import PaymentNotice, notice_of
from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.domain.plan_grace import Standing, standing
from marketer_desktop.domain.plans import UNLIMITED, Plan
from marketer_desktop.services.billing_page import paying
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import limits_of
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.repositories.organizations import GB
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

BILLING_PAGE = "/billing"  # of a server


class PlanUse(BaseModel):
    """How much of what a plan limits is used; the storage is in GB. None is no limit."""

    name: Literal["projects", "users", "storage", "requests"]
    used: float
    limit: int | None


class PlanSheet(BaseModel):
    """An organization of nobody but the user `is_local`; only a server's has what follows that.

    `standing` and `holds_until` are of a paid plan whose server was last heard at `heard_at`;
    `notice` is of the subscription that pays for it, for who may see that.
    """

    organization: str
    plan: Plan
    uses: list[PlanUse]
    is_local: bool
    server: str = ""
    billing_url: str = ""
    standing: Standing = Standing.CONFIRMED
    heard_at: datetime | None = None
    holds_until: datetime | None = None
    notice: PaymentNotice | None = None
    notice_at: datetime | None = None
    sees_bills: bool = False
    pays: bool = False


class ShowPlan(Call[PlanSheet]):
    """Of the organization that is worked in."""


async def show_plan(call: ShowPlan, parts: Parts, emit: Emit) -> PlanSheet:
    """What holds now: after a long time without the server, less than what it last said."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.organizations.get(member.organization_id)
        if row is None:
            raise NotFound("There is no such organization.")
        sheet = PlanSheet(
            organization=row.name,
            plan=Plan(row.plan),
            uses=await _uses(parts, work, row),
            is_local=row.plan == Plan.LOCAL,
            sees_bills=may(Role(member.role), Permission.BILLING_READ),
            pays=may(Role(member.role), Permission.BILLING_UPDATE),
        )
        told = await _of_server(work, row) | (
            await _of_payment(work, row) if sheet.sees_bills else {}
        )
        await work.commit()
    return sheet.model_copy(update=told)


async def _uses(parts: Parts, work: UnitOfWork, row: OrganizationRow) -> list[PlanUse]:
    used = await work.organizations.usage(row.id)
    stored = await work.usage.stored_bytes(row.id) / GB
    limits = limits_of(parts, row)
    return [
        PlanUse(name="projects", used=used.projects, limit=_limit(limits.max_projects)),
        PlanUse(
            name="users", used=await work.members.seats(row.id), limit=_limit(limits.max_users)
        ),
        PlanUse(name="storage", used=stored, limit=_limit(limits.max_storage_gb)),
        PlanUse(name="requests", used=used.requests_today, limit=_limit(limits.requests_per_day)),
    ]


async def _of_server(work: UnitOfWork, row: OrganizationRow) -> dict[str, object]:
    mirrored = await work.plan_contacts.of_organization(row.id)
    if mirrored is None:
        return {}
    return {
        "server": mirrored.server,
        "billing_url": mirrored.server + BILLING_PAGE,
        "standing": standing(mirrored.plan, mirrored.contact),
        "heard_at": mirrored.contact.heard_at,
        "holds_until": mirrored.contact.holds_until,
    }


async def _of_payment(work: UnitOfWork, row: OrganizationRow) -> dict[str, object]:
    subscription = paying(row, await work.subscriptions.of_organization(row.id))
    told = notice_of(subscription) if subscription is not None else None
    return {"notice": told[0], "notice_at": told[1]} if told else {}


def _limit(kept: int) -> int | None:
    return None if kept >= UNLIMITED else kept
