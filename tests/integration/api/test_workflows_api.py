"""Runs are queued, cancelled, taken up again and written anew over HTTP."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event, select

from marketer_desktop.events.run_event import STEPS
from marketer_desktop.observability.logs import JsonLines, log
from marketer_desktop.services.execute_workflow import ExecuteWorkflow, execute_workflow
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ActivityRow, AuditLogRow, OrganizationRow
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

# Section 8.5 of the specification.
EXECUTE = {
    "topic": "AI in Marketing Automation",
    "keywords": ["AI", "marketing automation", "personalization"],
    "content_type": "blog",
    "tone": "professional",
    "target_audience": "Marketing managers at B2B companies",
    "target_word_count": 1500,
}
MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}


@pytest.fixture
def model(parts: Parts) -> ScriptedChatModel:
    """The model of the parts; nothing is written until `pause` is taken away."""
    scripted: ScriptedChatModel = parts.models.model  # type: ignore[attr-defined]
    scripted.pause = 30
    return scripted


async def project_of(client: httpx.AsyncClient, name: str = "Q1") -> int:
    answer = await client.post("/api/projects", json={"name": name})
    number: int = answer.json()["data"]["id"]
    return number


async def execute(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    answer = await client.post("/api/workflows/execute", json=asked)
    assert answer.status_code == 202, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def stored(parts: Parts, activity_id: int) -> ActivityRow:
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(activity_id)
    assert row is not None
    return row


async def becomes(parts: Parts, activity_id: int, *statuses: str) -> None:
    async def has() -> bool:
        return (await stored(parts, activity_id)).status in statuses

    await becomes_true(has)


async def test_all_is_durable_when_the_answer_comes(
    parts: Parts, owner: Teammate, model: ScriptedChatModel
) -> None:
    async with client_of(parts, owner) as client:
        project_id = await project_of(client)
        data = await execute(client, **EXECUTE, project_id=project_id)
        activity_id = data["activity_id"]
        row = await stored(parts, activity_id)
        assert data == {
            "task_id": (row.workflow_state or {})["run_id"],
            "activity_id": activity_id,
            "status": "queued",
            "stream_url": f"/api/activities/{activity_id}/stream",
        }
        assert UUID(data["task_id"]).version == 4
        assert (row.topic, row.keywords) == (EXECUTE["topic"], EXECUTE["keywords"])
        assert (row.target_word_count, row.target_audience) == (1500, EXECUTE["target_audience"])
        assert (row.status, row.owner_id) == ("generating", owner.user_id)
        await client.post(f"/api/activities/{activity_id}/cancel")


async def test_a_run_is_queued_in_few_statements(
    parts: Parts, owner: Teammate, model: ScriptedChatModel
) -> None:
    asked: list[str] = []
    us = asyncio.current_task()

    def note(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
        if asyncio.current_task() is us:  # and not what goes on in the background
            asked.append(statement.split(None, 1)[0])

    async with client_of(parts, owner) as client:
        project_id = await project_of(client)
    acting = parts.acting_as(Member(owner.user_id, owner.organization_id))
    call = ExecuteWorkflow(topic="Fresh coffee", project_id=project_id)
    await execute_workflow(call, acting, lambda told: None)  # makes the campaign
    engine = parts.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    queued = await execute_workflow(call, acting, lambda told: None)
    event.remove(engine, "before_cursor_execute", note)
    # Its place, its number; then activity, audit entry and count. The queue adds the job itself.
    assert asked == ["SELECT", "SELECT", "WITH"]
    row = await stored(parts, queued.activity_id)
    assert (row.status, row.topic) == ("generating", "Fresh coffee")
    async with parts.database.unit_of_work() as work:
        entries = await work.session.scalars(
            select(AuditLogRow).where(AuditLogRow.resource_id == queued.activity_id)
        )
        noted = [(each.action, each.user_id, each.organization_id) for each in entries]
        counted = await work.session.get_one(OrganizationRow, owner.organization_id)
    assert noted == [("activity.generate", owner.user_id, owner.organization_id)]
    assert counted.requests_today == 2


async def test_an_activity_takes_a_new_brief_on_and_keeps_its_text(
    parts: Parts, owner: Teammate, model: ScriptedChatModel
) -> None:
    model.pause = 0
    async with client_of(parts, owner) as client:
        project_id = await project_of(client)
        first = await execute(client, **MAIL, project_id=project_id)
        activity_id = first["activity_id"]
        await becomes(parts, activity_id, "completed", "needs_attention")
        before = (await stored(parts, activity_id)).content
        model.pause = 30
        changed = {**MAIL, "topic": "Fresh tea", "target_word_count": 80}
        again = await execute(client, **changed, activity_id=activity_id, project_id=project_id)
        row = await stored(parts, activity_id)
        assert again["activity_id"] == activity_id and again["task_id"] != first["task_id"]
        assert (row.topic, row.target_word_count, row.status) == ("Fresh tea", 80, "generating")
        assert row.content == before
        twice = await client.post(
            "/api/workflows/execute", json={**MAIL, "activity_id": activity_id}
        )
        assert twice.status_code == 409
        await client.post(f"/api/activities/{activity_id}/cancel")
        other = await client.post(
            "/api/workflows/execute",
            json={**MAIL, "activity_id": activity_id, "project_id": project_id + 1},
        )
        assert other.status_code == 400


async def test_a_run_is_cancelled_resumed_and_written_anew(
    parts: Parts, owner: Teammate, model: ScriptedChatModel
) -> None:
    async with client_of(parts, owner) as client:
        queued = await execute(client, **MAIL, project_id=await project_of(client))
        activity_id = queued["activity_id"]
        path = f"/api/activities/{activity_id}"
        assert (await client.post(f"{path}/resume")).status_code == 409
        cancelled = await client.post(f"{path}/cancel")
        assert cancelled.status_code == 200
        assert cancelled.json()["data"] == {"activity_id": activity_id, "status": "cancelled"}
        assert (await client.post(f"{path}/cancel")).status_code == 409
        model.pause = 0
        resumed = await client.post(f"{path}/resume")
        assert (resumed.status_code, resumed.json()["data"]) == (202, queued)
        await becomes(parts, activity_id, "completed", "needs_attention")
        anew = await client.post(f"{path}/regenerate", json={"scope": "all"})
        assert anew.status_code == 202
        assert anew.json()["data"] == {**queued, "task_id": anew.json()["data"]["task_id"]}
        assert anew.json()["data"]["task_id"] != queued["task_id"]
        await becomes(parts, activity_id, "completed", "needs_attention")
        passage = {"scope": "selection", "command": "shorten", "text": "Coffee is good for all."}
        proposed = await client.post(f"{path}/regenerate", json=passage)
        assert proposed.status_code == 200
        assert proposed.json()["data"]["text"]
        async with parts.database.unit_of_work() as work:
            used = await work.session.get_one(OrganizationRow, owner.organization_id)
        assert used.requests_today == 3  # taking a run up again is none
        wrong = await client.post(f"{path}/regenerate", json={"scope": "everything"})
        assert wrong.status_code == 400


async def test_the_requests_id_goes_with_the_run_into_every_line_of_the_log(
    parts: Parts, owner: Teammate
) -> None:
    ours = str(uuid4())
    async with client_of(parts, owner) as client, log_lines() as lines:
        answer = await client.post(
            "/api/workflows/execute", json=MAIL, headers={"X-Request-ID": ours}
        )
        activity_id = answer.json()["data"]["activity_id"]
        await becomes(parts, activity_id, "completed", "needs_attention")
        await becomes_true(lambda: says(lines, "the run has ended: complete"))
    own = [line for line in lines if "/api/" not in line["message"]]
    assert [line["message"].split(" after")[0] for line in own] == [
        "a run is queued",
        "a run begins",
        *(f"{step} {what}" for step in STEPS for what in ("begins", "has ended")),
        "the run has ended: complete",
    ]
    ids = {
        "request_id": ours,
        "user_id": owner.user_id,
        "org_id": owner.organization_id,
        "activity_id": activity_id,
    }
    for line in own:
        assert {name: line.get(name) for name in ids} == ids, line["message"]


async def says(lines: list[dict[str, Any]], message: str) -> bool:
    return any(line["message"] == message for line in lines)


class Lines(logging.Handler):
    """Writes as the log file does, while the ids are those of whoever logs."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(json.loads(JsonLines().format(record)))


