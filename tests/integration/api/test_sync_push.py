"""What a desktop pushes is carried out once, by the services, or refused for good."""

import asyncio
from functools import partial
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, text

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import (
    ActivityRevisionRow,
    ActivityRow,
    AuditLogRow,
    ProjectRow,
    UsageEventRow,
)
from tests.factories.contents import make_content
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of
from tests.factories.syncing import Desktop, Row
from tests.patience import becomes_true

PROJECT, CAMPAIGN, ACTIVITY, REVISION = (str(uuid4()) for _ in range(4))
BRIEF = {"type": "blog", "topic": "Coffee for the office", "document_ids": [7]}


@pytest.fixture
async def desktop(client: httpx.AsyncClient) -> Desktop:
    """The owner's, which has everything that there is."""
    desktop = Desktop(client)
    await desktop.pull()
    return desktop


def home(desktop: Desktop) -> str:
    (organization,) = [key for kind, key in desktop.rows if kind == "organization"]
    return organization


def shared_project(desktop: Desktop, name: str = "Tea") -> Row:
    fields = {"organization": home(desktop), "name": name, "first_campaign": CAMPAIGN}
    return desktop.mutation("project", PROJECT, 0, **fields)


async def test_a_project_with_its_text_goes_up_and_comes_down_to_a_teammate(
    desktop: Desktop, parts: Parts, organization: tuple[int, str]
) -> None:
    content = make_content()
    answer = await desktop.push(
        shared_project(desktop),
        desktop.mutation("campaign", CAMPAIGN, 0, project=PROJECT, name="Spring"),
        desktop.mutation(
            "activity",
            ACTIVITY,
            0,
            campaign=CAMPAIGN,
            brief=BRIEF,
            content=content,
            report={"checks": []},
            status="completed",
            revision=REVISION,
        ),
    )
    assert [each["status"] for each in answer["results"]] == ["applied"] * 3
    assert answer["last_seq"] == 3

    teammate = await add_teammate(parts, "bob@example.com", organization, "member")
    async with client_of(parts, teammate) as theirs:
        other = Desktop(theirs)
        await other.pull()
    assert [each["name"] for each in other.of("project")] == ["Tea"]
    assert [each["name"] for each in other.of("campaign")] == ["Spring"]
    (piece,) = other.of("activity")
    assert piece["status"] == "completed"
    assert piece["content"]["final_content"] == content["final_content"]
    assert "document_ids" not in piece["brief"]
    sources = piece["content"]["research_sources"]
    assert [each["document"] for each in sources] == ["prices.pdf", "survey.pdf"]
    assert not any("document_id" in each or "path" in each for each in sources)
    assert ("revision", REVISION) in other.rows
    told = {each["entity"]: each["version"] for each in other.rows.values()}
    applied = [each["version"] for each in answer["results"]]
    assert applied == [told["project"], told["campaign"], told["activity"]]


async def test_the_same_key_is_given_the_same_answer(desktop: Desktop, parts: Parts) -> None:
    key, mutation = uuid4(), shared_project(desktop)
    first = await desktop.push(mutation, key=key)
    assert await desktop.push(mutation, key=key) == first
    again = await desktop.push(mutation)
    assert again == {"results": [{"status": "duplicate", "seq": 1}], "last_seq": 1}
    async with parts.database.autocommit() as work:
        assert await work.session.scalar(select(func.count(ProjectRow.id))) == 1
    other = await desktop.send(desktop.mutation("project", uuid4(), 0), key=key)
    assert other.status_code == 409


async def test_a_gap_in_the_numbers_is_refused_and_nothing_after_it_is_done(
    desktop: Desktop,
) -> None:
    first, second, third = (shared_project(desktop, name) for name in "ABC")
    answer = await desktop.push(second, third)
    assert [each["code"] for each in answer["results"]] == ["SEQUENCE_GAP"] * 2
    assert answer["last_seq"] == 0
    answer = await desktop.push(first)
    assert answer["last_seq"] == 1


async def test_who_changed_an_older_version_is_told_how_the_row_stands(
    desktop: Desktop, parts: Parts, owner: Teammate
) -> None:
    await desktop.push(shared_project(desktop))
    await desktop.pull()
    base = desktop.version("project", PROJECT)
    async with client_of(parts, owner) as browser:
        (listed,) = (await browser.get("/api/projects")).json()["data"]["projects"]
        await browser.patch(f"/api/projects/{listed['id']}", json={"name": "There"})
    answer = await desktop.push(desktop.mutation("project", PROJECT, base, name="Here"))
    (result,) = answer["results"]
    assert (result["status"], result["row"]["data"]["name"]) == ("conflict", "There")
    newer = result["row"]["version"]
    assert newer > base
    answer = await desktop.push(desktop.mutation("project", PROJECT, newer, name="Here"))
    assert answer["results"][0]["status"] == "applied"
    assert answer["results"][0]["version"] > newer


