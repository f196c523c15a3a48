"""A real team server beside the photographed window, and a colleague who works on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

BOSS, ADA, PASSWORD = "bo@example.com", "ada@example.com", "fresh coffee every day"
SLUG = "kestrow-cafes"


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
        made = self.ask("POST", "/api/organizations", name="Kestrow Cafés", slug=SLUG, plan="pro")
        self._client.headers["X-Organization"] = SLUG
        members = f"/api/organizations/{made['id']}/members"
        link = self.ask("POST", members, email=ADA, role="admin")["link"]
        accept = f"/api/invitations/{link.rsplit('/', 1)[1]}/accept"
        guest = httpx.Client(base_url=self._client.base_url, timeout=60, trust_env=False)
        guest.post(accept, json={"name": "Ada Bright", "password": PASSWORD}).raise_for_status()

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