@asynccontextmanager
async def log_lines() -> AsyncIterator[list[dict[str, Any]]]:
    """The lines that our log gets meanwhile."""
    handler, before = Lines(), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield handler.written
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


async def test_what_is_missing_or_wrong_is_named(parts: Parts, owner: Teammate) -> None:
    wrong = {"keywords": "AI", "content_type": "poem", "target_word_count": 5}
    async with client_of(parts, owner) as client:
        answer = await client.post("/api/workflows/execute", json=wrong)
        assert answer.status_code == 400
        assert set(answer.json()["error"]["details"]) == {
            "topic",
            "keywords",
            "content_type",
            "target_word_count",
        }
        nul = await client.post("/api/workflows/execute", json={**MAIL, "topic": "abc\x00d"})
        assert (nul.status_code, set(nul.json()["error"]["details"])) == (400, {"topic"})
        unknown = await client.post("/api/workflows/execute", json={**MAIL, "model": "hal:9000"})
        assert unknown.status_code == 400
        for lost in ({"activity_id": 99}, {"project_id": 99}, {"campaign_id": 99}):
            answer = await client.post("/api/workflows/execute", json={**MAIL, **lost})
            assert answer.status_code == 404, lost


async def refused_documents(client: httpx.AsyncClient, *numbers: int) -> tuple[int, str]:
    asked = {**MAIL, "document_ids": numbers}
    answer = await client.post("/api/workflows/execute", json=asked)
    return answer.status_code, answer.json()["error"]["message"]


