"""What machines ask a server: whether it is ready, and every metric of section 10.1, moving."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.measuring import request_broke_off, request_ended
from marketer_desktop.observability import metrics
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.unfinished_documents import UnfinishedDocuments
from tests.factories.serving import PASSWORD, Teammate, client_of
from tests.patience import becomes_true

# The specification, section 10.1: each name with its labels, and what has moved it here.
SPECIFIED = {
    "marketer_app_info": {"version", "deployment"},
    "http_requests_total": {"method", "endpoint", "status"},
    "http_request_duration_seconds_count": {"method", "endpoint"},
    "workflow_executions_total": {"content_type", "status"},
    "workflow_duration_seconds_count": {"content_type"},
    "agent_executions_total": {"agent_name", "status"},
    "agent_duration_seconds_count": {"agent_name"},
    "llm_requests_total": {"provider", "model", "status"},
    "llm_tokens_total": {"provider", "model", "type"},
    "llm_cost_usd_total": {"provider", "model"},
    "db_connections_active": set(),
    "db_query_duration_seconds_count": {"operation"},
    "chromadb_documents_total": {"organization_id"},
    "chromadb_query_duration_seconds_count": set(),
    "cache_hits_total": {"cache_key"},
    "cache_misses_total": {"cache_key"},
    "organizations_total": {"plan"},
    "active_users_total": {"organization_id"},
    "queue_jobs_pending": {"queue"},
    "queue_jobs_processing": {"queue"},
}
MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
Labels = frozenset[tuple[str, str]]


@pytest.fixture
async def client(parts: Parts, owner: Teammate) -> AsyncIterator[httpx.AsyncClient]:
    metrics.switch_on("server")
    async with client_of(parts, owner) as client:
        yield client


async def scrape(client: httpx.AsyncClient) -> dict[str, dict[Labels, float]]:
    """Every sample by its name and labels."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain")
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[frozenset(sample.labels.items())] = sample.value
    return found


def moved(
    before: dict[str, dict[Labels, float]], after: dict[str, dict[Labels, float]], name: str
) -> dict[Labels, float]:
    old = before.get(name, {})
    return {key: value - old.get(key, 0) for key, value in after.get(name, {}).items()}


async def test_every_metric_moves_with_what_it_measures(
    parts: Parts, client: httpx.AsyncClient, owner: Teammate
) -> None:
    before = await scrape(client)
    mine = ("organization_id", str(owner.organization_id))
    assert before["active_users_total"] == {frozenset([mine]): 1}
    assert before.get("chromadb_documents_total", {}) == {}
    await client.post("/api/login", json={"email": owner.email, "password": PASSWORD})
    background = UnfinishedDocuments(parts, pause=0)
    await background.start()
    files = {"file": ("coffee.md", b"# Coffee\n\nFresh coffee comes on Fridays.\n")}
    document = (await client.post("/api/documents", files=files)).json()["data"]["id"]

    async def read() -> bool:
        told = (await client.get(f"/api/documents/{document}")).json()["data"]
        return bool(told["status"] == "indexed")

    await becomes_true(read)
    await background.stop()
    project = (await client.post("/api/projects", json={"name": "Q1"})).json()["data"]["id"]
    asked = {**MAIL, "project_id": project, "document_ids": [document]}
    parts.models.model.pause = 30  # type: ignore[attr-defined]
    started = (await client.post("/api/workflows/execute", json=asked)).json()["data"]

    async def under_way() -> bool:
        return set((await scrape(client))["queue_jobs_processing"].values()) == {1}

    await becomes_true(under_way)
    parts.models.model.pause = 0  # type: ignore[attr-defined]
    await client.post(f"/api/activities/{started['activity_id']}/cancel")
    asked["topic"] = "Fresh coffee again"
    started = (await client.post("/api/workflows/execute", json=asked)).json()["data"]

    async def over() -> bool:
        place = f"/api/activities/{started['activity_id']}"
        return bool((await client.get(place)).json()["data"]["status"] != "generating")

    await becomes_true(over)
    after = await scrape(client)

    for name, labels in SPECIFIED.items():
        assert name in after, name
        assert {frozenset(dict(key)) for key in after[name]} == {frozenset(labels)}, name
    still = {"marketer_app_info", "db_connections_active", "llm_cost_usd_total"}
    still |= {"active_users_total", "organizations_total"}
    still |= {"queue_jobs_pending", "queue_jobs_processing"}
    for name in SPECIFIED.keys() - still:
        assert sum(moved(before, after, name).values()) > 0, name

    def rose(name: str, **labels: str) -> float:
        return moved(before, after, name).get(frozenset(labels.items()), 0)

    assert rose("http_requests_total", method="POST", endpoint="/api/login", status="200") == 1
    endpoint = "/api/workflows/execute"
    assert rose("http_requests_total", method="POST", endpoint=endpoint, status="202") == 2
    assert rose("workflow_executions_total", content_type="email", status="cancelled") == 1
    assert rose("workflow_duration_seconds_count", content_type="email") == 2
    assert after["chromadb_documents_total"] == {frozenset([mine]): 1}
    assert after["db_connections_active"] == {frozenset(): 1}  # the one that counts


