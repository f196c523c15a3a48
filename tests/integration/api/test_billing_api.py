"""What an organization pays for, as its members see it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from marketer_desktop.services.parts import Parts
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


async def bill(parts: Parts, organization_id: int, number: int, **values: Any) -> None:
    async with parts.database.unit_of_work() as work:
        await work.invoices.save(
            {
                "organization_id": organization_id,
                "stripe_invoice_id": f"in_{organization_id}_{number}",
                "stripe_pdf_url": "https://pay.stripe.com/invoice/1/pdf",
                "amount_due": 100 * number,
                "status": "open",
                "period_start": BEGAN + timedelta(days=number),
                "period_end": BEGAN + timedelta(days=number),
            }
        )
        await work.commit()


async def test_without_a_subscription_there_is_the_plan(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.get("/api/billing/subscription")
    assert answer.status_code == 200
    assert answer.json()["data"] == {
        "plan": "pro",
        "plan_started_at": None,
        "plan_expires_at": None,
        "max_users": 10,
        "max_projects": 50,
        "max_storage_gb": 5,
        "requests_per_day": 100,
        "subscription": None,
    }


async def test_the_subscription_is_shown(parts: Parts, owner: Teammate) -> None:
    async with parts.database.unit_of_work() as work:
        row = await work.subscriptions.save(
            {
                "organization_id": owner.organization_id,
                "stripe_subscription_id": "sub_1",
                "stripe_customer_id": "cus_1",
                "stripe_price_id": "price_1",
                "plan": "pro",
                "status": "past_due",
                "amount": 2900,
                "interval": "year",
                "current_period_start": BEGAN,
                "current_period_end": BEGAN + timedelta(days=365),
            }
        )
        await work.commit()
    async with client_of(parts, owner) as client:
        answer = await client.get("/api/billing/subscription")
    assert answer.json()["data"]["subscription"] == {
        "id": row.id,
        "plan": "pro",
        "status": "past_due",
        "currency": "USD",
        "amount": 2900,
        "interval": "year",
        "current_period_start": "2026-11-01T00:00:00Z",
        "current_period_end": "2027-11-01T00:00:00Z",
        "trial_start": None,
        "trial_end": None,
        "canceled_at": None,
        "ended_at": None,
    }


async def test_invoices_come_in_pages_newest_first_and_only_ones_own(
    parts: Parts, owner: Teammate
) -> None:
    other, _ = await add_organization(parts, "Somebody Else")
    await bill(parts, other, 9)
    for number in (2, 3, 1):
        await bill(parts, owner.organization_id, number)
    async with client_of(parts, owner) as client:
        data = (await client.get("/api/billing/invoices?per_page=2")).json()["data"]
        rest = (await client.get("/api/billing/invoices?per_page=2&page=2")).json()["data"]
    assert data["pagination"] == {"total": 3, "page": 1, "per_page": 2, "pages": 2}
    assert [each["amount_due"] for each in data["invoices"] + rest["invoices"]] == [300, 200, 100]
    first = data["invoices"][0]
    assert first["pdf_url"] == "https://pay.stripe.com/invoice/1/pdf"
    assert (first["status"], first["period_start"]) == ("open", "2026-11-04T00:00:00Z")


async def test_who_may_see_it(parts: Parts, organization: tuple[int, str]) -> None:
    for role, status in (("admin", 200), ("member", 403), ("viewer", 403)):
        teammate = await add_teammate(parts, f"{role}@example.com", organization, role)
        async with client_of(parts, teammate) as client:
            for path in ("subscription", "invoices"):
                assert (await client.get(f"/api/billing/{path}")).status_code == status, role
