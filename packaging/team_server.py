"""A real team server beside the photographed window, and a colleague who works on it."""

import hmac
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

BOSS, ADA, PASSWORD = "bo@example.com", "ada@example.com", "fresh coffee every day"
SLUG, STRIPE = "kestrow-cafes", "whsec_pictures"
NOW = int(time.time())
MONTH = 30 * 24 * 60 * 60


class Colleague:
    """Works on the server itself, as another desktop would."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        token = self.ask("POST", "/api/login", email=BOSS, password=PASSWORD)["token"]
        self._client.headers["Authorization"] = f"Bearer {token}"
        self._client_id, self._seq = str(uuid4()), 0
        self._rows: dict[str, Any] = {}
        self._cursor: str | None = None

    def ask(self, method: str, path: str, **fields: Any) -> Any:
        """One request, which must go well."""
        answer = self._client.request(method, path, json=fields or None)
        answer.raise_for_status()
        return answer.json()["data"]

    def invite_ada(self) -> None:
        """An organization that she belongs to."""
        made = self.ask("POST", "/api/organizations", name="Kestrow Cafés", slug=SLUG)
        self._client.headers["X-Organization"] = SLUG
        self.organization = f"/api/organizations/{made['id']}"
        self._pay(made["id"])
        members = f"{self.organization}/members"
        link = self.ask("POST", members, email=ADA, role="admin")["link"]
        accept = f"/api/invitations/{link.rsplit('/', 1)[1]}/accept"
        guest = httpx.Client(base_url=self._client.base_url, timeout=60, trust_env=False)
        guest.post(accept, json={"name": "Ada Bright", "password": PASSWORD}).raise_for_status()

    def _pay(self, number: int) -> None:
        """What Stripe tells of a month that is paid."""
        price = {"id": "price_1", "unit_amount": 2900, "recurring": {"interval": "month"}}
        period = {"current_period_start": NOW, "current_period_end": NOW + MONTH}
        about = {"customer": "cus_1", "currency": "eur"}
        subscription = {
            "id": "sub_1",
            "status": "active",
            "metadata": {"organization_id": str(number)},
            "items": {"data": [{"quantity": 1, "price": price, **period}]},
        }
        amounts = {"amount_due": 2900, "amount_paid": 2900}
        invoice = {"id": "in_1", "status": "paid", "period_start": NOW, "period_end": NOW + MONTH}
        self._tell("customer.subscription.created", about | subscription)
        self._tell("invoice.paid", about | invoice | amounts)

    def _tell(self, kind: str, told: dict[str, Any]) -> None:
        body = {"id": f"evt_{told['id']}", "type": kind, "created": NOW, "data": {"object": told}}
        payload, at = json.dumps(body), int(time.time())
        signed = hmac.new(STRIPE.encode(), f"{at}.{payload}".encode(), "sha256").hexdigest()
        header = {"Stripe-Signature": f"t={at},v1={signed}"}
        answer = self._client.post("/api/webhooks/stripe", content=payload, headers=header)
        answer.raise_for_status()

    def row(self, entity: str, **fields: Any) -> Any:
        """A row that syncs, as it stands now; None while there is none."""
        while True:
            params = {"cursor": self._cursor} if self._cursor else {}
            page = self._client.get("/api/sync/changes", params=params).json()["data"]
            self._rows |= {change["sync_id"]: change for change in page["changes"]}
            self._cursor = page["cursor"]
            if not page["has_more"]:
                break
        found = [each for each in self._rows.values() if each["entity"] == entity]
        there = [each for each in found if not each["deleted"]]
        wanted = fields.items()
        return next((each for each in there if wanted <= each["data"].items()), None)

    def change(self, row: Any, **fields: Any) -> None:
        """Change it there."""
        self._seq += 1
        mutation = {
            "seq": self._seq,
            "entity": row["entity"],
            "sync_id": row["sync_id"],
            "base_version": row["version"],
            "fields": fields,
        }
        body = {"client_id": self._client_id, "mutations": [mutation]}
        key = {"Idempotency-Key": str(uuid4())}
        answer = self._client.post("/api/sync/push", json=body, headers=key)
        answer.raise_for_status()


@contextmanager
def team_server(folder: Path) -> Iterator[str]:
    """Its address; it ends with the block."""
    environment = {
        **os.environ,
        "MARKETER_DATA_DIR": str(folder),
        "MARKETER_ADMIN_PASSWORD": PASSWORD,
        "MARKETER_STRIPE_WEBHOOK_SECRET": STRIPE,
        "MARKETER_STRIPE_PRICES": '{"price_1": "pro"}',
    }
    folder.parent.chmod(0o711)  # PostgreSQL's user has to come through
    words = ["serve", "--role", "server", "--port", "0", "--create-admin", BOSS]
    process = subprocess.Popen(
        [sys.executable, "-m", "marketer_desktop", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(60)
