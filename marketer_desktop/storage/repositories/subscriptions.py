"""Subscriptions of organizations, as Stripe tells of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import InvoiceRow, OrganizationRow, SubscriptionRow


class Subscriptions:
    """What organizations have subscribed to, also what has ended."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def payer(
        self, subscription: str | None, customer: str, organization_id: int | None
    ) -> OrganizationRow | None:
        """Whose subscription or customer it is in Stripe, else the organization that it names.

        The organization is held until the transaction ends.
        """
        ways: list[ColumnElement[bool]] = [OrganizationRow.stripe_customer_id == customer]
        if subscription is not None:
            of_subscription = select(SubscriptionRow.organization_id).where(
                SubscriptionRow.stripe_subscription_id == subscription
            )
            ways.insert(0, OrganizationRow.id.in_(of_subscription))
        if organization_id is not None:
            ways.append(OrganizationRow.id == organization_id)
        for way in ways:
            found: OrganizationRow | None = await self._session.scalar(
                select(OrganizationRow)
                .where(way)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
            if found is not None:
                return found
        return None

    async def get(self, stripe_subscription_id: str) -> SubscriptionRow | None:
        """The subscription of this number in Stripe."""
        found: SubscriptionRow | None = await self._session.scalar(
            select(SubscriptionRow).where(
                SubscriptionRow.stripe_subscription_id == stripe_subscription_id
            )
        )
        return found

    async def save(self, values: dict[str, Any]) -> SubscriptionRow:
        """Add a subscription, or write all of it anew; invoices that came before are its own."""
        told = insert(SubscriptionRow).values(values)
        row: SubscriptionRow | None = await self._session.scalar(
            told.on_conflict_do_update(
                index_elements=[SubscriptionRow.stripe_subscription_id], set_=values
            ).returning(SubscriptionRow),
            execution_options={"populate_existing": True},
        )
        assert row is not None
        await self._session.execute(
            update(InvoiceRow)
            .where(
                InvoiceRow.organization_id == row.organization_id,
                InvoiceRow.stripe_subscription_id == row.stripe_subscription_id,
                InvoiceRow.subscription_id.is_(None),
            )
            .values(subscription_id=row.id)
            .execution_options(synchronize_session=False)
        )
        return row

    async def of_organization(self, organization_id: int) -> Sequence[SubscriptionRow]:
        """All of an organization, the one whose period ends last first."""
        found = await self._session.scalars(
            select(SubscriptionRow)
            .where(SubscriptionRow.organization_id == organization_id)
            .order_by(SubscriptionRow.current_period_end.desc(), SubscriptionRow.id.desc())
        )
        return found.all()
