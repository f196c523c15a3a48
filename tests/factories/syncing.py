"""A desktop that syncs, as far as a server sees it: it asks, applies and pushes."""

from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx

Row = dict[str, Any]


class Desktop:
    """The copy that a client of the API has, by kind and `sync_id`; tombstones take rows away."""

    def __init__(self, client: httpx.AsyncClient, limit: int = 200) -> None:
        self._client, self._limit = client, limit
        self.client_id = uuid4()
        self.cursor: str | None = None
        self.rows: dict[tuple[str, str], Row] = {}
        self.told: list[tuple[str, bool]] = []  # in the order in which it came, and if it was gone
        self._seqs = count(1)

    async def pull(self) -> None:
        """Fetch and apply all that has changed."""
        while await self.pull_page():
            pass

    async def pull_page(self) -> bool:
        """Fetch and apply one page; whether there is more."""
        params: dict[str, Any] = {"limit": self._limit}
        if self.cursor is not None:
            params["cursor"] = self.cursor
        answer = await self._client.get("/api/sync/changes", params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()["data"]
        for change in page["changes"]:
            self._apply(change)
        self.cursor = page["cursor"]
        return bool(page["has_more"])

    def _apply(self, change: Row) -> None:
        key = (change["entity"], change["sync_id"])
        self.told.append((change["entity"], change["deleted"]))
        if change["deleted"]:
            self.rows.pop(key, None)
            return
        for name in ("organization", "project", "campaign", "activity"):
            above = change["data"].get(name)
            assert above is None or (name, above) in self.rows, f"{key} comes before its {name}"
        self.rows[key] = change

    def of(self, entity: str) -> list[Row]:
        """The data of all rows of a kind."""
        return [row["data"] for (kind, _), row in self.rows.items() if kind == entity]

    def version(self, entity: str, sync_id: str) -> int:
        """The version of a row."""
        return int(self.rows[(entity, sync_id)]["version"])

    def mutation(
        self, entity: str, sync_id: UUID | str, base: int = 0, /, **fields: Any
    ) -> dict[str, Any]:
        """The next change of this client."""
        return {
            "seq": next(self._seqs),
            "entity": entity,
            "sync_id": str(sync_id),
            "base_version": base,
            "fields": fields,
        }

    async def push(self, *mutations: Row, key: UUID | None = None) -> dict[str, Any]:
        """Send changes; what was answered."""
        answer = await self.send(*mutations, key=key)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["data"])

    async def send(self, *mutations: Row, key: UUID | None = None) -> httpx.Response:
        """Send changes, whatever is answered."""
        return await self._client.post(
            "/api/sync/push",
            json={"client_id": str(self.client_id), "mutations": list(mutations)},
            headers={"Idempotency-Key": str(key or uuid4())},
        )
