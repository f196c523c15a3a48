"""Who may do what: every role at every endpoint, at what is theirs, a colleague's and others'.

`permission_table` says it in the specification's words. What it says is held against the one table
that the services have, and every cell against what the application answers.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from marketer_desktop.api import asking
from marketer_desktop.domain.permissions import Permission as P
from marketer_desktop.domain.permissions import Role, may
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.needed_permissions import NEEDED
from marketer_desktop.services.parts import Parts
from tests.factories.permission_table import ANYBODY, TABLE, Everybody, Row
from tests.factories.permission_worlds import ADMINISTRATOR, HIDING, World, make_worlds
from tests.factories.serving import app_of

SAMPLE: dict[str, int | str] = {"number": 1, "provider": "anthropic"}
DONE = frozenset({200, 201, 202, 204})
ASSETS = "/docs/assets"  # files of the page; anybody's
ROLES = (*Role, ADMINISTRATOR)
WORLD = re.compile(r"\bworld\d+\b")
HIDDEN = frozenset(
    {
        "project_id",
        "campaign_id",
        "activity_id",
        "document_id",
        "target_id",
        "publication_id",
    }
)
FOREIGN = HIDDEN | {"organization_id", "member_id", "key_id", "notification_id"}


class Answer(NamedTuple):
    """A status and body, and the calls that were made."""

    status: int
    text: str
    calls: list[str]


class Matrix:
    """Asks an application in the name of the people of worlds."""

    def __init__(self, client: httpx.AsyncClient, calls: list[str], by_header: set[str]) -> None:
        self._client, self._calls, self._by_header = client, calls, by_header
        self.wrong: list[str] = []

    def takes_header(self, row: Row) -> bool:
        """Whether the organization is named in a header."""
        return row.route in self._by_header

    async def ask(
        self, row: Row, world: World | None, objects: dict[str, int | str], slug: str | None = None
    ) -> Answer:
        method, path = filled(row.route, objects).split(" ", 1)
        headers = {**row.headers}
        if world is not None:
            headers["Authorization"] = f"Bearer {world.token}"
        if world is not None:
            headers["X-Organization"] = slug or world.slug
        upload = None if row.form is None else {"file": ("tea.md", b"# Tea")}
        self._calls.clear()
        answer = await self._client.request(
            method,
            path,
            params=filled(row.query, objects),
            headers=headers,
            json=with_numbers(row.json, objects),
            data=with_numbers(row.form, objects),
            files=upload,
        )
        if world is not None and not row.visited:
            self._look_for_leaks(f"{row.route}, {world.role}", world, answer.text)
        return Answer(answer.status_code, answer.text, [*self._calls])

    def expect(self, cell: str, answer: Answer, *wanted: int) -> None:
        if answer.status not in wanted:
            self.wrong.append(f"{cell}: not {sorted(wanted)} but {answer.status} {answer.text}")

    def _look_for_leaks(self, cell: str, world: World, told: str) -> None:
        """Everything there is has the name of its world in its own."""
        if HIDING in told or set(WORLD.findall(told)) - {world.slug}:
            self.wrong.append(f"{cell}: tells of what nobody there may see: {told}")


def filled(text: str, objects: dict[str, int | str]) -> str:
    for name, value in objects.items():
        text = text.replace(f"{{{name}}}", str(value).replace("@", "-at-").replace(".", "-"))
    return text


def with_numbers(value: Any, objects: dict[str, int | str]) -> Any:
    """The value, with something there is in place of each name in braces."""
    if isinstance(value, dict):
        return {name: with_numbers(each, objects) for name, each in value.items()}
    if isinstance(value, list):
        return [with_numbers(each, objects) for each in value]
    if isinstance(value, str) and value.startswith("{"):
        return objects[value.strip("{}")]
    return filled(value, objects) if isinstance(value, str) else value


def named(row: Row, names: frozenset[str]) -> Iterator[str]:
    """Which of the names the row's request has."""
    return (name for name in sorted(names) if any(f"{{{name}}}" in each for each in row.parts))


def routes_of(app: FastAPI) -> set[str]:
    """Every route, sockets and pages among them."""
    found = set()
    for route in iter_route_contexts(app.routes):
        if route.path != ASSETS:
            methods = (route.methods or {"WEBSOCKET"}) - {"HEAD"}
            found |= {f"{method} {route.path}" for method in methods}
    return found


def by_header(app: FastAPI) -> set[str]:
    """The routes whose organization is named in a header."""
    return {
        f"{method.upper()} {path}"
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if any(each["name"].lower() == "x-organization" for each in operation.get("parameters", []))
    }


