"""Stripe's objects, as far as they are kept; both before and since its API of March 2025."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime as Moment  # Stripe counts seconds
from pydantic import BaseModel, Field, StringConstraints

from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.call import WrongUse

LARGEST = 2_147_483_647

StripeId = Annotated[str, StringConstraints(max_length=255, pattern=r"^[A-Za-z0-9_\-]+$")]
Url = Annotated[str, StringConstraints(max_length=5000, pattern=r"^https?://[\x21-\x7e]+$")]
Currency = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{3}$")]
Cents = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Prices = Mapping[str, Plan]


class Recurring(BaseModel):
    """How often a price is paid."""

    interval: str


class Price(BaseModel):
    """What an item costs; without a unit amount it is not a fixed price."""

    id: StripeId
    unit_amount: Cents | None = None
    recurring: Recurring | None = None


class Item(BaseModel):
    """What is subscribed to, since March 2025 each with a period of its own."""

    price: Price
    quantity: int = Field(default=1, ge=0, le=LARGEST)
    current_period_start: Moment | None = None
    current_period_end: Moment | None = None


class Items(BaseModel):
    """The items of a subscription."""

    data: list[Item]


class Subscription(BaseModel):
    """A subscription; `values` are its columns."""

    id: StripeId
    customer: StripeId
    status: Literal[
        "trialing",
        "active",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "unpaid",
        "paused",
        "canceled",
    ]
    currency: Currency
    items: Items
    current_period_start: Moment | None = None
    current_period_end: Moment | None = None
    trial_start: Moment | None = None
    trial_end: Moment | None = None
    canceled_at: Moment | None = None
    ended_at: Moment | None = None
    metadata: dict[str, str] = Field(default_factory=dict)

    def values(self, prices: Prices) -> dict[str, Any] | None:
        """The columns, by the first item that is a plan of ours; None without one.

        Raises `WrongUse` for a price that cannot be kept.
        """
        for item in self.items.data:
            if item.price.id in prices:
                return self._values(item, prices[item.price.id])
        return None

    def _values(self, item: Item, plan: Plan) -> dict[str, Any]:
        start = item.current_period_start or self.current_period_start
        end = item.current_period_end or self.current_period_end
        interval = item.price.recurring and item.price.recurring.interval
        amount = (item.price.unit_amount or 0) * item.quantity
        if start is None or end is None or interval not in ("month", "year") or amount > LARGEST:
            raise WrongUse(f"The price {item.price.id} is not one that is paid by month or year.")
        return {
            "stripe_subscription_id": self.id,
            "stripe_customer_id": self.customer,
            "stripe_price_id": item.price.id,
            "plan": plan,
            "status": self.status,
            "currency": self.currency,
            "amount": amount,
            "interval": interval,
            "current_period_start": start,
            "current_period_end": end,
            "trial_start": self.trial_start,
            "trial_end": self.trial_end,
            "canceled_at": self.canceled_at,
            "ended_at": self.ended_at,
        }


class SubscriptionDetails(BaseModel):
    """Which subscription an invoice is of, and what that says of itself."""

    subscription: StripeId | None = None
    metadata: dict[str, str] | None = None


class Parent(BaseModel):
    """What an invoice came of."""

    subscription_details: SubscriptionDetails | None = None


class PriceDetails(BaseModel):
    """The price of a line."""

    price: StripeId | None = None


class Pricing(BaseModel):
    """How a line is priced."""

    price_details: PriceDetails | None = None


class Line(BaseModel):
    """A line of an invoice."""

    price: Price | None = None
    pricing: Pricing | None = None

    @property
    def price_id(self) -> str | None:
        """What was sold."""
        if self.price is not None:
            return self.price.id
        details = self.pricing and self.pricing.price_details
        return details.price if details else None


class Lines(BaseModel):
    """The lines of an invoice."""

    data: list[Line] = Field(default_factory=list)


class Transitions(BaseModel):
    """When an invoice became what it is."""

    paid_at: Moment | None = None


class Invoice(BaseModel):
    """An invoice; `values` are its columns but for whose it is."""

    id: StripeId
    customer: StripeId
    status: Literal["draft", "open", "paid", "void", "uncollectible"]
    currency: Currency
    amount_due: Cents
    amount_paid: Cents = 0
    period_start: Moment
    period_end: Moment
    due_date: Moment | None = None
    hosted_invoice_url: Url | None = None
    invoice_pdf: Url | None = None
    status_transitions: Transitions = Field(default_factory=Transitions)
    subscription: StripeId | None = None
    subscription_details: SubscriptionDetails | None = None
    parent: Parent | None = None
    lines: Lines = Field(default_factory=Lines)
    metadata: dict[str, str] | None = None

    @property
    def details(self) -> SubscriptionDetails:
        """Which subscription it is of."""
        found = (self.parent and self.parent.subscription_details) or self.subscription_details
        details = found or SubscriptionDetails()
        return details.model_copy(
            update={"subscription": details.subscription or self.subscription}
        )

    def values(self) -> dict[str, Any]:
        """The columns."""
        return {
            "stripe_invoice_id": self.id,
            "stripe_hosted_url": self.hosted_invoice_url,
            "stripe_pdf_url": self.invoice_pdf,
            "stripe_subscription_id": self.details.subscription,
            "currency": self.currency,
            "amount_due": self.amount_due,
            "amount_paid": self.amount_paid,
            "status": self.status,
            "period_start": self.period_start,
            "period_end": self.period_end,
            "due_date": self.due_date,
            "paid_at": self.status_transitions.paid_at,
        }


class CheckoutSession(BaseModel):
    """Somebody has paid for the organization whose number is the reference."""

    client_reference_id: str | None = None
    customer: StripeId | None = None


class Data(BaseModel):
    """What an event is about; what has changed is told with an update."""

    object: dict[str, Any]
    previous_attributes: dict[str, Any] | None = None


class StripeEvent(BaseModel):
    """A message of Stripe."""

    id: StripeId
    type: str
    created: Moment
    data: Data
