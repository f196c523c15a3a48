"""What syncs sees of a server: the session of an account."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

import httpx


class Server(Protocol):
    """The session of an account, as `hybrid.account` keeps it."""

    @property
    def client_id(self) -> UUID:
        """What the server calls this desktop."""

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        kind: Any,
        what: str,
    ) -> httpx.Response:
        """Any answer but 401. Raises `Unreachable`, `SignedOut`, `TokensLocked`."""