async def upload(client: httpx.AsyncClient, **form: str) -> int:
    files = {"file": ("a.txt", b"Coffee grows on trees.", "text/plain")}
    answer = await client.post("/api/documents", files=files, data=form)
    number: int = answer.json()["data"]["id"]
    return number


async def test_documents_of_others_are_refused_like_those_that_never_were(
    parts: Parts, owner: Teammate
) -> None:
    other = await add_organization(parts, "Other")
    stranger = await add_teammate(parts, "stranger@example.com", other)
    async with client_of(parts, owner) as client, client_of(parts, stranger) as theirs:
        foreign, ours = await upload(theirs), await upload(client)
        for numbers in ([foreign], [99], [ours, foreign], [foreign, foreign]):
            lost = next(number for number in numbers if number != ours)
            said = f"There is no document {lost}. Choose the documents again."
            assert await refused_documents(client, *numbers) == (404, said)
        draft = {**MAIL, "document_ids": [foreign]}
        assert (await client.post("/api/activities", json=draft)).status_code == 404


async def test_why_a_document_of_ones_own_is_refused_is_told(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    unread = await upload(client)
    elsewhere = await upload(client, project_id=str(await project_of(client, "Elsewhere")))
    status, said = await refused_documents(client, elsewhere, unread)
    assert status == 409
    assert said.startswith(f"Document {elsewhere} belongs to another project.")
    status, said = await refused_documents(client, unread)
    assert status == 409
    assert said.startswith(f"Document {unread} is not read yet")


async def test_others_neither_run_nor_see_what_is_not_theirs(
    parts: Parts, owner: Teammate, organization: tuple[int, str], model: ScriptedChatModel
) -> None:
    stranger = await add_teammate(
        parts, "stranger@example.com", await add_organization(parts, "Other")
    )
    viewer = await add_teammate(parts, "viewer@example.com", organization, "viewer")
    async with client_of(parts, owner) as client:
        project_id = await project_of(client)
        queued = await execute(client, **MAIL, project_id=project_id)
        path = f"/api/activities/{queued['activity_id']}"
        async with client_of(parts, stranger) as other, client_of(parts, viewer) as looking:
            for who, status in ((other, 404), (looking, 403)):
                for place in ({"project_id": project_id}, {"activity_id": queued["activity_id"]}):
                    asked = await who.post("/api/workflows/execute", json={**MAIL, **place})
                    assert asked.status_code == status
                for action in ("cancel", "resume"):
                    assert (await who.post(f"{path}/{action}")).status_code == status
                anew = await who.post(f"{path}/regenerate", json={"scope": "all"})
                assert anew.status_code == status
            assert (await other.get(f"{path}/stream")).status_code == 404
        await client.post(f"{path}/cancel")
