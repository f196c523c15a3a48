"""A receiver of webhooks for tests: checks the signature, and takes each order once."""

import hmac
import json
import re
import time
from hashlib import sha256
from typing import Any

from tests.fakes.web_site import Request, Response, WebSite, json_response

SIGNED = re.compile(r"t=(\d+),v1=([0-9a-f]{64})")
SECONDS = 300


class WebhookReceiver(WebSite):
    """`taken` has the texts by the keys of their orders; a key that is known is answered as before.

    Without `knows_keys` it takes whatever comes, as a careless receiver does.
    """

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = secret
        self.knows_keys = True
        self.pings = 0
        self.taken: list[tuple[str, dict[str, Any]]] = []

    def respond(self, request: Request) -> Response:
        """Take a text, or a ping."""
        if not self._is_signed(request):
            return json_response({"error": "signature"}, 401)
        told = json.loads(request.body)
        if told["event"] == "ping":
            self.pings += 1
            return json_response({})
        key = str(request.headers.get("Idempotency-Key"))
        if not self.knows_keys or key not in dict(self.taken):
            self.taken.append((key, told))
        return json_response({"url": f"{self.address}/{told['slug']}/"})

    def _is_signed(self, request: Request) -> bool:
        found = SIGNED.fullmatch(str(request.headers.get("X-Marketer-Signature")))
        if found is None or abs(time.time() - int(found[1])) > SECONDS:
            return False
        text = f"{found[1]}.".encode() + request.body
        right = hmac.new(self.secret.encode(), text, sha256).hexdigest()
        return hmac.compare_digest(right, found[2])
