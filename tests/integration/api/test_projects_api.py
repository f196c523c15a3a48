"""Projects over HTTP: shown, changed, archived, and seen only by those who may."""

from marketer_desktop.services.parts import Parts
from tests.factories.api_content import make_project
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

VOICE = {
    "tone": "professional yet friendly",
    "style": "conversational",
    "guidelines": "Avoid jargon, use active voice",
}
VISIBLE_TO = {
    "private": (),
    "team": ("admin", "member"),
    "organization": ("admin", "member", "viewer"),
}


async def test_a_project_shows_all_that_was_said_of_it(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        number = await make_project(
            client,
            "Spring",
            brand_voice=VOICE,
            default_tone="warm",
            default_keywords=["tea"],
            visibility="team",
        )
        answer = await client.get(f"/api/projects/{number}")
    data = answer.json()["data"]
    assert data.pop("created_at") <= data.pop("updated_at")
    assert data == {
        "id": number,
        "name": "Spring",
        "description": None,
        "owner": {"id": owner.user_id, "email": owner.email},
        "campaigns_count": 1,
        "activities_count": 0,
        "brand_voice": {**VOICE, "preferred": [], "forbidden": [], "examples": []},
        "default_tone": "warm",
        "default_target_audience": None,
        "default_keywords": ["tea"],
        "visibility": "team",
        "is_archived": False,
        "share_with_team": False,
    }


async def test_a_change_leaves_the_rest_alone(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        number = await make_project(client, "Spring", description="Sowing", brand_voice=VOICE)
        answer = await client.patch(f"/api/projects/{number}", json={"name": "Summer"})
        data = answer.json()["data"]
    assert (data["name"], data["description"]) == ("Summer", "Sowing")
    assert data["brand_voice"]["guidelines"] == VOICE["guidelines"]


async def test_an_archived_project_is_listed_apart_and_comes_back(
    parts: Parts, owner: Teammate
) -> None:
    async def listed(archived: str) -> list[str]:
        answer = await client.get(f"/api/projects?is_archived={archived}")
        return [each["name"] for each in answer.json()["data"]["projects"]]

    async with client_of(parts, owner) as client:
        await make_project(client, "Spring")
        number = await make_project(client, "Autumn")
        answer = await client.delete(f"/api/projects/{number}")
        assert (answer.status_code, answer.json()["data"]["is_archived"]) == (200, True)
        assert (await listed("false"), await listed("true")) == (["Spring"], ["Autumn"])
        await client.patch(f"/api/projects/{number}", json={"is_archived": False})
        assert (await listed("false"), await listed("true")) == (["Autumn", "Spring"], [])


async def test_the_last_project_stays(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        number = await make_project(client, "Only")
        deleted = await client.delete(f"/api/projects/{number}")
        patched = await client.patch(f"/api/projects/{number}", json={"is_archived": True})
    assert (deleted.status_code, patched.status_code) == (409, 409)
    assert deleted.json()["error"]["code"] == "CONFLICT"


async def test_a_taken_name_is_a_conflict(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        await make_project(client, "Spring")
        answer = await client.post("/api/projects", json={"name": "spring"})
    assert answer.status_code == 409


async def test_visibility_decides_who_sees_a_project(
    parts: Parts, organization: tuple[int, str], owner: Teammate
) -> None:
    async with client_of(parts, owner) as client:
        numbers = {each: await make_project(client, each, visibility=each) for each in VISIBLE_TO}
    for role in ("admin", "member", "viewer"):
        other = await add_teammate(parts, f"{role}@example.com", organization, role)
        async with client_of(parts, other) as client:
            listed = (await client.get("/api/projects")).json()["data"]
            for visibility, roles in VISIBLE_TO.items():
                answer = await client.get(f"/api/projects/{numbers[visibility]}")
                assert answer.status_code == (200 if role in roles else 404), (role, visibility)
        seen = {each for each, roles in VISIBLE_TO.items() if role in roles}
        assert {each["name"] for each in listed["projects"]} == seen
        assert listed["pagination"]["total"] == len(seen)


async def test_a_private_name_does_not_leak(
    parts: Parts, organization: tuple[int, str], owner: Teammate
) -> None:
    other = await add_teammate(parts, "other@example.com", organization, "member")
    async with client_of(parts, owner) as client:
        await make_project(client, "Takeover", visibility="private")
    async with client_of(parts, other) as client:
        await make_project(client, "Takeover")


async def test_another_organizations_project_is_not_there(parts: Parts, owner: Teammate) -> None:
    rival = await add_teammate(parts, "rival@example.com", await add_organization(parts, "Rival"))
    async with client_of(parts, owner) as client:
        number = await make_project(client, "Ours")
        before = (await client.get(f"/api/projects/{number}")).json()["data"]
    async with client_of(parts, rival) as client:
        for method in ("GET", "PATCH", "DELETE"):
            body = {"name": "Theirs"} if method == "PATCH" else None
            answer = await client.request(method, f"/api/projects/{number}", json=body)
            assert answer.status_code == 404, method
            assert answer.json()["error"]["code"] == "NOT_FOUND"
    async with client_of(parts, owner) as client:
        assert (await client.get(f"/api/projects/{number}")).json()["data"] == before


async def test_what_is_no_number_of_a_project_is_malformed(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        for number in ("0", "-1", "2147483648", "x"):
            answer = await client.get(f"/api/projects/{number}")
            assert answer.status_code == 400, number
            assert set(answer.json()["error"]["details"]) == {"project_id"}


async def test_a_method_that_a_path_does_not_have_is_told_those_it_has(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.put("/api/projects/1")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, PATCH, DELETE"
    assert answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"
