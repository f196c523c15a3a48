"""Texts and whole campaigns are written where a person wants them, or it is said why not."""

import errno
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from marketer_desktop.publishing import exporting
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_status import ArchiveActivity, archive_activity
from marketer_desktop.services.export_campaign import ExportCampaign, export_campaign
from marketer_desktop.services.export_content import ExportContent, export_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound
from tests.factories.contents import add_content
from tests.factories.engines import Ear


async def export(parts: Parts, activity_id: int, path: Path, **values: Any) -> Path:
    call = {"activity_id": activity_id, "format": "txt", "path": path, **values}
    told = await export_content(ExportContent.model_validate(call), parts, Ear())
    return Path(told.path)


async def campaign_of(parts: Parts) -> int:
    async with parts.database.unit_of_work() as work:
        number = (await work.workspaces.local_workspace()).campaign_id
        await work.commit()
    return number


async def test_in_a_folder_it_is_named_after_its_title(parts: Parts, tmp_path: Path) -> None:
    written = await export(parts, await add_content(parts), tmp_path, format="pdf")
    assert written == tmp_path / "coffee-for-the-office.pdf"
    assert written.read_bytes().startswith(b"%PDF-")


async def test_a_file_is_only_replaced_on_demand(parts: Parts, tmp_path: Path) -> None:
    number, target = await add_content(parts), tmp_path / "a.txt"
    target.write_text("Mine.", "utf-8")
    with pytest.raises(Conflict, match="is there already"):
        await export(parts, number, target, replace=False)
    assert target.read_text("utf-8") == "Mine."
    await export(parts, number, target)
    assert target.read_text("utf-8").startswith("Coffee for the office")


async def test_a_place_that_cannot_be_written_is_named(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await add_content(parts)
    with pytest.raises(ServiceError, match=r"There is no folder “.*gone”"):
        await export(parts, number, tmp_path / "gone" / "a.txt")
    for code, words in (
        (errno.ENOSPC, "The disk is full: “.*a.txt” was not written"),
        (errno.EACCES, "“.*a.txt” was not written: it belongs to another user"),
        (errno.EROFS, "its disk is read-only"),
    ):

        def refuse(target: Path, content: bytes, code: int = code) -> None:
            raise OSError(code, "no", str(target))

        monkeypatch.setattr(exporting, "write_whole", refuse)
        with pytest.raises(ServiceError, match=words):
            await export(parts, number, tmp_path / "a.txt")


async def test_what_has_no_text_yet_is_not_written(parts: Parts, tmp_path: Path) -> None:
    number = await add_content(parts, markdown="")
    with pytest.raises(Conflict, match=f"Activity {number} has no text yet"):
        await export(parts, number, tmp_path / "a.txt")
    with pytest.raises(NotFound):
        await export(parts, 999_999, tmp_path / "a.txt")
    assert not list(tmp_path.glob("*.txt"))


async def test_a_whole_campaign_is_one_zip(parts: Parts, tmp_path: Path) -> None:
    first, gone = await add_content(parts), await add_content(parts)
    await add_content(parts, markdown="# Tea\n\nAlso good.\n")
    await add_content(parts, markdown="")
    await archive_activity(ArchiveActivity(activity_id=gone), parts, Ear())
    ear = Ear()
    told = await export_campaign(
        ExportCampaign(campaign_id=await campaign_of(parts), path=tmp_path / "all.zip"), parts, ear
    )
    assert (told.texts, told.without_text) == (2, 1)
    names = ZipFile(told.path).namelist()
    assert "coffee-for-the-office/coffee-for-the-office.docx" in names
    assert "coffee-for-the-office-2/social/linkedin.txt" in names
    assert {name.split("/")[0] for name in names} == {
        "coffee-for-the-office",
        "coffee-for-the-office-2",
    }
    assert first and not list(tmp_path.glob(".*.part"))


async def test_an_empty_campaign_is_not_written(parts: Parts, tmp_path: Path) -> None:
    call = ExportCampaign(campaign_id=await campaign_of(parts), path=tmp_path)
    with pytest.raises(Conflict, match="has no text yet"):
        await export_campaign(call, parts, Ear())
    with pytest.raises(NotFound):
        await export_campaign(ExportCampaign(campaign_id=999_999, path=tmp_path), parts, Ear())
    assert not list(tmp_path.glob("*.zip"))
