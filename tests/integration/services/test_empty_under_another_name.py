"""Files that cannot be read are told under their own names, though their content is the same."""

from pathlib import Path

from marketer_desktop.services.document_library import ListDocuments, list_documents
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear


async def test_a_second_empty_file_is_told_under_its_own_name(parts: Parts, tmp_path: Path) -> None:
    files = [tmp_path / "notes.txt", tmp_path / "prices.txt"]
    for file in files:
        file.touch()
    told = (await ingest_documents(IngestDocuments(paths=files), parts, Ear())).results
    for file, result in zip(files, told, strict=True):
        assert f"“{file.name}” is empty" in (result.error or "")
    (kept,) = (await list_documents(ListDocuments(), parts, Ear())).documents
    assert (kept.filename, kept.error) == ("prices.txt", told[1].error)