def allowed(row: Row, role: str) -> bool:
    if isinstance(row.needs, Everybody):
        return True
    if role == ADMINISTRATOR:
        return may(Role.VIEWER, row.needs, administers=True)
    return may(Role(role), row.needs)


@pytest.fixture
async def open_parts(parts: Parts) -> Parts:
    """Without limits of pace, and nothing is worked on."""
    await parts.queue.pause()
    paces = {"requests_per_minute": 0, "logins_per_minute": 0}
    return replace(parts, settings=parts.settings.model_copy(update=paces))


@pytest.fixture
async def matrix(open_parts: Parts, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Matrix]:
    calls: list[str] = []

    async def noted(call: Any, *more: Any) -> Any:
        calls.append(type(call).__name__)
        return await carry_out(call, *more)

    monkeypatch.setattr(asking, "carry_out", noted)
    app = app_of(open_parts)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield Matrix(client, calls, by_header(app))


async def test_every_route_is_in_the_table(open_parts: Parts) -> None:
    assert routes_of(app_of(open_parts)) == {row.route for row in TABLE}


async def test_no_cell_of_the_matrix_is_wrong(matrix: Matrix, open_parts: Parts) -> None:
    cells = [
        (row, role)
        for row in TABLE
        for role in (ROLES if row.needs is not ANYBODY else [Role.VIEWER])
        if allowed(row, role) and not row.route.startswith("WEBSOCKET")
    ]
    own = await make_worlds(open_parts, [role for _, role in cells])  # a world each: some destroy
    shared = dict(zip(ROLES, await make_worlds(open_parts, ROLES), strict=True))
    (elsewhere,) = await make_worlds(open_parts, ["owner"])
    for row in TABLE:
        await nobody(matrix, row, shared["owner"])
        if row.needs is ANYBODY:
            continue
        for role, world in shared.items():
            if allowed(row, role):
                await others(matrix, row, role, world, elsewhere)
            else:
                await refused(matrix, row, role, world)
    for (row, role), world in zip(cells, own, strict=True):
        await done(matrix, row, role, world)
    assert not matrix.wrong, "\n".join(matrix.wrong)


async def nobody(matrix: Matrix, row: Row, world: World) -> None:
    """Without a token, and with one that is none."""
    if row.needs is ANYBODY:
        return
    objects = world.own | SAMPLE
    for who in (None, replace(world, token="none")):
        answer = await matrix.ask(row, who, objects)
        matrix.expect(f"{row.route}, nobody signed in", answer, 401)


async def refused(matrix: Matrix, row: Row, role: str, world: World) -> None:
    """One's own things, in a role that may not."""
    answer = await matrix.ask(row, world, world.own | SAMPLE)
    matrix.expect(f"{row.route}, {role}", answer, 403)
    if f'"required_permission":"{row.needs}"' not in answer.text:
        matrix.wrong.append(f"{row.route}, {role}: another permission is missing: {answer.text}")


async def others(matrix: Matrix, row: Row, role: str, world: World, elsewhere: World) -> None:
    """In a role that may: what is a colleague's alone, or another organization's, is not there."""
    places = [("hidden", HIDDEN, world.hidden), ("foreign", FOREIGN, elsewhere.own)]
    for place, names, objects in places:
        for name in named(row, names):
            asked = world.own | SAMPLE | {name: objects[name]}
            answer = await matrix.ask(row, world, asked)
            wanted = at_others(row, role, name)
            matrix.expect(f"{row.route}, {role}, {place} {name}", answer, *wanted)
    if matrix.takes_header(row):
        answer = await matrix.ask(row, world, world.own | SAMPLE, elsewhere.slug)
        matrix.expect(f"{row.route}, {role}, in another's organization", answer, 404)


def at_others(row: Row, role: str, name: str) -> frozenset[int] | set[int]:
    """How a request about what is not there for somebody ends, though they have the permission."""
    if name in row.query or (row.visited and role == ADMINISTRATOR):
        return DONE  # a filter finds nothing
    return {404}


async def done(matrix: Matrix, row: Row, role: str, world: World) -> None:
    """What one may do is done, by a call that needs what the table says."""
    signed_in = None if row.needs is ANYBODY else world
    answer = await matrix.ask(row, signed_in, world.own | SAMPLE)
    status = row.ends.get(role, row.status)
    wanted = DONE if status is None else {status}
    matrix.expect(f"{row.route}, {role}", answer, *wanted)
    needs = row.needs if isinstance(row.needs, P) else None
    if [NEEDED[call] for call in answer.calls[:1]] not in ([needs], [] if needs is None else None):
        matrix.wrong.append(f"{row.route}: {answer.calls} need something else than the table says")
