"""The requests and answers of the specification's section 8, as written there."""

from typing import Any
from uuid import UUID

from marketer_desktop.services.parts import Parts
from tests.factories.live_server import events_of, live_server
from tests.factories.serving import Teammate, add_draft, add_person, client_of

BRAND_VOICE = {
    "tone": "professional yet friendly",
    "style": "conversational",
    "guidelines": "Avoid jargon, use active voice",
}
CREATE_PROJECT = {
    "name": "Q1 Marketing Campaign",
    "description": "Focus on product launch",
    "brand_voice": BRAND_VOICE,
    "default_tone": "professional",
    "default_target_audience": "B2B marketing managers",
}


def shape(value: Any) -> Any:
    """The fields of an answer, without their values."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return type(value).__name__


async def test_8_2_get_me(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.get("/api/me")
    assert answer.status_code == 200
    assert answer.json()["data"] == {
        "id": owner.user_id,
        "email": "user@example.com",
        "role": "user",
        "organizations": [
            {
                "id": owner.organization_id,
                "name": "My Company",
                "slug": "my-company",
                "role": "owner",
            }
        ],
    }


async def test_8_3_post_organizations(parts: Parts) -> None:
    someone = await add_person(parts, "user@example.com")
    asked = {"name": "My Company", "slug": "my-company", "plan": "free"}
    async with client_of(parts, someone) as client:
        answer = await client.post("/api/organizations", json=asked)
        mine = (await client.get("/api/me")).json()["data"]["organizations"]
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert shape(data) == {
        "id": "int",
        "name": "str",
        "slug": "str",
        "plan": "str",
        "created_at": "str",
    }
    assert {name: data[name] for name in asked} == asked
    assert [(each["id"], each["role"]) for each in mine] == [(data["id"], "owner")]


async def test_8_3_get_organization(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.get(f"/api/organizations/{owner.organization_id}")
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert shape(data.pop("created_at")) == "str"
    assert data == {
        "id": owner.organization_id,
        "name": "My Company",
        "slug": "my-company",
        "plan": "pro",
        "max_users": 10,
        "max_projects": 50,
        "usage": {"users": 1, "projects": 0, "storage_gb": 0.0, "requests_today": 0},
        "llm_mode": "cloud",
    }


async def test_8_4_post_projects(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.post("/api/projects", json=CREATE_PROJECT)
        data = answer.json()["data"]
        kept = (await client.get(f"/api/projects/{data['id']}")).json()["data"]["brand_voice"]
    assert answer.status_code == 201
    assert {name: kept[name] for name in BRAND_VOICE} == BRAND_VOICE
    assert shape(data) == {"id": "int", "name": "str", "description": "str", "created_at": "str"}
    assert (data["name"], data["description"]) == (
        "Q1 Marketing Campaign",
        "Focus on product launch",
    )


async def test_8_4_get_projects(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        made = (await client.post("/api/projects", json=CREATE_PROJECT)).json()["data"]
        answer = await client.get("/api/projects?page=1&per_page=20&is_archived=false")
    assert answer.status_code == 200
    assert answer.json()["data"] == {
        "projects": [
            {
                **made,
                "owner": {"id": owner.user_id, "email": owner.email},
                "campaigns_count": 1,
                "activities_count": 0,
            }
        ],
        "pagination": {"total": 1, "page": 1, "per_page": 20, "pages": 1},
    }


async def test_8_6_post_and_get_documents(parts: Parts, owner: Teammate) -> None:
    content = b"%PDF-1.4 brand guidelines"
    async with client_of(parts, owner) as client:
        project = (await client.post("/api/projects", json=CREATE_PROJECT)).json()["data"]["id"]
        made = await client.post(
            "/api/documents",
            files={"file": ("brand-guidelines.pdf", content, "application/pdf")},
            data={"project_id": str(project)},
        )
        listed = await client.get(f"/api/documents?project_id={project}&status=pending")
    assert made.status_code == 201
    document = made.json()["data"]
    as_written = {
        "filename": "brand-guidelines.pdf",
        "file_size": len(content),
        "status": "pending",
    }
    assert as_written.items() <= document.items()
    assert shape({name: document[name] for name in ("id", "created_at")}) == {
        "id": "int",
        "created_at": "str",
    }
    assert listed.status_code == 200
    (entry,) = listed.json()["data"]["documents"]
    assert {
        "id",
        "filename",
        "file_size",
        "file_type",
        "status",
        "chunk_count",
        "created_at",
        "processed_at",
    } <= entry.keys()
    assert (entry["id"], entry["file_type"], entry["chunk_count"]) == (document["id"], "pdf", 0)


EXECUTE = {
    "topic": "AI in Marketing Automation",
    "keywords": ["AI", "marketing automation", "personalization"],
    "content_type": "blog",
    "tone": "professional",
    "target_audience": "Marketing managers at B2B companies",
    "target_word_count": 1500,
}


async def test_8_5_post_workflows_execute(parts: Parts, owner: Teammate) -> None:
    parts.models.model.pause = 30  # type: ignore[attr-defined]
    async with client_of(parts, owner) as client:
        project = (await client.post("/api/projects", json=CREATE_PROJECT)).json()["data"]["id"]
        activity = await add_draft(parts, owner, project)
        place = {"activity_id": activity, "project_id": project}
        answer = await client.post("/api/workflows/execute", json=place | EXECUTE)
        await client.post(f"/api/activities/{activity}/cancel")
    data = answer.json()["data"]
    assert answer.status_code == 202
    assert UUID(data.pop("task_id"))
    assert data == {
        "activity_id": activity,
        "status": "queued",
        "stream_url": f"/api/activities/{activity}/stream",
    }


async def test_8_5_get_activities_stream(parts: Parts, owner: Teammate) -> None:
    async with live_server(parts) as server, server.client(owner) as client:
        short = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
        queued = (await client.post("/api/workflows/execute", json=short)).json()["data"]
        accept = {"Accept": "text/event-stream"}
        async with client.stream("GET", queued["stream_url"], headers=accept) as stream:
            told = [event async for event in events_of(stream)]
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    # What the section does not show has a name, which clients of it do not listen to.
    shown = [each for each in told if each.event is None]
    assert [each.step for each in shown] == [
        ("seo_research", 20),
        ("research", 40),
        ("writing", 60),
        ("editing", 80),
        ("social_media", 95),
        ("complete", 100),
    ]
    assert {str(shape(each.data)) for each in shown[:-1]} == {
        "{'step': 'str', 'progress': 'int', 'data': {'duration_ms': 'int'}}"
    }
    assert {each.event for each in told} - {None} <= {"started", "draft", "progress"}
    assert [each.id for each in told if each.id is not None] == list(range(1, 12))
    deltas = [each.data["data"]["delta"] for each in told if each.event == "draft" and each.data]
    assert len("".join(deltas).split()) > 20


async def test_8_8_validation_error(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.post("/api/workflows/execute", json={"keywords": "AI"})
    assert answer.status_code == 400
    assert answer.json()["error"] == {
        "code": "VALIDATION_ERROR",
        "message": "Invalid request parameters",
        "details": {
            "topic": ["This field is required"],
            "keywords": ["Must be an array of strings"],
        },
    }
