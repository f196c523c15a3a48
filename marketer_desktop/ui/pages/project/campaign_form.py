"""What a person says about a campaign, and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from marketer_desktop.services.campaigns import CampaignFields
from marketer_desktop.services.projects import CampaignDetails

LONGEST_NAME = 255
MOST = Decimal("99999999.99")
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY")
_AMOUNT = re.compile(r"\d{1,3}(,\d{3})*(\.\d{1,2})?|\d+(\.\d{1,2})?")

Problem = Literal["missing", "long", "no_date", "order", "amount"]


@dataclass
class CampaignForm:
    """The fields as they are typed; `start_read` is False for a text that is no day."""

    name: str = ""
    goal: str = ""
    audience: str = ""
    start: date | None = None
    end: date | None = None
    start_read: bool = True
    end_read: bool = True
    budget: str = ""
    currency: str = "EUR"
    status: str = "active"

    def problems(self) -> dict[str, Problem]:
        """What is wrong, by the name of the field."""
        found: dict[str, Problem] = {}
        if not self.name.strip():
            found["name"] = "missing"
        elif len(self.name.strip()) > LONGEST_NAME:
            found["name"] = "long"
        if not self.start_read:
            found["start"] = "no_date"
        if not self.end_read:
            found["end"] = "no_date"
        elif self.start and self.end and self.end < self.start:
            found["end"] = "order"
        if self.budget.strip() and amount_of(self.budget) is None:
            found["budget"] = "amount"
        return found

    def fields(self) -> CampaignFields:
        """The fields to save; only without problems."""
        return CampaignFields(
            name=self.name,
            goal=self.goal,
            target_audience=self.audience,
            start_date=self.start,
            end_date=self.end,
            budget_amount=amount_of(self.budget),
            budget_currency=self.currency,
            status=self.status,  # type: ignore[arg-type]  # pydantic looks at it
        )


def form_of(campaign: CampaignDetails) -> CampaignForm:
    """The form of a campaign as it stands."""
    return CampaignForm(
        name=campaign.name,
        goal=campaign.goal or "",
        audience=campaign.target_audience or "",
        start=campaign.start_date,
        end=campaign.end_date,
        budget="" if campaign.budget_amount is None else amount_text(campaign.budget_amount),
        currency=campaign.budget_currency,
        status=campaign.status,
    )


def amount_of(text: str) -> Decimal | None:
    """The amount in a text such as *1,200* or *1200.50*; None for nothing and for no amount."""
    plain = text.strip().replace(" ", "")
    if not _AMOUNT.fullmatch(plain):
        return None
    amount = Decimal(plain.replace(",", ""))
    return amount if amount <= MOST else None


def amount_text(amount: Decimal) -> str:
    """The amount with its cents, if it has any."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
