"""Documents are listed as they stand, tagged, read again, and deleted without a trace."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.events.change import Subject
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import (
    CUT_OFF,
    DeleteDocument,
    DocumentEntry,
    ListDocuments,
    RetryDocument,
    TagDocument,
    delete_document,
    list_documents,
    retry_document,
    tag_document,
    tidy_tags,
)
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from tests.factories.documents import make_pdf, make_scan
from tests.factories.engines import Ear

NOTE = "# Opening hours\n\nThe tasting room opens at nine on Saturdays.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text(NOTE, "utf-8")
    return path


async def listed(parts: Parts, **narrowed: Any) -> list[DocumentEntry]:
    return (await list_documents(ListDocuments(**narrowed), parts, Ear())).documents


async def ingest(parts: Parts, *paths: Path, project_id: int | None = None) -> list[int]:
    call = IngestDocuments(paths=[*paths], project_id=project_id)
    results = (await ingest_documents(call, parts, Ear())).results
    return [result.document_id for result in results if result.document_id]


async def new_project(parts: Parts, name: str) -> int:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(name)
        await work.commit()
    return place.project_id


async def test_documents_are_listed_with_what_is_known_of_them(
    parts: Parts, note: Path, tmp_path: Path
) -> None:
    pdf = make_pdf(tmp_path / "guide.pdf", [["The first page."], ["The second page has words."]])
    project = await new_project(parts, "Spring")
    await ingest(parts, note)
    await ingest(parts, pdf, project_id=project)
    guide, hours = await listed(parts)
    assert (guide.filename, guide.project, guide.type, guide.pages) == (
        "guide.pdf",
        "Spring",
        "pdf",
        2,
    )
    assert (hours.filename, hours.project, hours.pages) == ("note.md", "My content", 1)
    assert (hours.status, hours.percent, hours.error, hours.chunk_count) == (
        "indexed",
        None,
        None,
        1,
    )
    assert hours.size == len(NOTE)
    assert await asyncio.to_thread(hours.path.read_text, "utf-8") == NOTE
    assert [entry.id for entry in await listed(parts, project_id=project)] == [guide.id]


async def test_a_folder_stands_for_the_documents_in_it(parts: Parts, tmp_path: Path) -> None:
    folder = tmp_path / "brand"
    (folder / "below").mkdir(parents=True)
    (folder / "a.md").write_text(NOTE, "utf-8")
    (folder / "below" / "b.txt").write_text("Beans rest for three days.", "utf-8")
    (folder / "logo.png").write_bytes(b"png")
    ear = Ear()
    call = IngestDocuments(paths=[folder, folder / "a.md"])
    results = (await ingest_documents(call, parts, ear)).results
    assert [Path(result.file).name for result in results] == ["a.md", "b.txt"]
    last = [event for event in ear.heard if event["percent"] == 100]
    assert [(event["file"], event["number"], event["count"]) for event in last] == [
        ("a.md", 1, 2),
        ("b.txt", 2, 2),
    ]


async def test_each_change_is_told_with_its_percent(parts: Parts, tmp_path: Path) -> None:
    long = tmp_path / "long.md"
    long.write_text("\n\n".join(f"Fact {n} of the roast. " * 30 for n in range(16)), "utf-8")
    seen: list[dict[int, int]] = []
    changed = parts.bus.changed

    def tell(*subjects: Subject) -> None:
        assert subjects == ("documents",)
        seen.append(dict(parts.being_read))
        changed(*subjects)

    parts.bus.changed = tell  # type: ignore[method-assign]
    async with parts.bus.watch() as changes:
        (number,) = await ingest(parts, long)
    assert changes.qsize() == len(seen)
    percents = [told[number] for told in seen[:-1]]
    assert percents == sorted(set(percents))
    assert percents[:2] == [0, 10]
    assert percents[-1] == 99  # the last change is that it is indexed
    assert seen[-1] == {}
    parts.being_read[number] = 40
    assert [entry.percent for entry in await listed(parts)] == [40]


async def test_tags_narrow_the_list(parts: Parts, note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Beans rest for three days.", "utf-8")
    first, second = await ingest(parts, note, other)
    tagged = await tag_document(
        TagDocument(document_id=first, tags=[" Shop ", "shop", "hours"]), parts, Ear()
    )
    await tag_document(TagDocument(document_id=second, tags=["beans"]), parts, Ear())
    assert tagged.tags == ["Shop", "hours"]
    assert [entry.id for entry in await listed(parts, tag="Shop")] == [first]
    whole = await list_documents(ListDocuments(), parts, Ear())
    assert whole.tags == ["beans", "hours", "Shop"]
    await tag_document(TagDocument(document_id=second, tags=[]), parts, Ear())
    assert (await list_documents(ListDocuments(), parts, Ear())).tags == ["hours", "Shop"]


def test_tags_are_tidied() -> None:
    assert tidy_tags(["  brand  voice ", "BRAND VOICE", "", "x" * 60]) == ["brand voice", "x" * 50]


async def test_a_deleted_document_leaves_no_row_vector_or_file(parts: Parts, note: Path) -> None:
    (number,) = await ingest(parts, note)
    (entry,) = await listed(parts)
    gone = await delete_document(DeleteDocument(document_id=number), parts, Ear())
    assert gone.filename == "note.md"
    assert await listed(parts) == []
    assert await parts.index.count(number) == 0
    assert not await asyncio.to_thread(entry.path.exists)
    with pytest.raises(ServiceError, match="not there any more"):
        await delete_document(DeleteDocument(document_id=number), parts, Ear())


async def test_a_file_that_another_document_needs_stays(parts: Parts, note: Path) -> None:
    here = (await ingest(parts, note))[0]
    there = (await ingest(parts, note, project_id=await new_project(parts, "Spring")))[0]
    await delete_document(DeleteDocument(document_id=here), parts, Ear())
    (entry,) = await listed(parts)
    assert (entry.id, await asyncio.to_thread(entry.path.is_file)) == (there, True)
    assert await parts.index.count(there) == 1


async def test_a_document_that_is_being_read_is_not_deleted(parts: Parts, note: Path) -> None:
    (number,) = await ingest(parts, note)
    parts.being_read[number] = 30
    with pytest.raises(ServiceError, match=r"note\.md” is being read"):
        await delete_document(DeleteDocument(document_id=number), parts, Ear())
    assert len(await listed(parts)) == 1


async def test_a_failure_stands_in_the_row_and_is_tried_again(parts: Parts, tmp_path: Path) -> None:
    (number,) = await ingest(parts, make_scan(tmp_path / "scan.pdf"))
    (entry,) = await listed(parts)
    assert (entry.status, "only pictures of pages" in str(entry.error)) == ("error", True)
    again = await retry_document(RetryDocument(document_id=number), parts, Ear())
    assert (again.status, again.document_id) == ("error", number)
    await asyncio.to_thread(entry.path.unlink)
    with pytest.raises(ServiceError, match=r"copy of “scan\.pdf” is gone\. Add the file again"):
        await retry_document(RetryDocument(document_id=number), parts, Ear())


async def test_what_an_ended_engine_left_half_read_says_so_and_is_read_again(
    parts: Parts, note: Path
) -> None:
    (number,) = await ingest(parts, note)
    async with parts.database.unit_of_work() as work:
        await work.documents.mark(number, "processing")
        await work.commit()
    (entry,) = await listed(parts)
    assert (entry.status, entry.error) == ("error", CUT_OFF)
    again = await retry_document(RetryDocument(document_id=number), parts, Ear())
    assert again.status == "indexed"
    (entry,) = await listed(parts)
    assert (entry.status, entry.filename) == ("indexed", "note.md")


async def test_a_message_names_the_file_as_the_user_knows_it(parts: Parts, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("   \n", "utf-8")
    (number,) = await ingest(parts, empty)
    await retry_document(RetryDocument(document_id=number), parts, Ear())
    (entry,) = await listed(parts)
    assert "“empty.txt”" in str(entry.error)