async def test_what_is_refused_is_settled_and_the_rest_goes_on(
    desktop: Desktop, parts: Parts, owner: Teammate
) -> None:
    organization = home(desktop)
    member = next(key for kind, key in desktop.rows if kind == "member")
    base = desktop.version("member", member)
    answer = await desktop.push(
        desktop.mutation("project", uuid4(), 0, organization=organization, name=" "),
        desktop.mutation("project", uuid4(), 0, organization=str(uuid4()), name="Nowhere"),
        desktop.mutation("project", uuid4(), 0, organization=organization, name="A", plan="pro"),
        desktop.mutation("project", uuid4(), 7, name="Gone"),
        desktop.mutation("member", member, base, role="viewer"),
        desktop.mutation("invoice", uuid4(), 0, status="paid"),
        shared_project(desktop),
        desktop.mutation(
            "activity", ACTIVITY, 0, campaign=CAMPAIGN, brief=BRIEF, content={"final_content": 7}
        ),
        shared_project(desktop, "Again") | {"sync_id": str(uuid4())},
    )
    assert [each.get("code", each["status"]) for each in answer["results"]] == [
        "VALIDATION_ERROR",
        "NOT_FOUND",
        "VALIDATION_ERROR",
        "NOT_FOUND",
        "CONFLICT",  # the only owner
        "VALIDATION_ERROR",
        "applied",
        "VALIDATION_ERROR",  # and no activity without its text is left
        "CONFLICT",  # its first campaign is called like another one
    ]
    assert answer["last_seq"] == 9
    async with parts.database.autocommit() as work:
        assert (await work.session.scalars(select(ProjectRow.name))).all() == ["Tea"]
        assert (await work.session.scalars(select(ActivityRow.id))).all() == []


async def test_permissions_and_limits_of_the_plan_hold(
    parts: Parts, organization: tuple[int, str], desktop: Desktop
) -> None:
    viewer = await add_teammate(parts, "vic@example.com", organization, "viewer")
    async with client_of(parts, viewer) as theirs:
        watching = Desktop(theirs)
        await watching.pull()
        answer = await watching.push(shared_project(watching))
    assert answer["results"][0]["code"] == "PERMISSION_DENIED"
    async with parts.database.unit_of_work() as work:
        refused = await work.session.scalars(
            select(AuditLogRow.user_id).where(AuditLogRow.action == "access.refused")
        )
        assert refused.all() == [viewer.user_id]
        await work.organizations.change(organization[0], {"max_projects": 1, "plan": "free"})
        await work.commit()
    answer = await desktop.push(
        shared_project(desktop),
        desktop.mutation("project", uuid4(), 0, organization=home(desktop), name="Two"),
    )
    assert [each.get("code") for each in answer["results"]] == [None, "RATE_LIMIT_EXCEEDED"]
    await desktop.pull()
    assert [each["type"] for each in desktop.of("notification")] == ["quota_exceeded"]


async def test_a_use_is_counted_once(desktop: Desktop, parts: Parts, owner: Teammate) -> None:
    fields = {
        "organization": home(desktop),
        "event_type": "llm_request",
        "at": "2031-01-01T00:00:00Z",
        "details": {"provider": "ollama", "model": "llama3", "tokens": 700},
    }
    event = uuid4()
    answer = await desktop.push(
        desktop.mutation("usage_event", event, 0, **fields),
        desktop.mutation("usage_event", event, 0, **fields),
    )
    assert [each["status"] for each in answer["results"]] == ["applied", "applied"]
    async with parts.database.autocommit() as work:
        rows = (await work.session.scalars(select(UsageEventRow))).all()
        now = await work.session.scalar(select(func.current_timestamp()))
    (row,) = rows
    assert row.details is not None
    assert (row.details["tokens"], row.user_id) == (700, owner.user_id)
    assert now is not None
    assert row.timestamp <= now


