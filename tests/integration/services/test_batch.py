"""A table of briefs: every row its own piece, its own error, and never written twice."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from marketer_desktop.services.activities import (
    CancelActivity,
    ListActivities,
    ShowActivity,
    cancel_activity,
    list_activities,
    show_activity,
)
from marketer_desktop.services.batch import (
    BatchOutcome,
    BatchResult,
    GenerateBatch,
    generate_batch,
)
from marketer_desktop.services.batch_table import CheckBatch, check_batch
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear
from tests.fakes.passages import OFFICES
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems
from tests.patience import becomes_true

HEAD = "type;topic;keywords;words;documents"
OFFICE = "email;coffee for the office;coffee;60;"
HOME = "linkedin;coffee at home;coffee;70;"
ENDED = {"completed", "needs_attention"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "briefs.csv"


def write(table: Path, *rows: str) -> GenerateBatch:
    table.write_text("\n".join([HEAD, *rows]), "utf-8")
    return GenerateBatch(path=table, model="starter")


async def statuses(parts: Parts) -> list[str]:
    found = await list_activities(ListActivities(), parts, Ear())
    return [row.status for row in reversed(found.activities)]


async def _has_answered(model: ScriptedChatModel) -> bool:
    return bool(model.finished)


async def _is_called(model: ScriptedChatModel) -> bool:
    return model.calls > 0


def by_row(result: BatchResult) -> dict[int, BatchOutcome]:
    return {row.row: row for row in result.rows}


async def test_valid_rows_are_written_and_wrong_ones_told(
    parts: Parts, ear: Ear, table: Path, tmp_path: Path
) -> None:
    (tmp_path / "offices.md").write_text(OFFICES, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    call = write(
        table,
        f"{OFFICE}offices.md",
        "email;no keyword here;;60;",
        "email;coffee;coffee;60;gone.pdf",
        "email;coffee;coffee;60;empty.txt",
        HOME,
    )
    call.out = tmp_path / "out"
    result = await generate_batch(call, parts, ear)
    rows = by_row(result)
    assert [rows[n].status for n in (3, 4, 5)] == ["invalid"] * 3
    assert rows[3].errors == ["Row 3: no keyword."]
    assert "Row 4: there is no document “gone.pdf”" in rows[4].errors[0]
    assert rows[5].errors[0].startswith("Row 5: empty.txt: ")
    assert {rows[2].status, rows[6].status} <= ENDED
    assert (result.invalid, result.completed + result.needs_attention) == (3, 2)
    for row in (rows[2], rows[6]):
        folder = Path(str(row.path)).parent
        assert folder.parent == tmp_path / "out"
        assert folder.name.startswith(f"row-{row.row:03d}-coffee")
        assert (folder / "article.md").read_text("utf-8").strip()
        assert bool(row.failed_checks) == (row.status == "needs_attention")
        assert not row.earlier
    shown = await show_activity(ShowActivity(activity_id=rows[2].activity_id or 0), parts, ear)
    assert shown.brief["document_ids"]
    assert (shown.brief["type"], shown.brief["words"]) == ("email", 60)


async def test_progress_counts_rows_and_reaches_the_end(
    parts: Parts, ear: Ear, table: Path
) -> None:
    result = await generate_batch(write(table, OFFICE, HOME), parts, ear)
    told = ear.of("batch")
    assert [event["status"] for event in told[:2]] == ["started", "started"]
    percents = [event["percent"] for event in told]
    assert percents == sorted(percents)
    assert told[-1]["percent"] == 100
    assert (told[-1]["done"], told[-1]["count"], told[-1]["eta_seconds"]) == (2, 2, 0)
    assert any(event["eta_seconds"] for event in told[2:-1])
    ended = {event["row"]: event["status"] for event in told}
    assert ended == {row.row: row.status for row in result.rows}


async def test_the_same_table_again_writes_only_what_is_new(
    parts: Parts, ear: Ear, table: Path, model: ScriptedChatModel
) -> None:
    first = by_row(await generate_batch(write(table, OFFICE, OFFICE), parts, ear))
    calls = model.calls
    again = by_row(await generate_batch(write(table, OFFICE, OFFICE), parts, ear))
    assert model.calls == calls
    assert [again[n].activity_id for n in (2, 3)] == [first[n].activity_id for n in (2, 3)]
    assert first[2].activity_id != first[3].activity_id
    assert all(row.earlier for row in again.values())

    more = by_row(await generate_batch(write(table, HOME, "", OFFICE, OFFICE), parts, ear))
    assert [more[n].activity_id for n in (4, 5)] == [first[n].activity_id for n in (2, 3)]
    assert [more[n].earlier for n in (2, 4, 5)] == [False, True, True]
    assert len(await statuses(parts)) == 3

    checked = await check_batch(CheckBatch(path=table), parts, ear)
    assert (checked.valid, checked.finished, checked.problems) == (3, 3, [])
    elsewhere = await check_batch(CheckBatch(path=table, project="Other"), parts, ear)
    assert elsewhere.finished == 0


async def test_cancelling_cancels_every_run_and_the_next_call_takes_them_up(
    parts: Parts, ear: Ear, table: Path, model: ScriptedChatModel
) -> None:
    model.pause = 0.05
    call = write(table, *[OFFICE] * 3)
    under_way = asyncio.create_task(generate_batch(call, parts, ear))
    await becomes_true(partial(_has_answered, model))
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert await statuses(parts) == ["cancelled"] * 3
    model.pause = 0.0
    result = await generate_batch(call, parts, ear)
    assert {row.status for row in result.rows} <= ENDED
    assert len(await statuses(parts)) == 3


async def test_a_run_that_fails_fails_alone(
    parts: Parts, ear: Ear, table: Path, model: ScriptedChatModel, log_problems: Problems
) -> None:
    model.fail_on = "moonlight"
    moon = "email;coffee by moonlight;coffee;60;"
    result = await generate_batch(write(table, moon, OFFICE), parts, ear)
    rows = by_row(result)
    assert (rows[2].status, rows[3].status in ENDED, result.failed) == ("failed", True, 1)
    assert rows[2].errors
    log_problems.records.clear()
    model.fail_on = None
    again = by_row(await generate_batch(write(table, moon, OFFICE), parts, ear))
    assert again[2].status in ENDED
    assert again[2].activity_id == rows[2].activity_id


async def test_a_run_cancelled_elsewhere_ends_its_row(
    parts: Parts, ear: Ear, table: Path, model: ScriptedChatModel
) -> None:
    model.pause = 0.1
    under_way = asyncio.create_task(generate_batch(write(table, OFFICE, HOME), parts, ear))
    await becomes_true(partial(_is_called, model))
    activity_id = ear.of("batch")[0]["activity_id"]
    await cancel_activity(CancelActivity(activity_id=activity_id), parts, ear)
    model.pause = 0.0
    rows = by_row(await under_way)
    assert rows[2].status == "cancelled"
    assert rows[3].status in ENDED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\x00\x00", "no table of text"),
        (b"type;topic\nblog;coffee", "Missing: “keywords”"),
        (b"", "The table is empty"),
    ],
)
async def test_a_file_that_is_no_table_is_refused(
    parts: Parts, ear: Ear, table: Path, data: bytes, said: str
) -> None:
    table.write_bytes(data)
    with pytest.raises(ServiceError, match=f"“briefs.csv”: .*{said}"):
        await check_batch(CheckBatch(path=table), parts, ear)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
async def test_tables_come_in_many_encodings(
    parts: Parts, ear: Ear, table: Path, encoding: str
) -> None:
    text = "Topic\tKeywords\r\n“Café” für Büros\tCafé; Büro\r\n"
    table.write_bytes(text.encode(encoding))
    (row,) = (await check_batch(CheckBatch(path=table), parts, ear)).rows
    assert (row.topic, row.keywords, row.errors) == ("“Café” für Büros", ["Café", "Büro"], [])


async def test_a_document_may_be_known_to_the_project(
    parts: Parts, ear: Ear, table: Path, tmp_path: Path
) -> None:
    beside = tmp_path / "offices.md"
    beside.write_text(OFFICES, "utf-8")
    await generate_batch(write(table, f"{OFFICE}offices.md"), parts, ear)
    beside.unlink()
    write(table, f"{HOME}offices.md", f"{HOME}other.md")
    rows = (await check_batch(CheckBatch(path=table), parts, ear)).rows
    assert [bool(row.errors) for row in rows] == [False, True]
