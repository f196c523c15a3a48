"""The envelope, its errors, and who is let in."""

from uuid import uuid4

import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.serving import PASSWORD, Teammate, add_organization, add_teammate, client_of
from tests.guards import Problems


async def test_login_gives_a_token_that_opens_the_door(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        answer = await client.post("/api/login", json={"email": owner.email, "password": PASSWORD})
        body = answer.json()
        assert (answer.status_code, body["success"], body["error"]) == (200, True, None)
        assert body["data"]["user"] == {"id": owner.user_id, "email": owner.email, "role": "user"}
        headers = {"Authorization": f"Bearer {body['data']['token']}"}
        assert (await client.get("/api/projects", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("email", "password"), [("user@example.com", "wrong"), ("nobody@example.com", PASSWORD)]
)
async def test_a_wrong_login_does_not_say_what_is_wrong(
    parts: Parts, owner: Teammate, email: str, password: str
) -> None:
    async with client_of(parts) as client:
        answer = await client.post("/api/login", json={"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"] == {
        "code": "UNAUTHORIZED",
        "message": "The e-mail address or the password is wrong.",
    }


async def test_without_a_token_nobody_is_let_in(parts: Parts) -> None:
    async with client_of(parts) as client:
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}):
            answer = await client.get("/api/projects", headers=headers)
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "UNAUTHORIZED"


async def test_a_malformed_request_names_its_fields(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.post("/api/projects", json={"name": 5, "default_keywords": "AI"})
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert error["code"] == "VALIDATION_ERROR"
    assert error["message"] == "Invalid request parameters"
    assert set(error["details"]) == {"name", "default_keywords"}


async def test_every_answer_carries_the_requests_id(parts: Parts, owner: Teammate) -> None:
    ours = str(uuid4())
    async with client_of(parts, owner) as client:
        given = await client.get("/api/projects", headers={"X-Request-ID": ours})
        made = await client.get("/api/nowhere", headers={"X-Request-ID": "not one"})
    assert given.headers["X-Request-ID"] == given.json()["metadata"]["request_id"] == ours
    assert made.status_code == 404
    assert made.headers["X-Request-ID"] == made.json()["metadata"]["request_id"] != "not one"


async def test_a_viewer_may_not_create(parts: Parts, organization: tuple[int, str]) -> None:
    viewer = await add_teammate(parts, "viewer@example.com", organization, "viewer")
    async with client_of(parts, viewer) as client:
        answer = await client.post("/api/projects", json={"name": "Mine"})
    assert answer.status_code == 403
    assert answer.json()["error"] == {
        "code": "PERMISSION_DENIED",
        "message": "You do not have permission to perform this action",
        "required_permission": "project:create",
    }


async def test_another_organization_is_as_if_it_were_not_there(
    parts: Parts, owner: Teammate
) -> None:
    await add_organization(parts, "Other")
    async with client_of(parts, owner) as client:
        answer = await client.get("/api/projects", headers={"X-Organization": "other"})
    assert answer.status_code == 404


async def test_what_nobody_foresaw_is_said_with_its_id_and_nothing_else(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("SELECT secret FROM users")

    monkeypatch.setattr("marketer_desktop.api.asking.person_of", fail)
    async with client_of(parts, owner) as client:
        answer = await client.get("/api/projects")
    body = answer.json()
    assert answer.status_code == 500
    assert body["error"] == {
        "code": "INTERNAL_ERROR",
        "message": "An unexpected error occurred",
        "request_id": body["metadata"]["request_id"],
    }
    assert len(log_problems.records) == 1
    log_problems.records.clear()