async def test_one_marks_ones_own_messages_and_edits_the_organization(
    desktop: Desktop, parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    other = await add_teammate(parts, "bob@example.com", organization)
    async with parts.database.unit_of_work() as work:
        mine = await work.notifications.add(owner.user_id, owner.organization_id, "a", "A", "A")
        theirs = await work.notifications.add(other.user_id, owner.organization_id, "b", "B", "B")
        await work.commit()
    await desktop.pull()
    (title,) = [each["title"] for each in desktop.of("notification")]
    assert title == "A"
    mark = desktop.version("notification", str(mine.sync_id))
    named = desktop.version("organization", home(desktop))
    answer = await desktop.push(
        desktop.mutation("notification", mine.sync_id, mark, is_read=True),
        desktop.mutation("notification", theirs.sync_id, 0, is_read=True),
        desktop.mutation("organization", home(desktop), named, name="Renamed"),
    )
    statuses = [each.get("code", each["status"]) for each in answer["results"]]
    assert statuses == ["applied", "NOT_FOUND", "applied"]
    await desktop.pull()
    assert [each["is_read"] for each in desktop.of("notification")] == [True]
    assert [each["name"] for each in desktop.of("organization")] == ["Renamed"]


async def test_an_edited_text_is_a_revision_of_whoever_pushed_it(
    desktop: Desktop, parts: Parts, owner: Teammate
) -> None:
    await desktop.push(
        shared_project(desktop),
        desktop.mutation(
            "activity", ACTIVITY, 0, campaign=CAMPAIGN, brief=BRIEF, content=make_content("# A")
        ),
    )
    await desktop.pull()
    base = desktop.version("activity", ACTIVITY)
    answer = await desktop.push(
        desktop.mutation("activity", ACTIVITY, base, content=make_content("# B"), status="draft")
    )
    assert answer["results"][0]["status"] == "applied"
    await desktop.pull()
    (piece,) = desktop.of("activity")
    assert (piece["content"]["final_content"], piece["status"]) == ("# B", "draft")
    async with parts.database.autocommit() as work:
        writers = await work.session.scalars(select(ActivityRevisionRow.created_by))
        assert set(writers) == {owner.user_id}


async def test_what_is_others_or_not_shared_is_not_there(
    desktop: Desktop, parts: Parts, organization: tuple[int, str]
) -> None:
    await desktop.push(shared_project(desktop))
    await desktop.pull()
    base = desktop.version("project", PROJECT)
    stranger = await add_teammate(parts, "eve@example.com", await add_organization(parts, "Evil"))
    colleague = await add_teammate(parts, "bob@example.com", organization, "member")
    async with client_of(parts, stranger) as evil:
        theirs = Desktop(evil)
        answer = await theirs.push(
            theirs.mutation("project", uuid4(), 0, organization=home(desktop), name="Mine"),
            theirs.mutation("project", PROJECT, base, name="Mine"),
            theirs.mutation("campaign", uuid4(), 0, project=PROJECT, name="Mine"),
            theirs.mutation("organization", home(desktop), 1, name="Mine"),
        )
    assert [each.get("code") for each in answer["results"]] == ["NOT_FOUND"] * 4
    answer = await desktop.push(desktop.mutation("project", PROJECT, base, visibility="private"))
    base = answer["results"][0]["version"]
    async with client_of(parts, colleague) as other:
        theirs = Desktop(other)
        answer = await theirs.push(
            theirs.mutation("project", PROJECT, base, name="Mine"),
            theirs.mutation("project", PROJECT, base, share_with_team=True),
            theirs.mutation("campaign", CAMPAIGN, 0, name="Mine"),
        )
    codes = [each.get("code", each["status"]) for each in answer["results"]]
    assert codes == ["conflict", "NOT_FOUND", "NOT_FOUND"]  # the tombstone of what they had
    answer = await desktop.push(
        desktop.mutation("project", PROJECT, base, share_with_team=False),
        desktop.mutation("project", PROJECT, base, name="Not shared"),
    )
    assert [each.get("code", each["status"]) for each in answer["results"]] == [
        "applied",
        "conflict",
    ]


async def test_a_change_that_somebody_is_just_making_is_waited_for(
    desktop: Desktop, parts: Parts
) -> None:
    await desktop.push(shared_project(desktop))
    await desktop.pull()
    base = desktop.version("project", PROJECT)
    async with parts.database.unit_of_work() as work:
        await work.session.execute(text("UPDATE projects SET name = 'There'"))
        mutation = desktop.mutation("project", PROJECT, base, name="Here")
        pushing = asyncio.create_task(desktop.push(mutation))
        await becomes_true(partial(somebody_waits, parts))
        await work.commit()
    (result,) = (await pushing)["results"]
    assert (result["status"], result["row"]["data"]["name"]) == ("conflict", "There")


async def somebody_waits(parts: Parts) -> bool:
    blocked = "SELECT 1 FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
    async with parts.database.autocommit() as work:
        return bool(await work.session.scalar(text(f"{blocked} AND datname = current_database()")))
