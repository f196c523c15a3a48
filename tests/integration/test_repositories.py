"""The repositories on a real database."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketer_desktop.domain.brief import Brief
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.documents import NewChunk
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.repositories.noted_calls import NotedCall, NotedCalls
from marketer_desktop.storage.repositories.runs import RunIsOver
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import (
    ActivityRow,
    AgentExecutionRow,
    AuditLogRow,
    DocumentRow,
    OrganizationRow,
    ProjectRow,
)
from marketer_desktop.storage.unit_of_work import UnitOfWork

BRIEF = Brief(topic="Solar roofs", keywords=["solar"], words=600).model_dump(mode="json")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


async def test_the_local_workspace_is_made_once(database: Database) -> None:
    async def ask() -> Workspace:
        async with database.unit_of_work() as work:
            workspace = await work.workspaces.local_workspace()
            await work.commit()
            return workspace

    workspaces = await asyncio.gather(*(ask() for _ in range(6)))
    assert len(set(workspaces)) == 1
    async with database.unit_of_work() as work:
        organization = await work.session.get_one(OrganizationRow, workspaces[0].organization_id)
        project = await work.session.get_one(ProjectRow, workspaces[0].project_id)
        assert await work.session.scalar(select(func.count(ProjectRow.id))) == 1
    assert (organization.plan, project.name) == ("local", "My content")


async def test_a_named_project_is_found_whatever_the_case(database: Database) -> None:
    async with database.unit_of_work() as work:
        default = await work.workspaces.project(None)
        spring = await work.workspaces.project("Frühling  2026")
        again = await work.workspaces.project(" FRÜHLING 2026 ")
        other = await work.workspaces.project("Frühling")
        with pytest.raises(ValueError, match="needs a name"):
            await work.workspaces.project("  ")
    assert spring == again
    assert len({default.project_id, spring.project_id, other.project_id}) == 3
    assert default.organization_id == spring.organization_id == other.organization_id


async def test_a_document_is_known_by_its_content(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        document = await _document(work, here, here.project_id)
        same = await _document(work, here, here.project_id)
        at_large = await _document(work, here, None)
        found = await work.documents.by_hash(here.organization_id, None, "a" * 64)
        await work.commit()
        listed = await work.documents.list(here.organization_id)
        in_project = await work.documents.list(here.organization_id, here.project_id)
        without_details = DocumentRow.details.is_(None)
        assert await work.session.scalar(select(func.count()).where(without_details)) == 2
    assert document.status == "pending"
    assert same.id == document.id != at_large.id
    assert found is not None
    assert found.id == at_large.id
    assert [row.id for row in listed] == [at_large.id, document.id]
    assert [row.id for row in in_project] == [document.id]


async def test_two_uploads_of_the_same_file_at_once_make_one_document(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        await work.commit()

    async def upload() -> int:
        async with database.unit_of_work() as work:
            document = await _document(work, here, None)
            await work.commit()
            return document.id

    assert len(set(await asyncio.gather(*(upload() for _ in range(4))))) == 1


async def test_a_document_settles_with_a_time_and_forgets_old_errors(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        document = await _document(work, here, None)
        document = await work.documents.mark(document.id, "processing")
        assert document.processed_at is None
        document = await work.documents.mark(document.id, "error", "The file is damaged.")
        assert document.error_message == "The file is damaged."
        document = await work.documents.mark(document.id, "indexed", chunk_count=7)
        await work.commit()
    assert (document.status, document.error_message) == ("indexed", None)
    assert document.chunk_count == 7
    assert document.processed_at is not None
    async with database.unit_of_work() as work:
        with pytest.raises(MissingRow, match="no document 999"):
            await work.documents.mark(999, "indexed")


async def test_chunks_are_replaced_and_found_by_number(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        document = await _document(work, here, None)
        await work.documents.store_chunks(document.id, [NewChunk(None, 0, 3, "old")])
        await work.documents.store_chunks(
            document.id, [NewChunk(1, 0, 5, "First"), NewChunk(2, 6, 12, "Second")]
        )
        first, second = await work.documents.chunks(document.id)
        assert await work.documents.chunks(document.id, 1, 5) == [second]
        passages = await work.documents.chunks_by_ids([second.id, 12345, first.id])
        await work.documents.store_chunks(document.id, [])
        assert await work.documents.chunks(document.id) == []
    assert (first.ordinal, first.page, second.ordinal, second.page) == (0, 1, 1, 2)
    assert [passage.chunk.text for passage in passages] == ["Second", "First"]
    assert {passage.filename for passage in passages} == {"brand.pdf"}


async def test_an_activity_from_its_brief_to_its_content(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        activity = await work.activities.add(here.campaign_id, here.user_id, BRIEF)
        assert (activity.type, activity.target_word_count) == ("blog", 600)
        assert (activity.status, activity.brief) == ("draft", BRIEF)
        await work.activities.set_status(activity.id, "generating")
        started = activity.workflow_started_at
        await work.activities.set_run(activity.id, {"thread_id": "t", "step": "writing"})
        await work.commit()
        failed = await work.activities.set_status(activity.id, "failed", "The model stopped.")
        assert failed.workflow_completed_at is not None
        resumed = await work.activities.set_status(activity.id, "generating")
        assert not resumed.error_message
        assert not resumed.workflow_completed_at
        await work.activities.save_content(
            activity.id,
            content={"final_content": "# Solar"},
            report={"checks": []},
            status="needs_attention",
            tokens=1200,
            duration_ms=3400,
        )
        await work.commit()
    assert activity.workflow_started_at == started
    assert activity.updated_at > activity.created_at
    async with database.unit_of_work() as work:
        read = await work.activities.get(activity.id)
        assert await work.activities.get(999) is None
        with pytest.raises(MissingRow, match="no activity 999"):
            await work.activities.set_status(999, "failed")
    assert read is not None
    assert (read.status, read.tokens_used, read.workflow_duration_ms) == (
        "needs_attention",
        1200,
        3400,
    )
    assert read.content == {"final_content": "# Solar"}
    assert read.workflow_state == {"thread_id": "t", "step": "writing"}


async def test_activities_are_listed_newest_first_and_per_organization(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        there = await work.workspaces.project("Elsewhere")
        added = [
            await work.activities.add(campaign, here.user_id, BRIEF)
            for campaign in (here.campaign_id, there.campaign_id, here.campaign_id)
        ]
        await work.commit()
        listed = await work.activities.list(here.organization_id, limit=2)
        assert await work.activities.list(here.organization_id + 1) == []
    assert [row.id for row in listed] == [added[2].id, added[1].id]


async def test_concurrent_events_are_numbered_without_a_gap(database: Database) -> None:
    activity = await _activity(database)

    async def append(number: int) -> int | None:
        async with database.unit_of_work() as work:
            seq = await work.run_events.append(
                activity.id, "finished", "writing", 60, {"number": number}, NOW
            )
            if number % 5 == 0:
                return None  # not committed: its number must go to another
            await work.commit()
            return seq

    numbers = await asyncio.gather(*(append(number) for number in range(20)))
    async with database.unit_of_work() as work:
        events = await work.run_events.after(activity.id, 0)
        late = await work.run_events.after(activity.id, 14)
        with pytest.raises(MissingRow):
            await work.run_events.append(999, "finished", "writing", 60, {}, NOW)
    assert [event.seq for event in events] == list(range(1, 17))
    assert sorted(number for number in numbers if number) == list(range(1, 17))
    assert [event.seq for event in late] == [15, 16]
    assert events[0].at == NOW


async def test_a_finished_call_is_remembered_and_never_overwritten(database: Database) -> None:
    activity = await _activity(database)
    call: dict[str, Any] = {
        "run_id": uuid4(),
        "node": "writing:0",
        "attempt": 1,
        "input_hash": "f" * 64,
    }
    async with database.unit_of_work() as work:
        started = await _start(work.executions, activity, call)
        assert started.status == "running"
        await work.executions.fail(started.id, "cut off")
        again = await _start(work.executions, activity, call)
        assert (again.id, again.status) == (started.id, "running")
        (row,) = await work.executions.of_activity(activity.id)
        assert row.error_message is None
        await work.executions.finish(
            again.id, output={"text": "Hello"}, tokens_in=10, tokens_out=5, duration_ms=90
        )
        await work.commit()
    async with database.unit_of_work() as work:
        third = await _start(work.executions, activity, call)
        retry = await _start(work.executions, activity, {**call, "attempt": 2})
        await work.commit()
        calls = await work.executions.of_activity(activity.id)
    assert (third.id, third.status) == (started.id, "completed")
    assert third.output_data == {"text": "Hello"}
    assert (third.tokens_input, third.tokens_output, calls[0].tokens_total) == (10, 5, 15)
    assert [row.id for row in calls] == [started.id, retry.id]


async def test_a_run_that_is_over_starts_no_call(database: Database) -> None:
    activity = await _activity(database)
    call = {"run_id": uuid4(), "node": "editing", "attempt": 1, "input_hash": "e" * 64}
    async with database.ledger() as calls:  # each statement is kept by itself
        started = await _start(calls, activity, call)
        await calls.finish(started.id, output={}, tokens_in=0, tokens_out=0, duration_ms=1)
    async with database.unit_of_work() as work:
        await work.activities.set_status(activity.id, "cancelled")
        await work.commit()
        for attempt in (1, 2):
            with pytest.raises(RunIsOver):
                await _start(work.executions, activity, {**call, "attempt": attempt})
        assert [row.id for row in await work.executions.of_activity(activity.id)] == [started.id]
        with pytest.raises(MissingRow, match="model call"):
            await work.executions.fail(999, "cut off")


async def test_one_call_has_one_row_whoever_starts_it(database: Database) -> None:
    activity = await _activity(database)
    call = {"run_id": uuid4(), "node": "editing", "attempt": 1, "input_hash": "e" * 64}

    async def start() -> int:
        async with database.unit_of_work() as work:
            row = await _start(work.executions, activity, call)
            await work.commit()
            return row.id

    assert len(set(await asyncio.gather(start(), start(), start()))) == 1
    async with database.unit_of_work() as work:
        work.session.add(
            AgentExecutionRow(
                activity_id=activity.id,
                organization_id=1,
                agent_name="editor",
                status="running",
                **call,
            )
        )
        with pytest.raises(IntegrityError, match="uq_agent_executions"):
            await work.session.flush()


async def test_a_step_that_ran_twice_has_one_row(database: Database) -> None:
    activity = await _activity(database)
    run_id = uuid4()
    async with database.unit_of_work() as work:
        await work.steps.record(activity.id, run_id, "research", "c1", {"sources": 1})
        await work.steps.record(activity.id, run_id, "writing", "c2", {"sections": 3})
        await work.steps.record(activity.id, run_id, "research", "c3", {"sources": 2})
        await work.commit()
        steps = await work.steps.of_activity(activity.id)
    assert [(row.step, row.checkpoint_id) for row in steps] == [
        ("research", "c3"),
        ("writing", "c2"),
    ]
    assert steps[0].state_data == {"sources": 2}


async def test_usage_and_audit_are_stamped_by_the_database(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        used = await work.usage.record(
            here.organization_id, here.user_id, "llm_request", {"tokens": 15}, Decimal("0.0125")
        )
        await work.audit.record(
            here.user_id, here.organization_id, "activity.generate", "activity", 1, None, "failure"
        )
        await work.commit()
        logged = (await work.session.scalars(select(AuditLogRow))).one()
    assert (used.details, used.cost_usd) == ({"tokens": 15}, Decimal("0.0125"))
    assert used.timestamp == logged.timestamp
    assert (logged.status, logged.retention_days) == ("failure", 2555)


async def _document(work: UnitOfWork, here: Workspace, project_id: int | None) -> DocumentRow:
    return await work.documents.add(
        organization_id=here.organization_id,
        project_id=project_id,
        uploaded_by=here.user_id,
        filename="brand.pdf",
        file_path="/somewhere/brand.pdf",
        content_hash="a" * 64,
    )


async def _activity(database: Database) -> ActivityRow:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        activity = await work.activities.add(here.campaign_id, here.user_id, BRIEF)
        await work.activities.set_status(activity.id, "generating")
        await work.commit()
    return activity


async def _start(calls: NotedCalls, activity: ActivityRow, call: dict[str, Any]) -> NotedCall:
    return await calls.start(
        activity_id=activity.id,
        organization_id=1,
        agent_name="content_writer",
        llm_model="starter",
        **call,
    )
