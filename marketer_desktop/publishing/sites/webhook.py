"""A webhook: the whole text as signed JSON, for whatever else takes texts."""

import json
import time
from typing import Any
from uuid import uuid5

import httpx

from marketer_desktop.domain.publishing import web_address
from marketer_desktop.publishing.sites.inline_images import with_pictures_inside
from marketer_desktop.publishing.sites.post import Checked, Order, Placed, Post, Steps
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.wire import SiteWire
from marketer_desktop.system.signing import signature

SIGNATURE, KEY = "X-Marketer-Signature", "Idempotency-Key"
REFUSED = "{host} does not take the secret of this webhook (HTTP {status}). Give it again."
FORBIDDEN = "{host} does not allow this webhook to be called (HTTP {status})."
MISSING = "There is nothing at this address of {host} (HTTP {status}). Check the address."
OTHER = "{host} did not take the text (HTTP {status}). See its log for why."
UNSEEN = "A webhook is not asked how a text stands."


class Webhook:
    """Sends each order under a key of its own: a receiver that knows it already drops it."""

    def __init__(self, wire: SiteWire, secret: str) -> None:
        self._wire, self._secret = wire, secret

    async def check(self) -> Checked:
        """Send a ping, signed as texts are."""
        await self._post({"event": "ping"}, {})
        return Checked(self._wire.host)

    async def send(self, post: Post, order: Order, steps: Steps) -> Placed:
        """The text in one request; the receiver may answer with the address that it gave it."""
        steps.tell(1, 1)
        key = str(uuid5(order.key, str(order.number)))
        answer = await self._post(_payload(post, order), {KEY: key})
        url = _address_in(answer)
        return Placed(str(order.key), url, "draft" if order.as_draft else "published")

    async def look(self, placed: str) -> Placed:
        """Nobody knows."""
        raise SiteProblem("answer", UNSEEN)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._wire.close()

    async def _post(self, payload: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
        body = json.dumps(payload, ensure_ascii=False).encode()
        signed = {SIGNATURE: signature(body, self._secret, int(time.time()))}
        told = {"Content-Type": "application/json", **signed, **headers}
        answer = await self._wire.send("POST", self._wire.address, content=body, headers=told)
        if not answer.is_success:
            raise self._refusal(answer.status_code)
        return answer

    def _refusal(self, status: int) -> SiteProblem:
        host = self._wire.host
        if status == 401:
            return SiteProblem("password", REFUSED.format(host=host, status=status))
        if status == 403:
            return SiteProblem("permission", FORBIDDEN.format(host=host, status=status))
        if status in (404, 405, 410):
            return SiteProblem("address", MISSING.format(host=host, status=status))
        return SiteProblem("answer", OTHER.format(host=host, status=status))


def _payload(post: Post, order: Order) -> dict[str, Any]:
    return {
        "event": "content.draft" if order.as_draft else "content.published",
        "id": str(order.key),
        "order": order.number,
        "activity_id": post.activity_id,
        "revision": post.revision,
        "type": post.type,
        "language": post.language,
        "title": post.title,
        "slug": post.slug,
        "description": post.description,
        "keyphrase": post.keyphrase,
        "tags": list(post.tags),
        "categories": list(post.categories),
        "markdown": post.markdown,
        "html": with_pictures_inside(post.html, post.pictures),
    }


def _address_in(answer: httpx.Response) -> str | None:
    """The `url` that the receiver names, if it is one of the web."""
    try:
        return web_address(answer.json()["url"])
    except (ValueError, KeyError, TypeError):
        return None
