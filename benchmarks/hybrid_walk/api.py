"""Somebody who asks an API, a server's or that of a desktop."""

import json
import time
from typing import Any

import httpx

from benchmarks.hybrid_walk.seeing import Missed
from tests.factories.stripe import signature


class Api:
    """Requests at one address, in the name of a token, in one organization."""

    def __init__(self, address: str, token: str = "", organization: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"X-Organization": organization} if organization else {}
        self.address = address
        self._client = httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False)

    def close(self) -> None:
        """Keep no connection."""
        self._client.close()

    def ask(self, method: str, path: str, **fields: Any) -> Any:
        """The `data` of an answer, which must be a good one."""
        answer = self._client.request(method, path, json=fields or None)
        if answer.is_error:
            raise Missed(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()["data"]

    def refusal(self, method: str, path: str, **fields: Any) -> str:
        """What is said instead of doing it."""
        answer = self._client.request(method, path, json=fields or None)
        if not answer.is_error:
            raise Missed(f"{method} {path} was not refused")
        return str(answer.json()["error"]["message"])

    def tell_of(self, event: dict[str, Any], secret: str) -> int:
        """Send an event as Stripe does, signed with the secret; the status of the answer."""
        payload = json.dumps(event)
        headers = {"Stripe-Signature": signature(payload, time.time(), secret)}
        answer = self._client.post("/api/webhooks/stripe", content=payload, headers=headers)
        return answer.status_code

    def says_why(self, activity_id: int) -> str:
        """Listen to a run until it says why it waits."""
        with self._client.stream("GET", f"/api/activities/{activity_id}/stream") as answer:
            for line in answer.iter_lines():
                data = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if why := data.get("data", {}).get("restart"):
                    return str(why)
        raise Missed("the run has ended without a word why it waits")
