"""Every service can be called from another process: its call and its result are JSON."""

import inspect

import pytest
from pydantic import BaseModel

from marketer_desktop.services.activities import ListActivities
from marketer_desktop.services.call import Call
from marketer_desktop.services.databases import (
    CheckDatabase,
    GetDatabaseUrl,
    UpgradeDatabase,
)
from marketer_desktop.services.documents import IngestDocuments, SearchDocuments
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.registry import SERVICES
from tests.factories.engines import Ear


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_takes_its_call_and_promises_its_result(name: str) -> None:
    service = SERVICES[name]
    assert service.call.__name__ == name
    assert [*inspect.signature(service.run).parameters] == ["call", "parts", "emit"]
    assert issubclass(service.call, Call)
    assert issubclass(service.result, BaseModel)
    assert service.call.model_json_schema()["type"] == "object"
    assert service.result.model_json_schema(mode="serialization")["type"] == "object"


async def test_the_database_is_up_to_date_and_agrees(parts: Parts, ear: Ear) -> None:
    upgraded = await SERVICES["UpgradeDatabase"].run(UpgradeDatabase(), parts, ear)
    checked = await SERVICES["CheckDatabase"].run(CheckDatabase(), parts, ear)
    assert upgraded.model_dump()["applied"] == []
    assert checked.model_dump()["differences"] == []
    assert checked.model_dump()["revision"] == checked.model_dump()["head"]
    url = await SERVICES["GetDatabaseUrl"].run(GetDatabaseUrl(), parts, ear)
    assert url.model_dump() == {"url": parts.database_url}


async def test_documents_are_taken_in_one_by_one_and_found_in_their_project(
    parts: Parts, ear: Ear
) -> None:
    note = parts.data_dir / "note.md"
    note.write_text("The tasting room opens at nine on Saturdays.\n", "utf-8")
    call = IngestDocuments(paths=[parts.data_dir / "none.pdf", note], project="Spring")
    ingested = (await SERVICES["IngestDocuments"].run(call, parts, ear)).model_dump()
    assert [result["status"] for result in ingested["results"]] == ["error", "indexed"]
    assert ear.of("document")[-1] == {
        "kind": "document",
        "file": "note.md",
        "stage": "done",
        "percent": 100,
        "number": 2,
        "count": 2,
    }
    found = {}
    for project in ("spring", None):
        search = SearchDocuments(query="When does it open?", project=project)
        found[project] = (await SERVICES["SearchDocuments"].run(search, parts, ear)).model_dump()
    (passage,) = found["spring"]["results"]
    assert passage["document"] == "note.md"
    assert set(passage) == {"document", "page", "start", "end", "score", "text"}
    assert found[None]["results"] == []
    listed = await SERVICES["ListActivities"].run(ListActivities(), parts, ear)
    assert listed.model_dump() == {"activities": []}
