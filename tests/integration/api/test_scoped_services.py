"""What the window's own lists tell of a private project to a colleague: nothing."""

from typing import Any

import httpx

from marketer_desktop.services.activities import ListActivities
from marketer_desktop.services.brief_suggestions import SuggestBrief
from marketer_desktop.services.call import Call
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.live_runs import ListRuns
from marketer_desktop.services.overview import ShowOverview
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import ListProjects
from marketer_desktop.storage.repositories.workspaces import Member
from tests.factories.api_content import add_text, make_campaign, make_project
from tests.factories.engines import Ear
from tests.factories.serving import Teammate, add_teammate

LISTS: list[Call[Any]] = [
    ListActivities(),
    ListRuns(),
    ListProjects(),
    ShowOverview(),
    SuggestBrief(),
]


async def test_lists_are_silent_about_what_is_private(
    parts: Parts, organization: tuple[int, str], owner: Teammate, client: httpx.AsyncClient
) -> None:
    project = await make_project(client, "Takeover", visibility="private")
    campaign = await make_campaign(client, project, "Takeover")
    await add_text(parts, owner, campaign, "Takeover", keywords=["Takeover"])
    await add_text(parts, owner, campaign, "Takeover", status="generating")
    colleague = await add_teammate(parts, "colleague@example.com", organization, "admin")

    async def told(someone: Teammate, call: Call[Any]) -> str:
        acting = parts.acting_as(Member(someone.user_id, someone.organization_id, "admin"))
        return str(await carry_out(call, acting, Ear()))

    for call in LISTS:
        assert "Takeover" in await told(owner, call), call
        assert "Takeover" not in await told(colleague, call), call
