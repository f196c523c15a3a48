"""Pages of changes as they are taken in: in their order, and cheaply when there is nothing."""

from typing import Any

from sqlalchemy import event

from marketer_desktop.services.apply_changes import begin_anew
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import UpdateProject
from tests.factories.mirrors import Copy, do, told_by
from tests.factories.serving import Teammate

QUIET_ROUND = 8  # statements


async def test_a_page_from_before_all_is_read_anew_is_left_alone(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    await copy.shared_piece()
    await copy.synced()

    async def anew_meanwhile(send: Any) -> Any:
        answer = await send()
        await begin_anew(copy.parts, copy.account_id)
        return answer

    before, pushes = await copy.rows(), len(copy.line.pushes)
    copy.line.faults = [anew_meanwhile]
    await copy.synced()

    assert await copy.rows() == before == await told_by(parts, owner)
    assert len(copy.line.pushes) == pushes  # nothing was taken for lost, and sent again


async def test_a_page_that_another_process_has_read_past_is_left_alone(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    await copy.shared_piece()
    await copy.synced()
    await do(parts.acting_as(owner.member), _described(1, "older"))

    async def overtaken(send: Any) -> Any:
        answer = await send()
        await do(parts.acting_as(owner.member), _described(1, "newer"))
        await copy.synced()  # as another process would
        return answer

    copy.line.faults = [overtaken]
    pushes = len(copy.line.pushes)
    await copy.synced()

    assert await copy.rows() == await told_by(parts, owner)
    assert len(copy.line.pushes) == pushes
    assert await copy.conflicts() == []


async def test_a_round_with_nothing_to_do_asks_the_database_little(copy: Copy) -> None:
    await copy.shared_piece()
    await copy.synced()
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = copy.parts.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await copy.synced()

    assert 0 < len(asked) <= QUIET_ROUND, asked


def _described(project_id: int, text: str) -> UpdateProject:
    return UpdateProject(project_id=project_id, description=text)
