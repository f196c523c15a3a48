"""The API of one desktop answers programs of this computer that know the token of this launch."""

import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from starlette.types import Message, Receive, Scope, Send

from marketer_desktop.api.app import create_app
from marketer_desktop.api.hardening import Hardening, LocalAccess
from marketer_desktop.api.limits import limited_by_address
from marketer_desktop.observability.request_context import request_context
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.launch_file import announced, new_token

PORT = 8123
OURS = f"127.0.0.1:{PORT}"
HOSTS = {
    OURS: True,
    f"localhost:{PORT}": True,
    f"LOCALHOST:{PORT}": True,
    f"[::1]:{PORT}": True,
    "127.0.0.1": False,
    "127.0.0.1:8124": False,
    f"evil.example:{PORT}": False,
    f"127.0.0.1.evil.example:{PORT}": False,
    f"0.0.0.0:{PORT}": False,
    "": False,
}
ORIGINS = {
    None: True,
    f"http://{OURS}": True,
    f"http://localhost:{PORT}": True,
    "null": False,
    "http://evil.example": False,
    f"https://{OURS}": False,
    "http://127.0.0.1:8124": False,
    "chrome-extension://abcdef": False,
}
KINDS = {
    "application/json": True,
    "application/json; charset=utf-8": True,
    "text/plain": False,
    "application/x-www-form-urlencoded": False,
    "multipart/form-data; boundary=x": False,
    "application/jsonp": False,
    None: False,
}
# What needs no token: it says nothing of anybody, or takes a password, link or signature instead.
OPEN = {"/health", "/ready", "/metrics", "/docs", "/openapi.json", "/api/auth/ways"}
BY_OTHER_PROOF = {
    "/api/login",
    "/api/auth/token",
    "/api/auth/id-token",
    "/api/token/refresh",
    "/api/password/forgotten",
    "/api/password/{token}",
    "/api/invitations/{token}",
    "/api/invitations/{token}/accept",
    "/api/webhooks/stripe",
}
PAGES = {"/sign-in", "/invitations/{token}", "/password/{token}"}  # of a server: they take forms
TOKEN = "the-token-of-this-launch"


async def _reached(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says it was reached."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def asked(
    method: str = "GET", path: str = "/api/projects", body: bytes = b"", **headers: str | None
) -> int:
    """The status that the middleware lets through, or refuses with."""
    given = {"host": OURS, **headers}
    sent = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in given.items()
        if value is not None
    ]
    if body:
        sent.append((b"content-length", str(len(body)).encode()))
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    scope = {"type": "http", "method": method, "path": path, "headers": sent}
    with in_a_request():
        await Hardening(_reached, LocalAccess(PORT, TOKEN))(scope, receive, send)
    return int(told[0]["status"])


@contextmanager
def in_a_request() -> Iterator[None]:
    token = request_context.set({"request_id": str(uuid4())})
    yield
    request_context.reset(token)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("host", HOSTS)
async def test_only_our_own_names_are_answered(host: str, origin: str | None) -> None:
    allowed = HOSTS[host] and ORIGINS[origin]
    assert await asked(host=host, origin=origin) == (204 if allowed else 403)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("kind", KINDS)
async def test_only_json_changes_something(kind: str | None, method: str) -> None:
    status = await asked(method, body=b"{}", content_type=kind)
    assert status == (204 if KINDS[kind] else 415)


async def test_a_body_of_unknown_length_is_a_body() -> None:
    assert await asked("POST", transfer_encoding="chunked") == 415


async def test_what_has_no_body_needs_no_type() -> None:
    assert await asked("DELETE") == 204


async def test_documents_are_uploaded_as_forms_and_nothing_else_is() -> None:
    form = "multipart/form-data; boundary=x"
    assert await asked("POST", "/api/documents", b"x", content_type=form) == 204
    assert await asked("POST", "/api/documents/7/tags", b"x", content_type=form) == 415


async def test_two_hosts_are_one_too_many() -> None:
    access = LocalAccess(PORT, TOKEN)
    headers = [(b"host", OURS.encode()), (b"host", OURS.encode())]
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    with in_a_request():
        await Hardening(_reached, access)(scope, cast(Any, None), send)
    assert told[0]["status"] == 403


@pytest.mark.parametrize(
    ("host", "origin", "reached"),
    [(OURS, f"http://{OURS}", True), (OURS, "http://evil.example", False), ("evil:1", None, False)],
)
async def test_a_socket_is_held_to_the_same(host: str, origin: str | None, reached: bool) -> None:
    came: list[str] = []
    told: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        came.append(scope["path"])

    async def send(message: Message) -> None:
        told.append(message)

    names = {"host": host, "origin": origin}
    headers = [(name.encode(), value.encode()) for name, value in names.items() if value]
    scope = {"type": "websocket", "path": "/agent/connect", "headers": headers}
    with in_a_request():
        await Hardening(app, LocalAccess(PORT, TOKEN))(scope, cast(Any, None), send)
    assert bool(came) == reached
    assert [m["type"] for m in told] == ([] if reached else ["websocket.close"])


@pytest.mark.parametrize("authorization", [None, "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
async def test_every_route_wants_the_token_of_this_launch(
    authorization: str | None, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, token_secret="s" * 32)
    parts = cast(Parts, SimpleNamespace(settings=settings, data_dir=tmp_path))
    app = create_app(parts, LocalAccess(PORT, TOKEN))
    assert not PAGES & {route.path for route in iter_route_contexts(app.routes)}
    app.dependency_overrides[limited_by_address] = lambda: None  # it counts in the database
    headers = {"Authorization": authorization} if authorization else {}
    transport = httpx.ASGITransport(app)
    wrong: list[tuple[str, str, int]] = []
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{OURS}") as client:
        for path, methods in app.openapi()["paths"].items():
            if path in OPEN | BY_OTHER_PROOF:
                continue
            for method in methods:
                answer = await client.request(
                    method.upper(), re.sub(r"\{\w+\}", "1", path), headers=headers, json={}
                )
                if answer.status_code != 401:
                    wrong.append((method, path, answer.status_code))
    assert wrong == []


def test_the_token_is_compared_whole() -> None:
    access = LocalAccess(PORT, TOKEN)
    assert access.is_launch_token(TOKEN)
    assert not any(access.is_launch_token(each) for each in ("", TOKEN[:-1], f"{TOKEN}é", "\udcff"))


def test_the_launch_file_is_for_its_user_only(tmp_path: Path) -> None:
    (tmp_path / "api.tmp").write_text("left by a crash")
    with announced(tmp_path, "http://127.0.0.1:1", TOKEN) as path:
        assert json.loads(path.read_text())["token"] == TOKEN
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.exists()
    assert new_token() != new_token()
