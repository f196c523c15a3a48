"""What an organization pays for: its plan with the limits, its subscription, its invoices."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.domain.payment import PAYS
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.tables import InvoiceRow, OrganizationRow, SubscriptionRow


class SubscriptionSheet(BaseModel):
    """A subscription; the amount is in cents."""

    id: int
    plan: str
    status: str
    currency: str
    amount: int
    interval: str
    current_period_start: datetime
    current_period_end: datetime
    trial_start: datetime | None
    trial_end: datetime | None
    canceled_at: datetime | None
    ended_at: datetime | None


class Billing(BaseModel):
    """The plan with its limits, and the subscription that pays for it, if one does."""

    plan: str
    plan_started_at: datetime | None
    plan_expires_at: datetime | None
    max_users: int
    max_projects: int
    max_storage_gb: int
    requests_per_day: int
    subscription: SubscriptionSheet | None


class ShowSubscription(Call[Billing]):
    """Of the organization that is acted in."""


class InvoiceSheet(BaseModel):
    """An invoice; amounts are in cents."""

    id: int
    subscription_id: int | None
    status: str
    currency: str
    amount_due: int
    amount_paid: int
    period_start: datetime
    period_end: datetime
    due_date: datetime | None
    paid_at: datetime | None
    hosted_url: str | None
    pdf_url: str | None
    created_at: datetime


class InvoicePage(BaseModel):
    """Newest first."""

    invoices: list[InvoiceSheet]
    pagination: Pagination


class ShowInvoicePage(Paged, Call[InvoicePage]):
    """Of the organization that is acted in."""


async def show_subscription(call: ShowSubscription, parts: Parts, emit: Emit) -> Billing:
    """The subscription that pays for the plan, else the last one."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.organizations.get(member.organization_id)
        if row is None:
            raise NotFound("There is no such organization.")
        shown = paying(row, await work.subscriptions.of_organization(row.id))
        await work.commit()
    return Billing(
        plan=row.plan,
        plan_started_at=row.plan_started_at,
        plan_expires_at=row.plan_expires_at,
        max_users=row.max_users,
        max_projects=row.max_projects,
        max_storage_gb=row.max_storage_gb,
        requests_per_day=row.requests_per_day,
        subscription=_subscription(shown) if shown else None,
    )


def paying(
    row: OrganizationRow, subscriptions: Sequence[SubscriptionRow]
) -> SubscriptionRow | None:
    """The one that pays for the plan, else the last one, if there is any.

    On a desktop it is not known by its number: there it is one that is paid.
    """
    number = row.stripe_subscription_id
    named = [each for each in subscriptions if each.stripe_subscription_id == number]
    paid = [each for each in subscriptions if each.status in PAYS]
    return next(iter([*named, *paid, *subscriptions]), None)


async def show_invoice_page(call: ShowInvoicePage, parts: Parts, emit: Emit) -> InvoicePage:
    """A page of them."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, rows = await work.invoices.page(member.organization_id, call.offset, call.per_page)
        await work.commit()
    return InvoicePage(invoices=[_invoice(row) for row in rows], pagination=call.pagination(total))


def _subscription(row: SubscriptionRow) -> SubscriptionSheet:
    return SubscriptionSheet.model_validate(row, from_attributes=True)


def _invoice(row: InvoiceRow) -> InvoiceSheet:
    return InvoiceSheet(
        id=row.id,
        subscription_id=row.subscription_id,
        status=row.status,
        currency=row.currency,
        amount_due=row.amount_due,
        amount_paid=row.amount_paid,
        period_start=row.period_start,
        period_end=row.period_end,
        due_date=row.due_date,
        paid_at=row.paid_at,
        hosted_url=row.stripe_hosted_url,
        pdf_url=row.stripe_pdf_url,
        created_at=row.created_at,
    )
