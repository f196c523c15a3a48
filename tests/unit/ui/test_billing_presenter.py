"""Amounts, days and links of what was billed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from marketer_desktop.services.billing_page import InvoiceSheet, SubscriptionSheet
from marketer_desktop.ui.pages.settings.billing_presenter import (
    amount,
    invoice_line,
    payment,
    secure,
)

BEGAN, ENDS = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 31, 12, tzinfo=UTC)


def subscription(**told: Any) -> SubscriptionSheet:
    about: dict[str, Any] = dict.fromkeys(SubscriptionSheet.model_fields)
    about |= {"id": 1, "plan": "pro", "status": "active", "currency": "EUR", "amount": 2900}
    about |= {"interval": "month", "current_period_start": BEGAN, "current_period_end": ENDS}
    return SubscriptionSheet(**{**about, **told})


def invoice(**told: Any) -> InvoiceSheet:
    about: dict[str, Any] = dict.fromkeys(InvoiceSheet.model_fields)
    about |= {"id": 4, "status": "paid", "currency": "EUR", "amount_due": 2900, "amount_paid": 0}
    about |= {"period_start": BEGAN, "period_end": ENDS, "created_at": BEGAN}
    return InvoiceSheet(**{**about, **told})


@pytest.mark.parametrize(
    ("cents", "currency", "shown"),
    [
        (2900, "EUR", "29.00 EUR"),
        (5, "USD", "0.05 USD"),
        (129_000, "USD", "1,290.00 USD"),
        (-2900, "EUR", "-29.00 EUR"),
        (4500, "JPY", "4,500 JPY"),
    ],
)
def test_amounts_are_those_of_their_currency(cents: int, currency: str, shown: str) -> None:
    assert amount(cents, currency) == shown


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "http://invoice.stripe.com/i/1",
        "http://127.0.0.1:8750/api/projects",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://[broken",
        "//invoice.stripe.com/i/1",
    ],
)
def test_what_is_no_encrypted_page_is_not_opened(address: str | None) -> None:
    assert secure(address) == ""
    line = invoice_line(invoice(hosted_url=address, pdf_url=address))
    assert (line.page, line.pdf) == ("", "")


def test_an_invoice_leads_to_its_page_and_its_file() -> None:
    page, pdf = "https://invoice.stripe.com/i/1", "https://pay.stripe.com/i/1/pdf"
    line = invoice_line(invoice(hosted_url=page, pdf_url=pdf))
    assert (line.page, line.pdf, line.amount, line.tone) == (page, pdf, "29.00 EUR", "success")
    assert (line.begins, line.ends) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_subscription_says_what_it_costs_and_until_when() -> None:
    paid = payment(subscription())
    assert paid is not None
    assert (paid.amount, paid.interval, paid.until, paid.renews) == (
        "29.00 EUR",
        "month",
        date(2026, 3, 31),
        True,
    )
    trial = payment(subscription(status="trialing"))
    assert not paid.trial and trial is not None and trial.trial
    cancelled = payment(subscription(canceled_at=BEGAN))
    assert cancelled is not None and not cancelled.renews


def test_without_a_subscription_nothing_is_paid() -> None:
    assert payment(None) is None
    assert payment(subscription(status="canceled")) is None
