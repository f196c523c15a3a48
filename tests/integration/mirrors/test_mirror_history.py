"""Backups, faults and broken answers: what a server has acknowledged is not lost by either side."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from marketer_desktop.domain.sync import Entity
from marketer_desktop.hybrid.sync import round as rounds
from marketer_desktop.services.content import SaveContent
from marketer_desktop.services.edit_organization import EditOrganization
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.services.show_sync import ShowSync
from marketer_desktop.storage.tables import ProjectRow
from tests.factories.mirrors import (
    Copy,
    Fault,
    do,
    identity_of,
    join,
    number_of,
    over,
    passed,
    told_by,
)
from tests.factories.serving import Teammate, add_membership, add_organization, add_teammate

Send = Callable[[], Awaitable[httpx.Response]]
Backup = Callable[[], Awaitable[Parts]]


async def test_what_a_restored_server_has_lost_comes_back_from_the_desktops(
    copy: Copy,
    parts: Parts,
    owner: Teammate,
    organization: tuple[int, str],
    third_url: str,
    backup: Backup,
) -> None:
    bob = await add_teammate(parts, "bob@example.com", organization, "member")
    async with over(parts, third_url) as own:
        other = await join(own, parts, bob)
        project, activity = await copy.shared_piece()
        await copy.synced()
        restored = await backup()
        text = SaveContent(activity_id=activity, markdown="# Two", base_revision=0)
        await copy.do(text)
        await copy.do(UpdateProject(project_id=project, name="Green tea"))
        await copy.do(EditOrganization(name="Our Company"))
        await copy.shared_piece("Mint")
        await copy.synced()
        await other.synced()
        identity = await identity_of(copy.parts, Entity.PROJECT, project)
        theirs = await other.number(Entity.PROJECT, identity)
        await other.do(UpdateProject(project_id=theirs, default_tone="bold"))
        await other.synced()
        await copy.synced()
        await copy.do(UpdateProject(project_id=project, description="Not sent yet"))
        before = await copy.rows()

        copy.line.server = other.line.server = restored
        for each in (copy, other, copy, other):
            await each.synced()

        rows = await told_by(restored, owner)
        assert await copy.rows() == rows
        assert await other.rows() == await told_by(restored, bob)
        assert {kind for kind, _ in rows} == {kind for kind, _ in before}
        told = rows[("project", str(identity))]
        assert (told["name"], told["default_tone"]) == ("Green tea", "bold")
        assert told["description"] == "Not sent yet"
        texts = [row["content"] for (kind, _), row in rows.items() if kind == "activity"]
        assert "# Two" in [each["final_content"] for each in texts if each]
        names = {row["name"] for (kind, _), row in rows.items() if kind == "project"}
        assert names == {"Green tea", "Mint"}
        assert await copy.refused() == await other.refused() == []
        # When the organization was renamed nobody knows: a person decides.
        assert {(each.field, each.mine) for each in await copy.conflicts()} == {
            ("name", "Our Company")
        }


async def test_an_organization_that_a_restored_server_has_lost_stays_here(
    copy: Copy, parts: Parts, owner: Teammate, backup: Backup
) -> None:
    restored = await backup()
    second = await add_organization(parts, "Second")
    member = (await add_membership(parts, owner, second)).member
    await do(parts.acting_as(member), CreateProject(name="Tea", share_with_team=True))
    await copy.synced()
    assert {each.name for each in await organizations(copy)} == {"My Company", "Second"}
    copy.line.server = restored
    await copy.synced()
    async with copy.parts.database.unit_of_work() as work:
        (project,) = await work.session.scalars(select(ProjectRow).where(ProjectRow.name == "Tea"))
        home = await work.organizations.get(project.organization_id)
    assert not project.share_with_team
    assert home is not None and (home.name, home.plan) == ("Second", "local")
    assert [(each.entity, each.field) for each in await copy.conflicts()] == [("project", "")]
    assert await copy.unsent() == 0


async def test_what_was_changed_on_the_restored_server_is_not_overwritten_unasked(
    copy: Copy, parts: Parts, owner: Teammate, backup: Backup
) -> None:
    project, _ = await copy.shared_piece()
    await copy.synced()
    restored = await backup()
    await copy.do(UpdateProject(project_id=project, name="Green tea"))
    await copy.synced()
    identity = await identity_of(copy.parts, Entity.PROJECT, project)
    number = await number_of(restored, Entity.PROJECT, identity)
    there = restored.acting_as(owner.member)
    for description in "ABCDEF":  # the versions there are later than those that were lost
        await do(there, UpdateProject(project_id=number, description=description))
    copy.line.server = restored
    await copy.synced()
    rows = await told_by(restored, owner)
    told = rows[("project", str(identity))]
    assert (told["name"], told["description"]) == ("Tea", "F")
    assert await copy.rows() == rows
    found = {each.field: each.mine for each in await copy.conflicts()}
    assert found["name"] == "Green tea"


async def test_a_desktop_that_counts_from_an_older_backup_loses_nothing(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, _ = await copy.shared_piece()
    await copy.synced()
    async with copy.parts.database.unit_of_work() as work:
        await work.sync_states.change(copy.account_id, next_seq=1)
        await work.commit()
    await copy.do(UpdateProject(project_id=project, name="Green tea"))
    await copy.synced()
    names = [r["name"] for (k, _), r in (await told_by(parts, owner)).items() if k == "project"]
    assert names == ["Green tea"]
    assert await copy.unsent() == 0


def answering(status: int, text: str, **headers: str) -> Fault:
    """A fault: something else answers."""

    async def fault(send: Send) -> httpx.Response:
        return httpx.Response(status, text=text, headers=headers)

    return fault


async def truncated(send: Send) -> httpx.Response:
    """The end of the answer is missing."""
    answer = await send()
    return httpx.Response(answer.status_code, text=answer.text[: len(answer.text) // 2])


def edited(edit: Callable[[dict[str, Any]], None]) -> Fault:
    """A fault: the answer is not what the server said."""

    async def fault(send: Send) -> httpx.Response:
        answer = (await send()).json()
        edit(answer["data"])
        return httpx.Response(200, text=json.dumps(answer))

    return fault


async def test_whatever_is_answered_nothing_is_lost_and_all_comes_right(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    date = {"Date": "Mon, 23 Nov 2026 12:00:00 GMT"}
    faults: list[tuple[Fault, str, float | None]] = [
        (answering(429, "{}", **{"Retry-After": "7"}), "busy", 7.0),
        (
            answering(503, "", **{"Retry-After": "Mon, 23 Nov 2026 12:00:09 GMT"}, **date),
            "busy",
            9.0,
        ),
        (answering(500, "<html>"), "busy", None),
        (answering(200, "<html>Sign in to this network</html>"), "refused", None),
        (answering(404, "not here"), "refused", None),
        (truncated, "refused", None),
        (edited(lambda data: data.update(results=[])), "refused", None),
        (edited(lambda data: data["results"].pop()), "refused", None),
    ]
    await copy.shared_piece()
    for fault, kind, wait in faults:
        copy.line.faults = [passed, fault] if not copy.line.pushes else [fault]
        outcome = await copy.sync()
        assert (outcome.kind, outcome.retry_after) == (kind, wait), fault
        assert outcome.problem.endswith((".", "here")) or "HTTP" in outcome.problem
        assert await copy.unsent() == 3
    (account,) = (await do(copy.parts, ShowSync())).accounts
    assert (account.waiting, account.problem) == (3, outcome.problem)
    await copy.synced()
    assert len({str(each["headers"]) for each in copy.line.pushes}) == 1
    assert await copy.rows() == await told_by(parts, owner)


async def test_a_row_before_what_it_belongs_to_has_all_read_anew(
    copy: Copy, parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_CHANGES", 1)
    there = parts.acting_as(owner.member)
    await do(there, CreateProject(name="Tea", share_with_team=True))

    def lose_project(data: dict[str, Any]) -> None:
        data["changes"] = [each for each in data["changes"] if each["entity"] != "project"]

    copy.line.faults = [edited(lose_project)] * 9
    assert (await copy.sync()).kind == "refused"
    assert 0 < len(copy.line.faults) < 8  # the page without it was taken, the one after it not
    copy.line.faults = []
    await copy.synced()
    assert await copy.rows() == await told_by(parts, owner)


async def test_what_is_too_large_for_a_push_is_found_out_and_refused(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    for name in ("A", "B", "C"):
        await copy.shared_piece(name)

    async def proxy(send: Send) -> httpx.Response:
        """Lets no large push through, and none with B at all."""
        copy.line.faults.append(proxy)
        pushed = copy.line.asked[-1][1].get("json", {}).get("mutations", [])
        named = [each["fields"].get("name") for each in pushed]
        if len(pushed) > 2 or "B" in named:
            return httpx.Response(413, text="too large")
        return await send()

    copy.line.faults = [proxy]
    await copy.synced()
    assert {each.entity for each in await copy.refused()} == {"project", "campaign"}
    rows = await told_by(parts, owner)
    assert sorted(r["name"] for (k, _), r in rows.items() if k == "project") == ["A", "C"]
    assert await copy.rows() == rows
    assert await copy.unsent() == 1  # the activity in B waits for it


async def test_rows_of_others_are_not_touched_whatever_a_server_tells(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    """No server knows the identity of what is not shared with it; one that did could do nothing."""
    async with copy.parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        project = await work.session.get_one(ProjectRow, place.project_id)
        await work.commit()
    there = parts.acting_as(owner.member)
    await do(there, CreateProject(name="Tea", share_with_team=True))

    def rename(data: dict[str, Any]) -> None:
        for each in data["changes"]:
            if each["entity"] == "project":
                each["sync_id"] = str(project.sync_id)
        data["changes"] = [each for each in data["changes"] if each["entity"] == "project"]

    copy.line.faults = [edited(rename)]
    await copy.synced()
    async with copy.parts.database.unit_of_work() as work:
        names = list(await work.session.scalars(select(ProjectRow.name)))
    assert names == [project.name]


@pytest.mark.parametrize("has_own", [True, False])
async def test_two_accounts_of_one_machine_do_not_touch_each_others_organizations(
    copy: Copy, parts: Parts, owner: Teammate, organization: tuple[int, str], has_own: bool
) -> None:
    bob = await add_teammate(parts, "bob@example.com", organization, "member")
    await copy.shared_piece()
    await copy.synced()
    second = await join(copy.parts, parts, bob)
    await second.synced()
    there = parts.acting_as(owner.member)
    await do(there, EditOrganization(name="Our Company"))
    await second.synced()
    assert [each.name for each in await organizations(second)] == []
    await copy.synced()
    assert [each.name for each in await organizations(copy)] == ["Our Company"]
    assert await copy.rows() == await told_by(parts, owner)
    assert await second.unsent() == 0

    async with parts.database.unit_of_work() as work:
        found = await work.members.of_user(owner.organization_id, owner.user_id)
        assert found is not None
        found[0].is_active = False
        await work.commit()
    if has_own:
        await copy.do(CreateProject(name="My own"))
    left = (await copy.member()).organization_id
    await copy.synced()
    async with copy.parts.database.unit_of_work() as work:
        people = [user.email for _, user in await work.members.list(left)]
    assert people == (["local@localhost"] if has_own else [])  # what is left is nobody else's
    await second.synced()
    assert [each.name for each in await organizations(copy)] == []
    assert [each.name for each in await organizations(second)] == ["Our Company"]
    assert (await second.rows()).keys() == (await told_by(parts, bob)).keys()


async def organizations(copy: Copy) -> Any:
    """Those that come from the account."""
    async with copy.parts.database.unit_of_work() as work:
        return await work.sync_states.organizations(copy.account_id)
