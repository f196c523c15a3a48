"""Invoices to organizations, as Stripe tells of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import InvoiceRow


class Invoices:
    """What organizations were billed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, stripe_invoice_id: str) -> InvoiceRow | None:
        """The invoice of this number in Stripe."""
        found: InvoiceRow | None = await self._session.scalar(
            select(InvoiceRow).where(InvoiceRow.stripe_invoice_id == stripe_invoice_id)
        )
        return found

    async def save(self, values: dict[str, Any]) -> InvoiceRow:
        """Add an invoice, or write all of it anew."""
        told = insert(InvoiceRow).values(values)
        row: InvoiceRow | None = await self._session.scalar(
            told.on_conflict_do_update(
                index_elements=[InvoiceRow.stripe_invoice_id], set_=values
            ).returning(InvoiceRow),
            execution_options={"populate_existing": True},
        )
        assert row is not None
        return row

    async def page(
        self, organization_id: int, offset: int, limit: int
    ) -> tuple[int, Sequence[InvoiceRow]]:
        """How many invoices an organization has, and some of them, newest first."""
        listed = InvoiceRow.organization_id == organization_id
        total = await self._session.scalar(
            select(func.count()).select_from(InvoiceRow).where(listed)
        )
        found = await self._session.scalars(
            select(InvoiceRow)
            .where(listed)
            .order_by(InvoiceRow.period_start.desc(), InvoiceRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return total or 0, found.all()
