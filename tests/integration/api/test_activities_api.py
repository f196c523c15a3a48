"""Activities over HTTP: found, shown, moved on, archived, and hidden from others."""

import httpx
import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.api_content import add_text, make_campaign, make_project
from tests.factories.contents import make_content
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of


@pytest.fixture
async def campaign(client: httpx.AsyncClient) -> int:
    """A campaign in a project “Spring” that the whole organization sees."""
    return await make_campaign(client, await make_project(client, "Spring"))


async def found(client: httpx.AsyncClient, query: str) -> list[str]:
    answer = await client.get(f"/api/activities?{query}")
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["pagination"]["total"] >= len(data["activities"])
    return [each["title"] for each in data["activities"]]


async def test_activities_are_found_by_what_they_are(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    elsewhere = await make_campaign(client, await make_project(client, "Autumn"))
    await add_text(parts, owner, campaign, "Tea 100% pure", keywords=["Assam"])
    await add_text(parts, owner, campaign, "Coffee", type="linkedin")
    await add_text(parts, owner, elsewhere, "Milk", status="draft", content=None)
    await add_text(parts, owner, campaign, "Cocoa", status="archived")

    assert await found(client, "") == ["Milk", "Coffee", "Tea 100% pure"]
    assert await found(client, "status=draft") == ["Milk"]
    assert await found(client, "status=archived") == ["Cocoa"]
    assert await found(client, "type=linkedin") == ["Coffee"]
    assert await found(client, "q=assam") == await found(client, "q=100%25") == ["Tea 100% pure"]
    assert await found(client, "q=1_0") == []
    assert await found(client, f"campaign_id={elsewhere}") == ["Milk"]
    assert await found(client, "status=completed&type=blog&q=tea") == ["Tea 100% pure"]


async def test_the_list_comes_in_pages(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    for topic in ("One", "Two", "Three"):
        await add_text(parts, owner, campaign, topic)
    answer = await client.get("/api/activities?page=2&per_page=2")
    data = answer.json()["data"]
    assert [each["topic"] for each in data["activities"]] == ["One"]
    assert data["pagination"] == {"total": 3, "page": 2, "per_page": 2, "pages": 2}


async def test_what_lies_in_an_archived_project_is_listed_only_when_named(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    await make_project(client, "Autumn")
    await add_text(parts, owner, campaign, "Tea")
    project_id = (await client.get(f"/api/campaigns/{campaign}")).json()["data"]["project_id"]
    await client.delete(f"/api/projects/{project_id}")
    assert await found(client, "") == []
    assert await found(client, f"project_id={project_id}") == ["Tea"]
    for query, names in (("", ["General"]), (f"project_id={project_id}", ["Launch", "General"])):
        listed = (await client.get(f"/api/campaigns?{query}")).json()["data"]["campaigns"]
        assert [each["name"] for each in listed] == names


async def test_an_activity_shows_all_but_its_text(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    number = await add_text(
        parts,
        owner,
        campaign,
        "Coffee",
        content=make_content(path=str(parts.data_dir / "x.md"), revision=3),
        workflow_state={"model": "prose"},
    )
    answer = await client.get(f"/api/activities/{number}")
    data = answer.json()["data"]
    assert (data["id"], data["status"], data["run_status"]) == (number, "completed", "completed")
    assert (data["title"], data["project"]) == ("Coffee for the office", "Spring")
    assert (data["brief"]["topic"], data["model"], data["revision"]) == ("Coffee", "prose", 3)
    assert [each["document"] for each in data["sources"]] == ["prices.pdf", "survey.pdf"]
    # Where it lies on the server is nobody's business, and the text has a place of its own.
    assert str(parts.data_dir) not in answer.text
    assert "A cup costs 40 cents[1]" not in answer.text


async def test_a_text_moves_on_and_into_the_archive(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    number = await add_text(parts, owner, campaign)
    path = f"/api/activities/{number}"
    moved = await client.patch(path, json={"status": "in_review"})
    assert (moved.status_code, moved.json()["data"]["status"]) == (200, "in_review")
    refused = await client.patch(path, json={"status": "published"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "CONFLICT")
    away = await client.delete(path)
    assert (away.status_code, away.json()["data"]["status"]) == (200, "archived")
    back = await client.patch(path, json={"status": "in_review"})
    assert back.json()["data"]["status"] == "in_review"


async def test_a_status_that_people_do_not_give_is_malformed(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, campaign: int
) -> None:
    number = await add_text(parts, owner, campaign)
    answer = await client.patch(f"/api/activities/{number}", json={"status": "generating"})
    assert (answer.status_code, set(answer.json()["error"]["details"])) == (400, {"status"})


REQUESTS: list[tuple[str, str, dict[str, object] | None]] = [
    ("GET", "", None),
    ("GET", "/content", None),
    ("PUT", "/content", {"markdown": "Mine", "base_revision": 0}),
    ("GET", "/revisions", None),
    ("GET", "/revisions/1", None),
    ("POST", "/revisions/1/restore", None),
    ("GET", "/export?format=md", None),
    ("PATCH", "", {"status": "draft"}),
    ("DELETE", "", None),
]


async def test_texts_of_others_are_not_there(
    parts: Parts, organization: tuple[int, str], owner: Teammate, client: httpx.AsyncClient
) -> None:
    secret = await make_campaign(client, await make_project(client, "X", visibility="private"))
    number = await add_text(parts, owner, secret)
    await client.get(f"/api/activities/{number}/revisions")  # makes the first one
    colleague = await add_teammate(parts, "colleague@example.com", organization, "admin")
    rival = await add_teammate(parts, "rival@example.com", await add_organization(parts, "Rival"))
    for other in (colleague, rival):
        async with client_of(parts, other) as theirs:
            listed = (await theirs.get("/api/activities")).json()["data"]
            assert (listed["activities"], listed["pagination"]["total"]) == ([], 0)
            for method, path, body in REQUESTS:
                answer = await theirs.request(method, f"/api/activities/{number}{path}", json=body)
                assert answer.status_code == 404, (method, path)
                assert answer.json()["error"]["code"] == "NOT_FOUND"
    for method, path, body in REQUESTS:
        ours = await client.request(method, f"/api/activities/{number}{path}", json=body)
        assert ours.status_code == 200, (method, path)


BRIEF = {
    "topic": "AI in Marketing Automation",
    "keywords": ["AI", "personalization"],
    "content_type": "blog",
    "tone": "friendly",
    "target_audience": "Marketing managers",
    "target_word_count": 1500,
}


async def test_a_draft_waits_to_be_written(client: httpx.AsyncClient, campaign: int) -> None:
    answer = await client.post("/api/activities", json={**BRIEF, "campaign_id": campaign})
    assert answer.status_code == 201, answer.text
    made = answer.json()["data"]
    assert (made["status"], made["campaign_id"], made["revision"]) == ("draft", campaign, 0)
    brief = made["brief"]
    assert (brief["type"], brief["audience"], brief["words"]) == (
        "blog",
        "Marketing managers",
        1500,
    )
    assert await found(client, "status=draft") == [BRIEF["topic"]]


async def test_what_a_text_shall_be_about_can_change(
    client: httpx.AsyncClient, campaign: int
) -> None:
    made = await client.post("/api/activities", json={**BRIEF, "campaign_id": campaign})
    path = f"/api/activities/{made.json()['data']['id']}"
    answer = await client.patch(path, json={"topic": "Tea", "target_word_count": 300})
    brief = answer.json()["data"]["brief"]
    assert (brief["topic"], brief["words"], brief["tone"]) == ("Tea", 300, "friendly")
    # All of a change or nothing.
    refused = await client.patch(path, json={"status": "approved", "topic": "Milk"})
    assert refused.status_code == 409
    assert (await client.get(path)).json()["data"]["topic"] == "Tea"


async def test_a_draft_needs_a_place_that_is_there(client: httpx.AsyncClient) -> None:
    for place in ({"campaign_id": 999}, {"project_id": 999}):
        answer = await client.post("/api/activities", json={**BRIEF, **place})
        assert answer.status_code == 404, place


async def test_a_draft_is_not_put_where_its_maker_sees_nothing(
    parts: Parts, organization: tuple[int, str], client: httpx.AsyncClient
) -> None:
    project = await make_project(client, "X", visibility="private")
    campaign = await make_campaign(client, project)
    colleague = await add_teammate(parts, "colleague@example.com", organization, "member")
    async with client_of(parts, colleague) as theirs:
        for place in ({"project_id": project}, {"campaign_id": campaign}):
            answer = await theirs.post("/api/activities", json={**BRIEF, **place})
            assert answer.status_code == 404
    assert await found(client, "") == []
