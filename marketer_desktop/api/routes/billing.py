"""What an organization pays for."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.billing_page import (
    Billing,
    InvoicePage,
    ShowInvoicePage,
    ShowSubscription,
)

router = EnvelopeRouter(prefix="/api/billing", tags=["billing"])


@router.get("/subscription")
async def show_subscription(who: AsMember) -> Billing:
    """The plan with its limits, and the subscription that pays for it."""
    return await who.call(ShowSubscription())


@router.get("/invoices")
async def list_invoices(asked: Annotated[ShowInvoicePage, Query()], who: AsMember) -> InvoicePage:
    """The organization's invoices, newest first."""
    return await who.call(asked)
