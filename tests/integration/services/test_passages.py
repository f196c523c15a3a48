"""Passages are found by meaning and by words, and shown with the text around them."""

from pathlib import Path

import pytest

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import (
    DeleteDocument,
    TagDocument,
    delete_document,
    tag_document,
)
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.passages import (
    FindPassages,
    Found,
    ShowPassage,
    find_passages,
    show_passage,
)
from tests.factories.documents import SAMPLES
from tests.factories.engines import Ear

GUIDE, STORIES = SAMPLES / "brand-guidelines.pdf", SAMPLES / "customer-stories.md"


async def ingest(parts: Parts, *paths: Path) -> list[int]:
    results = (await ingest_documents(IngestDocuments(paths=[*paths]), parts, Ear())).results
    return [result.document_id for result in results if result.document_id]


async def found(parts: Parts, query: str, **narrowed: object) -> list[Found]:
    call = FindPassages.model_validate({"query": query, **narrowed})
    return (await find_passages(call, parts, Ear())).passages


async def test_passages_are_found_by_meaning_and_by_a_single_word(parts: Parts) -> None:
    guide, stories = await ingest(parts, GUIDE, STORIES)
    best = (await found(parts, "Who started the company?"))[0]
    assert (best.document_id, best.filename, best.page) == (guide, "brand-guidelines.pdf", 2)
    assert "founded on 14 March 2011" in best.text
    worded = await found(parts, "founding")
    assert worded
    assert all("found" in passage.text.lower() for passage in worded)
    for nonsense in ("quantum physics", "dinosaurs", "wedding dress", "xyzzy"):
        assert await found(parts, nonsense) == [], nonsense
    assert await found(parts, "   ") == []
    await tag_document(TagDocument(document_id=stories, tags=["proof"]), parts, Ear())
    tagged = await found(parts, "coffee", tag="proof")
    assert {passage.document_id for passage in tagged} == {stories}
    assert len(await found(parts, "coffee", limit=3)) == 3


async def test_another_organizations_passages_are_not_found(parts: Parts) -> None:
    (guide,) = await ingest(parts, GUIDE)
    async with parts.database.unit_of_work() as work:
        row = await work.documents.get(guide)
        assert row is not None
        other = await work.session.run_sync(_another_organization)
        row.organization_id, row.project_id = other, None
        await work.commit()
    assert await found(parts, "coffee") == []
    with pytest.raises(ServiceError, match="no piece cites"):
        await show_passage(ShowPassage(document_id=guide, start=0, end=10), parts, Ear())


def _another_organization(session: object) -> int:
    from marketer_desktop.storage.tables import OrganizationRow

    row = OrganizationRow(name="Client", slug="client")
    session.add(row)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]
    return row.id


async def test_a_passage_is_shown_with_what_stands_around_it(parts: Parts) -> None:
    (guide,) = await ingest(parts, GUIDE)
    hit = next(p for p in await found(parts, "founded in 2011") if "14 March 2011" in p.text)
    at = hit.start + hit.text.index("founded on 14 March 2011")
    call = ShowPassage(document_id=guide, start=at, end=at + 24)
    shown = await show_passage(call, parts, Ear())
    assert (shown.text, shown.page, shown.filename) == (
        "founded on 14 March 2011",
        2,
        "brand-guidelines.pdf",
    )
    assert shown.path is not None
    assert shown.path.is_file()
    assert hit.text.startswith(shown.before[-20:].strip()[:5]) or shown.before.endswith(
        hit.text[: at - hit.start][-20:]
    )
    assert 100 < len(shown.after) <= 640
    joined = (shown.before + shown.text + shown.after).split()
    assert " ".join(joined).count("founded on 14 March 2011") == 1
    far = ShowPassage(document_id=guide, start=900_000, end=900_010)
    with pytest.raises(ServiceError, match="not in it any more"):
        await show_passage(far, parts, Ear())


async def test_a_piece_keeps_what_it_cites_of_a_deleted_document(
    parts: Parts, tmp_path: Path
) -> None:
    document = tmp_path / "offices.md"
    document.write_text(
        "# Coffee for offices\n\nFresh coffee is delivered to 212 offices every Tuesday. "
        "The beans are roasted on the day before. Each office saves 40 cents a cup.\n",
        "utf-8",
    )
    brief = GenerateContent(topic="fresh coffee for the office", words=200, documents=[document])
    report = await generate_content(brief, parts, Ear())
    source = report.sources[0]
    (number,) = await ingest(parts, document)
    await delete_document(DeleteDocument(document_id=number), parts, Ear())
    call = ShowPassage(document_id=number, start=source.start, end=source.end)
    shown = await show_passage(call, parts, Ear())
    assert (shown.filename, shown.text, shown.path) == ("offices.md", source.text, None)
    call = ShowPassage(document_id=number, start=source.start, end=source.end + 1)
    with pytest.raises(ServiceError, match="has been deleted, and no piece cites"):
        await show_passage(call, parts, Ear())
