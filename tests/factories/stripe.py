"""Stripe for tests: its events, as its documentation shows them, and its signature."""

import hmac
import json
import time
from hashlib import sha256
from typing import Any

import httpx

SECRET = "whsec_test"
PRO, ENTERPRISE = "price_pro", "price_enterprise"
PRICES = {PRO: "pro", ENTERPRISE: "enterprise"}
BEGAN = 1_760_000_000
MONTH = 30 * 24 * 60 * 60


def signature(payload: str, at: float, secret: str = SECRET) -> str:
    """The header that signs a payload."""
    signed = hmac.new(secret.encode(), f"{int(at)}.{payload}".encode(), sha256).hexdigest()
    return f"t={int(at)},v1={signed},v0=other"


def subscription(price: str = PRO, **changes: Any) -> dict[str, Any]:
    """A subscription, as it has been since March 2025."""
    return {
        "id": "sub_1",
        "object": "subscription",
        "customer": "cus_1",
        "status": "active",
        "currency": "usd",
        "metadata": {},
        "items": {
            "object": "list",
            "data": [
                {
                    "id": "si_1",
                    "quantity": 2,
                    "price": {
                        "id": price,
                        "unit_amount": 2900,
                        "recurring": {"interval": "month"},
                    },
                    "current_period_start": BEGAN,
                    "current_period_end": BEGAN + MONTH,
                }
            ],
        },
        "trial_start": None,
        "trial_end": None,
        "canceled_at": None,
        "ended_at": None,
        **changes,
    }


def invoice(**changes: Any) -> dict[str, Any]:
    """An invoice of that subscription."""
    return {
        "id": "in_1",
        "object": "invoice",
        "customer": "cus_1",
        "status": "open",
        "currency": "usd",
        "amount_due": 5800,
        "amount_paid": 0,
        "period_start": BEGAN,
        "period_end": BEGAN,
        "due_date": None,
        "hosted_invoice_url": "https://invoice.stripe.com/i/1",
        "invoice_pdf": "https://pay.stripe.com/invoice/1/pdf",
        "status_transitions": {"paid_at": None},
        "parent": {"subscription_details": {"subscription": "sub_1", "metadata": {}}},
        "lines": {"data": [{"pricing": {"price_details": {"price": PRO}}}]},
        **changes,
    }


def event(
    kind: str,
    told: dict[str, Any],
    created: int = BEGAN,
    number: str | None = None,
    previous: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An event; without a number it has one of its own."""
    data = {"object": told} | ({"previous_attributes": previous} if previous else {})
    number = number or "evt_" + sha256(json.dumps([kind, data, created]).encode()).hexdigest()[:24]
    return {"id": number, "object": "event", "type": kind, "created": created, "data": data}


async def send(client: httpx.AsyncClient, told: dict[str, Any]) -> httpx.Response:
    """Send an event as Stripe does."""
    payload = json.dumps(told)
    return await client.post(
        "/api/webhooks/stripe",
        content=payload,
        headers={
            "Stripe-Signature": signature(payload, time.time()),
            "Content-Type": "application/json; charset=utf-8",
        },
    )
