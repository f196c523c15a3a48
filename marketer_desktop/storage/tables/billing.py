"""What is paid for: usage, subscriptions, invoices (amounts in cents); how long a plan holds."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Moment,
    Money,
    Synced,
    Updated,
    one_of,
)


class UsageEventRow(Base):
    """Something that was used, with its cost; `details` is `{provider, model, tokens, …}`."""

    __tablename__ = "usage_events"
    __table_args__ = (
        Index("idx_usage_events_org_date", "organization_id", "event_date"),
        Index("idx_usage_events_type", "event_type"),
        Index("idx_usage_events_timestamp", text('"timestamp" DESC')),
        Index("idx_usage_events_user", "user_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    event_type: Mapped[str] = mapped_column(String(100))
    event_date: Mapped[dt.date] = mapped_column(server_default=func.current_date())
    details: Mapped[dict[str, Any] | None] = mapped_column("metadata")
    cost_usd: Mapped[Money]
    timestamp: Mapped[Moment]
    # Where it was noted first: it is counted once, however often it is sent.
    sync_id: Mapped[uuid.UUID] = mapped_column(
        unique=True, server_default=func.gen_random_uuid(), sort_order=80
    )


class SubscriptionRow(Synced, Updated, Base):
    """A Stripe subscription; the statuses are all that Stripe knows."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        one_of("plan", "pro", "enterprise"),
        one_of(
            "status",
            "trialing",
            "active",
            "incomplete",
            "incomplete_expired",
            "past_due",
            "unpaid",
            "paused",
            "canceled",
        ),
        one_of("interval", "month", "year"),
        Index("idx_subscriptions_org", "organization_id"),
        Index("idx_subscriptions_stripe_sub", "stripe_subscription_id", unique=True),
        Index("idx_subscriptions_status", "status"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    stripe_subscription_id: Mapped[str] = mapped_column(String(255))
    stripe_customer_id: Mapped[str] = mapped_column(String(255))
    stripe_price_id: Mapped[str] = mapped_column(String(255))
    plan: Mapped[str] = mapped_column(String(50))
    status: Mapped[str] = mapped_column(String(50))
    currency: Mapped[str] = mapped_column(String(3), server_default="USD")
    amount: Mapped[int]
    interval: Mapped[str] = mapped_column(String(20))
    current_period_start: Mapped[dt.datetime]
    current_period_end: Mapped[dt.datetime]
    trial_start: Mapped[dt.datetime | None]
    trial_end: Mapped[dt.datetime | None]
    canceled_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    as_of: Mapped[Moment]  # the newest of Stripe's events that it shows


class InvoiceRow(Synced, Created, Base):
    """A Stripe invoice, perhaps of a subscription."""

    __tablename__ = "invoices"
    __table_args__ = (
        one_of("status", "draft", "open", "paid", "void", "uncollectible"),
        Index("idx_invoices_org", "organization_id"),
        Index("idx_invoices_subscription", "subscription_id"),
        Index("idx_invoices_stripe", "stripe_invoice_id", unique=True),
        Index("idx_invoices_status", "status"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    stripe_invoice_id: Mapped[str] = mapped_column(String(255))
    stripe_hosted_url: Mapped[str | None]
    stripe_pdf_url: Mapped[str | None]
    currency: Mapped[str] = mapped_column(String(3), server_default="USD")
    amount_due: Mapped[int]
    amount_paid: Mapped[Counter]
    status: Mapped[str] = mapped_column(String(50))
    period_start: Mapped[dt.datetime]
    period_end: Mapped[dt.datetime]
    due_date: Mapped[dt.datetime | None]
    paid_at: Mapped[dt.datetime | None]
    as_of: Mapped[Moment]  # as above
    # Invoices may come before the subscription that they are of.
    stripe_subscription_id: Mapped[str | None] = mapped_column(String(255))


class PlanContactRow(Base):
    """What was seen since a server was last heard: the latest time, and how long the engine ran."""

    __tablename__ = "plan_contacts"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    heard_at: Mapped[dt.datetime]
    latest_at: Mapped[dt.datetime]
    ran: Mapped[dt.timedelta] = mapped_column(INTERVAL)
