"""Rounds begin by themselves: at the start, after a change, when somebody asks or signs in."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from marketer_desktop.domain import sync_schedule
from marketer_desktop.hybrid.sync.runner import Runner
from marketer_desktop.hybrid.sync.server import Server
from marketer_desktop.services.begin_syncing import begin_syncing
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import UpdateProject
from marketer_desktop.services.show_sync import ShowSync, SyncNow
from tests.factories.mirrors import Copy, do, nobody_there, told_by
from tests.factories.serving import Teammate
from tests.patience import becomes_true


@pytest.fixture
async def running(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Copy]:
    """The desktop syncs by itself, a moment after each change."""
    monkeypatch.setattr(sync_schedule, "QUIET", 0.0)

    async def opened(account_id: int) -> Server:
        assert account_id == copy.account_id
        return copy.line

    async def how() -> Runner:
        return Runner(copy.parts, opened)

    copy.parts.syncer.learn(how)
    await begin_syncing(copy.parts)
    yield copy
    await copy.parts.syncer.close()


async def has_ended(copy: Copy, kind: str) -> bool:
    """Whether the last round has ended so, and none is under way."""
    standing = copy.parts.syncer.standing(copy.account_id)
    return not standing.is_syncing and standing.ended == kind


async def test_rounds_come_at_the_start_after_changes_and_when_asked_for(
    running: Copy, parts: Parts, owner: Teammate
) -> None:
    await becomes_true(partial(has_ended, running, "done"))
    project, _ = await running.shared_piece()

    async def names_there() -> list[str]:
        rows = await told_by(parts, owner)
        return [row["name"] for (kind, _), row in rows.items() if kind == "project"]

    async def has_come() -> bool:
        return await names_there() == ["Tea"]

    await becomes_true(has_come)
    await becomes_true(partial(has_ended, running, "done"))

    running.line.faults = [nobody_there] * 99  # more than there are rounds
    found = (await do(running.parts, SyncNow())).accounts[0]
    assert found.problem == "The server cannot be reached."
    assert found.state in ("offline", "syncing")  # the next one may have begun
    running.line.faults = []
    running.parts.syncer.ask(running.account_id)
    await becomes_true(partial(has_ended, running, "done"))

    await running.do(UpdateProject(project_id=project, name="Mint"))
    found = (await do(running.parts, SyncNow(account_id=running.account_id))).accounts[0]
    assert await names_there() == ["Mint"]
    assert (found.problem, found.waiting) == ("", 0)
    assert found.last_synced_at is not None


async def test_an_account_that_signs_out_is_left_alone(running: Copy) -> None:
    await becomes_true(partial(has_ended, running, "done"))
    async with running.parts.database.unit_of_work() as work:
        await work.server_accounts.sign_out(running.account_id, "Ended elsewhere.")
        await work.commit()
    running.parts.bus.changed("accounts")
    report = await do(running.parts, SyncNow())
    found = report.accounts[0]
    assert (found.state, found.problem) == ("signed_out", "Ended elsewhere.")

    async def is_quiet() -> bool:
        return not running.parts.syncer.standing(running.account_id).is_syncing

    await becomes_true(is_quiet)
    asked = len(running.line.asked)
    running.parts.syncer.ask()
    await do(running.parts, SyncNow())
    assert len(running.line.asked) == asked


async def test_a_process_that_cannot_sync_says_so(copy: Copy) -> None:
    with pytest.raises(ServiceError, match="This process cannot sync"):
        await do(copy.parts, SyncNow())
    assert (await do(copy.parts, ShowSync())).accounts[0].state == "up_to_date"
