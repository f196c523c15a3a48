"""What a server keeps failing at is found out and set apart; everything else goes its way."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.campaigns import CampaignChanges, ChangeCampaign, CreateCampaign
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import UpdateProject
from marketer_desktop.services.show_sync import ShowSync
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    RetryQuarantined,
)
from marketer_desktop.storage.tables import ProjectRow
from tests.factories.mirrors import Copy, do, told_by
from tests.factories.serving import Teammate

Send = Callable[[], Awaitable[httpx.Response]]
ROUNDS = 4  # until one change is found among several


def stands_between(copy: Copy, status: int, fails: Callable[[list[Any]], bool]) -> None:
    """From now on something answers pushes so, if `fails` says it of their changes."""

    async def between(send: Send) -> httpx.Response:
        copy.line.faults.append(between)
        asked, more = copy.line.asked[-1]
        if asked.startswith("POST") and fails(more["json"]["mutations"]):
            return httpx.Response(status, text="<html>No.</html>")
        return await send()

    copy.line.faults = [between]


def says(word: str) -> Callable[[list[Any]], bool]:
    """Of changes: whether one has this word in it."""
    return lambda mutations: word in json.dumps(mutations)


async def names_there(parts: Parts, owner: Teammate, kind: str = "project") -> list[str]:
    """What the server has of a kind."""
    rows = await told_by(parts, owner)
    return sorted(str(row["name"]) for (entity, _), row in rows.items() if entity == kind)


async def rounds(copy: Copy) -> int:
    """Sync until all went well; how often that took."""
    for number in range(1, ROUNDS + 1):
        if (await copy.sync()).kind == "done":
            return number
    raise AssertionError(f"not done after {ROUNDS} rounds")


@pytest.mark.parametrize("status", [403, 500, 502])
async def test_one_change_that_a_server_fails_at_is_set_apart_and_the_rest_goes(
    copy: Copy, parts: Parts, owner: Teammate, status: int
) -> None:
    stands_between(copy, status, says("poison"))
    for name in ("A", "B", "C"):
        await copy.shared_piece(name)
    project, _ = await copy.shared_piece("poison")

    assert await rounds(copy) > 1  # once may be chance

    assert await names_there(parts, owner) == ["A", "B", "C"]
    refused = (await do(copy.parts, ListQuarantine())).refused
    assert {each.entity for each in refused} == {Entity.PROJECT, Entity.CAMPAIGN}
    assert {each.code for each in refused} == {f"HTTP_{status}"}
    assert "takes other changes" in refused[0].message
    (account,) = (await do(copy.parts, ShowSync())).accounts
    assert account.state == "needs_attention"

    await copy.shared_piece("D")
    await copy.synced()
    assert await names_there(parts, owner) == ["A", "B", "C", "D"]
    await copy.do(UpdateProject(project_id=project, name="Medicine"))
    await rounds(copy)
    assert "Medicine" in await names_there(parts, owner)


async def test_a_server_that_takes_no_change_for_a_while_refuses_none(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    await copy.shared_piece("Here")
    await copy.shared_piece("Here, too")
    stands_between(copy, 500, lambda mutations: True)
    for _ in range(ROUNDS):
        assert (await copy.sync()).kind == "busy"
    asked = len(copy.line.pushes)
    assert (await copy.sync()).kind == "busy"
    assert len(copy.line.pushes) - asked <= 2  # it is not troubled with all of them
    async with parts.database.unit_of_work() as work:
        work.session.add(
            ProjectRow(
                name="There",
                organization_id=owner.organization_id,
                owner_id=owner.user_id,
                share_with_team=True,
            )
        )
        await work.commit()
    await copy.sync()
    async with copy.parts.database.unit_of_work() as work:
        here = set(await work.session.scalars(select(ProjectRow.name)))
    assert "There" in here  # what comes down comes all the same
    assert await copy.refused() == []

    copy.line.faults = []
    await copy.synced()
    assert await names_there(parts, owner) == ["Here", "Here, too", "There"]
    assert await copy.rows() == await told_by(parts, owner)


async def test_what_is_too_large_together_goes_in_parts(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, _ = await copy.shared_piece("Tea")
    await copy.synced()
    stands_between(copy, 413, lambda mutations: len(mutations) > 1)
    await copy.do(UpdateProject(project_id=project, description="One"))
    await copy.do(CreateCampaign(project_id=project, name="Two"))

    await copy.synced()

    assert await copy.refused() == []
    assert "Two" in await names_there(parts, owner, "campaign")
    assert await copy.rows() == await told_by(parts, owner)


async def test_a_proxy_that_once_finds_a_change_too_large_refuses_nothing(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, _ = await copy.shared_piece("Tea")
    await copy.synced()
    await copy.do(UpdateProject(project_id=project, description="One"))
    stands_between(copy, 413, lambda mutations: len(copy.line.pushes) == 2)

    assert (await copy.sync()).kind == "refused"
    await copy.synced()

    assert await copy.refused() == []
    assert await copy.rows() == await told_by(parts, owner)


async def test_what_is_sent_again_in_vain_is_set_apart_again(copy: Copy) -> None:
    project, _ = await copy.shared_piece("Tea")
    await copy.synced()
    stands_between(copy, 403, says("poison"))
    await copy.do(UpdateProject(project_id=project, description="poison"))
    await rounds(copy)
    (refused,) = await copy.refused()

    await do(copy.parts, RetryQuarantined(refused_id=refused.id))
    await rounds(copy)

    (again,) = await copy.refused()
    assert again.fields == refused.fields
    assert await copy.unsent() == 0


async def test_what_is_in_a_campaign_that_was_given_up_waits_no_longer(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, _ = await copy.shared_piece("Tea")
    await copy.synced()
    stands_between(copy, 403, says("poison"))
    made = await copy.do(CreateCampaign(project_id=project, name="poison"))
    inside = CreateActivity(topic="Inside", campaign_id=made.campaign_id)
    await copy.do(inside)
    await rounds(copy)
    assert await copy.unsent() == 1  # somebody has to decide on the campaign first
    (refused,) = await copy.refused()

    await do(copy.parts, DiscardQuarantined(refused_id=refused.id))
    await copy.synced()

    assert await copy.unsent() == 0
    assert await copy.refused() == []
    assert "poison" not in json.dumps(list((await told_by(parts, owner)).values()))

    changes = CampaignChanges(name="Spring")
    await copy.do(ChangeCampaign(campaign_id=made.campaign_id, changes=changes))
    await copy.synced()
    topics = {r["topic"] for (k, _), r in (await told_by(parts, owner)).items() if k == "activity"}
    assert "Inside" in topics
    assert await copy.rows() == await told_by(parts, owner)
