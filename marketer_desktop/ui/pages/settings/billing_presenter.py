"""What the billing section shows of subscriptions and invoices, without Qt."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from marketer_desktop.services.billing_page import InvoiceSheet, SubscriptionSheet

# Amounts in these have no cents (docs.stripe.com/currencies#zero-decimal).
WHOLE = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".split())
TONES = {"paid": "success", "open": "warning", "uncollectible": "error"}


@dataclass(frozen=True)
class InvoiceLine:
    """One row; `page` and `pdf` are empty where there is nothing to open safely."""

    key: int
    begins: date
    ends: date
    amount: str
    status: str
    tone: str
    page: str
    pdf: str


@dataclass(frozen=True)
class Payment:
    """What a subscription costs, and when its period ends.

    It `renews` then unless it was cancelled; a `trial` begins to cost.
    """

    amount: str
    interval: str
    until: date
    renews: bool
    trial: bool


def invoice_line(invoice: InvoiceSheet) -> InvoiceLine:
    """An invoice as a row."""
    return InvoiceLine(
        key=invoice.id,
        begins=invoice.period_start.astimezone().date(),
        ends=invoice.period_end.astimezone().date(),
        amount=amount(invoice.amount_due, invoice.currency),
        status=invoice.status,
        tone=TONES.get(invoice.status, "neutral"),
        page=secure(invoice.hosted_url),
        pdf=secure(invoice.pdf_url),
    )


def payment(subscription: SubscriptionSheet | None) -> Payment | None:
    """What is paid; None without a subscription, or with one that has ended."""
    if subscription is None or subscription.status == "canceled":
        return None
    return Payment(
        amount=amount(subscription.amount, subscription.currency),
        interval=subscription.interval,
        until=subscription.current_period_end.astimezone().date(),
        renews=subscription.canceled_at is None,
        trial=subscription.status == "trialing",
    )


def amount(cents: int, currency: str) -> str:
    """Such as `1,290.00 EUR`."""
    shown = f"{cents:,}" if currency in WHOLE else f"{cents / 100:,.2f}"
    return f"{shown} {currency}"


def secure(address: str | None) -> str:
    """The address of a page if it is an encrypted one of some host, else nothing."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        return address if parts.scheme == "https" and parts.hostname else ""
    except ValueError:
        return ""
