"""The form of a campaign: amounts and dates as people type them."""

from datetime import date
from decimal import Decimal

import pytest

from marketer_desktop.ui.pages.project.campaign_form import (
    CampaignForm,
    amount_of,
    amount_text,
    form_of,
)
from tests.factories.project_views import make_campaign


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200", "1200"),
        (" 1,200 ", "1200"),
        ("1 200.50", "1200.50"),
        ("12,345,678.9", "12345678.9"),
        ("1.200,50", None),
        ("12,00", None),
        ("-5", None),
        ("many", None),
        ("", None),
        ("100000000", None),
    ],
)
def test_amounts(text: str, amount: str | None) -> None:
    assert amount_of(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(("amount", "text"), [("1200.00", "1,200"), ("1200.5", "1,200.50")])
def test_an_amount_that_was_written_is_read_as_it_was(amount: str, text: str) -> None:
    assert amount_text(Decimal(amount)) == text
    assert amount_of(text) == Decimal(amount)


def test_problems_are_named_by_their_field() -> None:
    form = CampaignForm(
        name=" ", start=date(2026, 3, 2), end=date(2026, 3, 1), budget="much", start_read=False
    )
    assert form.problems() == {
        "name": "missing",
        "start": "no_date",
        "end": "order",
        "budget": "amount",
    }
    assert CampaignForm(name="x" * 256).problems() == {"name": "long"}


def test_a_form_gives_back_the_campaign_it_was_made_of() -> None:
    campaign = make_campaign(4, "Launch").model_copy(
        update={"budget_amount": Decimal("99.50"), "goal": "Sell", "status": "paused"}
    )
    form = form_of(campaign)
    assert form.problems() == {}
    fields = form.fields()
    assert (fields.name, fields.goal, fields.budget_amount) == ("Launch", "Sell", Decimal("99.50"))
    assert (fields.status, fields.budget_currency, fields.start_date) == ("paused", "EUR", None)
