"""The requests and answers of the specification's section 8, as written there."""

from typing import Any

from marketer_desktop.services.parts import Parts
from tests.factories.serving import Teammate, client_of

CREATE_PROJECT = {
    "name": "Q1 Marketing Campaign",
    "description": "Focus on product launch",
    "brand_voice": {
        "tone": "professional yet friendly",
        "style": "conversational",
        "guidelines": "Avoid jargon, use active voice",
    },
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


async def test_8_4_post_projects(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.post("/api/projects", json=CREATE_PROJECT)
    assert answer.status_code == 201
    data = answer.json()["data"]
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
