"""Takes what Stripe tells: signed, each event once, and never an older one over a newer one."""

import time
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.payment import PAYS
from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, Unauthorized
from marketer_desktop.services.stripe_objects import (
    CheckoutSession,
    Invoice,
    Prices,
    StripeEvent,
    Subscription,
)
from marketer_desktop.services.stripe_signature import is_signed
from marketer_desktop.storage.tables import OrganizationRow, SubscriptionRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

SCOPE = "stripe"
ORGANIZATION = "organization_id"  # in the metadata of a subscription
# What is said of a state that cannot be left for an earlier one, whenever an event was made.
STAGES = {"incomplete": 0, "incomplete_expired": 2, "canceled": 2}
INVOICE_STAGES = {"draft": 0, "open": 1, "uncollectible": 2, "paid": 3, "void": 3}
DELETED_INVOICE = "void"  # a draft that was deleted will not be collected either


class Received(BaseModel):
    """It was taken; `duplicate` says that it had been before."""

    received: bool = True
    duplicate: bool = False


class ReceiveStripeEvent(Call[Received]):
    """A message of Stripe as it came, and the header that signs it."""

    payload: str
    signature: str = Field(max_length=5000)


async def receive_stripe_event(call: ReceiveStripeEvent, parts: Parts, emit: Emit) -> Received:
    """Raises `Conflict` for an organization that is not known yet: Stripe sends it again then."""
    secret = parts.settings.stripe_webhook_secret
    if secret is None:
        raise NotFound("Webhooks of Stripe are not set up on this server.")
    if not is_signed(call.payload, call.signature, secret, time.time()):
        raise Unauthorized("The signature is missing, wrong, or older than five minutes.")
    event = StripeEvent.model_validate_json(call.payload)
    answer = Received()
    async with parts.database.unit_of_work() as work:
        is_new = await work.idempotency.take(
            SCOPE, event.id, sha256(call.payload.encode()).hexdigest(), answer.model_dump()
        )
        if is_new:
            prices = {price: Plan(plan) for price, plan in parts.settings.stripe_prices.items()}
            await _take(work, event, prices)
        await work.commit()
    parts.bus.changed("organizations", "profile")
    return Received(duplicate=not is_new)


async def _take(work: UnitOfWork, event: StripeEvent, prices: Prices) -> None:
    told = event.data.object
    if event.type.startswith("customer.subscription."):
        await _take_subscription(work, event, Subscription.model_validate(told), prices)
    elif event.type == "invoice.deleted":
        await _take_invoice(work, event, {**told, "status": DELETED_INVOICE}, prices)
    elif event.type.startswith("invoice.") and "id" in told:  # upcoming ones have none
        await _take_invoice(work, event, told, prices)
    elif event.type == "checkout.session.completed":
        await _take_checkout(work, CheckoutSession.model_validate(told))


async def _take_subscription(
    work: UnitOfWork, event: StripeEvent, told: Subscription, prices: Prices
) -> None:
    values = told.values(prices)
    if values is None:
        log.warning("Stripe tells of a price that is no plan of ours: %s", told.id)
        return
    organization = await work.subscriptions.payer(
        told.id, told.customer, _number(told.metadata.get(ORGANIZATION))
    )
    if organization is None:
        raise _nobodys(told.customer)
    kept = await work.subscriptions.get(told.id)
    if kept is not None and not _follows(kept, event, values, prices):
        return
    row = await work.subscriptions.save(
        {**values, "organization_id": organization.id, "as_of": event.created}
    )
    before = organization.plan
    await _change_plan(work, organization, told.customer, event)
    await _record(
        work,
        event,
        organization.id,
        ("subscription", row.id),
        {"status": row.status, "plan_before": before, "plan": organization.plan},
    )


def _follows(
    kept: SubscriptionRow, event: StripeEvent, values: dict[str, Any], prices: Prices
) -> bool:
    """Whether the event is newer than what is kept; events come in any order."""
    before, after = STAGES.get(kept.status, 1), STAGES.get(values["status"], 1)
    if before != after:
        return after > before
    if event.created != kept.as_of:
        return event.created > kept.as_of
    # In the same second: it follows if what it came after is what is kept.
    previous = {**event.data.object, **(event.data.previous_attributes or {})}
    try:
        came_after = Subscription.model_validate(previous).values(prices)
    except (ValidationError, WrongUse):
        return False
    return came_after == {name: getattr(kept, name) for name in values}


async def _change_plan(
    work: UnitOfWork, organization: OrganizationRow, customer: str, event: StripeEvent
) -> None:
    """What is paid for decides about the plan, and the plan about the limits."""
    rows = await work.subscriptions.of_organization(organization.id)
    paid = [row for row in rows if row.status in PAYS]
    best = next((row for row in paid if row.plan == Plan.ENTERPRISE), paid[0] if paid else None)
    plan = Plan(best.plan) if best else Plan.FREE
    changes: dict[str, Any] = {
        "stripe_customer_id": organization.stripe_customer_id or customer,
        "stripe_subscription_id": best.stripe_subscription_id if best else None,
        "plan_expires_at": best.current_period_end if best else None,
    }
    if plan != organization.plan:
        changes |= {"plan": plan, "plan_started_at": event.created, **LIMITS[plan]._asdict()}
    await work.organizations.change(organization.id, changes)


async def _take_invoice(
    work: UnitOfWork, event: StripeEvent, told: dict[str, Any], prices: Prices
) -> None:
    invoice = Invoice.model_validate(told)
    details = invoice.details
    organization = await work.subscriptions.payer(
        details.subscription,
        invoice.customer,
        _number((details.metadata or {}).get(ORGANIZATION)),
    )
    if organization is None:
        if any(line.price_id in prices for line in invoice.lines.data):
            raise _nobodys(invoice.customer)
        log.warning("Stripe tells of an invoice that is nobody's here: %s", invoice.id)
        return
    kept = await work.invoices.get(invoice.id)
    values = {**invoice.values(), "organization_id": organization.id, "as_of": event.created}
    if kept is not None:
        newness = (INVOICE_STAGES[kept.status], kept.as_of)
        if (INVOICE_STAGES[values["status"]], event.created) < newness:
            return
    if details.subscription is not None:
        subscription = await work.subscriptions.get(details.subscription)
        values["subscription_id"] = subscription.id if subscription else None
    row = await work.invoices.save(values)
    await _record(work, event, organization.id, ("invoice", row.id), {"status": row.status})


async def _take_checkout(work: UnitOfWork, told: CheckoutSession) -> None:
    """Remember whose customer it is; what was bought is told by other events."""
    number = _number(told.client_reference_id)
    if told.customer is None or number is None:
        return
    organization = await work.subscriptions.payer(None, told.customer, number)
    if organization is None or organization.stripe_customer_id is not None:
        return
    await work.organizations.change(organization.id, {"stripe_customer_id": told.customer})


async def _record(
    work: UnitOfWork,
    event: StripeEvent,
    organization_id: int,
    what: tuple[str, int],
    details: dict[str, Any],
) -> None:
    await work.audit.record(
        None, organization_id, f"billing.{what[0]}", *what, {**details, "event": event.id}
    )


def _number(text: str | None) -> int | None:
    """The number of an organization; whatever else it says is nobody's."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number and text is not None else None


def _nobodys(customer: str) -> Conflict:
    return Conflict(
        f"No organization here is the customer {customer} yet. Name the organization’s number as "
        f"“{ORGANIZATION}” in the subscription’s metadata, or as the reference of the checkout."
    )