async def test_a_text_that_was_just_scored_is_a_hit(client: httpx.AsyncClient) -> None:
    before = await scrape(client)
    asked = {"text": f"Fresh coffee, {uuid4()}.", "keyphrase": "coffee"}
    first, again = [await client.post("/api/score", json=asked) for _ in range(2)]
    assert first.json()["data"] == again.json()["data"]
    after, scorer = await scrape(client), frozenset({("cache_key", "scorer")})
    assert moved(before, after, "cache_hits_total")[scorer] == 1
    assert moved(before, after, "cache_misses_total")[scorer] == 1


async def test_what_nobody_serves_is_one_series(client: httpx.AsyncClient) -> None:
    before = await scrape(client)
    for path in ("/wp-login.php", "/api/a/b/c"):
        assert (await client.get(path)).status_code == 404
    await client.request("BREW", "/coffee")
    found = {
        tuple(dict(key)[name] for name in ("method", "endpoint", "status")): value
        for key, value in moved(before, await scrape(client), "http_requests_total").items()
        if value and dict(key)["endpoint"] != "/metrics"
    }
    assert found == {("GET", "other", "404"): 2, ("other", "other", "404"): 1}


async def test_answers_and_failures_of_models_are_told_apart(client: httpx.AsyncClient) -> None:
    before = await scrape(client)
    choice = ModelChoice("openai", "gpt-6.1-sol")
    request_ended(choice, 1_000_000, 100_000)
    request_broke_off(choice, ValueError())
    request_broke_off(choice, asyncio.CancelledError())
    after = await scrape(client)

    def rose(name: str, **labels: str) -> float:
        of = frozenset({"provider": "openai", "model": choice.name, **labels}.items())
        return moved(before, after, name)[of]

    assert [rose("llm_requests_total", status=s) for s in ("completed", "failed", "cancelled")] == [
        1
    ] * 3
    assert rose("llm_tokens_total", type="input") == 1_000_000
    assert rose("llm_tokens_total", type="output") == 100_000
    assert rose("llm_cost_usd_total") == pytest.approx(3.0)


async def test_a_server_is_ready_while_all_it_needs_answers(
    parts: Parts, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await client.get("/health")).json() == {"status": "healthy"}

    async def checks() -> tuple[int, str, dict[str, Any]]:
        answer = await client.get("/ready")
        return answer.status_code, answer.json()["status"], answer.json()["checks"]

    await parts.index.answers()  # opened: that takes its time
    well = dict.fromkeys(("database", "chromadb", "queue", "model"), True)
    assert await checks() == (200, "ready", well)

    async def fails(*_: object) -> bool:
        raise RuntimeError("gone")

    for part, name, check in (
        (parts.database, "now", "database"),
        (parts.index, "answers", "chromadb"),
        (parts.queue, "works", "queue"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(part, name, fails)
            assert await checks() == (503, "not_ready", {**well, check: False})
    with monkeypatch.context() as patch:
        patch.setattr("marketer_desktop.services.readiness.chosen_model", fails)
        assert await checks() == (200, "ready", {**well, "model": False})


async def test_the_documentation_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = (await client.get("/docs")).text
    assert "http" not in page.replace("http-equiv", "")
    for part in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/docs/assets/{part}" in page
        assert len((await client.get(f"/docs/assets/{part}")).content) > 1000
    described = (await client.get("/openapi.json")).json()
    assert "/api/projects" in described["paths"]
