"""Content is opened with all that belongs to it, saved in one piece, and never lost."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.activities import ListActivities, list_activities
from marketer_desktop.services.add_asset import AddAsset, add_asset
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_status import (
    ArchiveActivity,
    ChangeStatus,
    archive_activity,
    change_status,
)
from marketer_desktop.services.check_text import CheckText, check_text
from marketer_desktop.services.content import (
    Content,
    OpenContent,
    SaveContent,
    Saved,
    StaleText,
    open_content,
    save_content,
)
from marketer_desktop.services.export_content import ExportContent, export_content
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.overview import ShowOverview, show_overview
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.revisions import ListRevisions, list_revisions
from marketer_desktop.storage.full_disk import DiskIsFull
from tests.factories.contents import ARTICLE, add_content
from tests.factories.documents import PNG
from tests.factories.engines import Ear
from tests.fakes.passages import OFFICES

DESCRIPTION = (
    "Fresh coffee brings people together, and it costs less than most people think: what a cup "
    "takes, who likes it, and how to begin."
)


async def opened(parts: Parts, activity_id: int) -> Content:
    return await open_content(OpenContent(activity_id=activity_id), parts, Ear())


async def save(parts: Parts, content: Content, **values: Any) -> Saved:
    call = {
        "activity_id": content.activity_id,
        "markdown": content.markdown,
        "base_revision": content.revision,
        **values,
    }
    return await save_content(SaveContent.model_validate(call), parts, Ear())


async def reasons(parts: Parts, activity_id: int) -> list[str]:
    listed = await list_revisions(ListRevisions(activity_id=activity_id), parts, Ear())
    return [revision.reason for revision in reversed(listed.revisions)]


async def test_what_a_run_has_written_is_opened_and_is_the_first_revision(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    document = tmp_path / "offices.md"
    document.write_text(OFFICES, "utf-8")
    call = GenerateContent(
        topic="fresh coffee for the office", words=200, keywords=["coffee"], documents=[document]
    )
    report = await generate_content(call, parts, ear)
    content = await opened(parts, report.activity_id)
    assert content.markdown == Path(report.path or "").read_text("utf-8")
    assert (content.revision, content.status, content.error) == (1, report.status, None)
    assert (content.title, content.keyphrase, content.slug) == (report.title, "coffee", "coffee")
    assert (content.words, content.model, content.tokens) == (200, "starter", report.tokens)
    assert [step.name for step in content.steps] == [step.name for step in report.steps]
    assert set(content.variants) == {"linkedin", "twitter", "thread", "email"}
    assert (content.project, content.campaign) == ("My content", "General")
    assert content.sources
    for source in content.sources:
        assert source.path and Path(source.path).exists()
        assert source.document == "offices.md"
    assert await reasons(parts, report.activity_id) == ["generated"]
    checked = await check_text(
        CheckText.model_validate(
            {
                "markdown": content.markdown,
                "activity_id": content.activity_id,
                "topic": content.topic,
                "title": content.title,
                "description": content.description,
                "slug": content.slug,
                "keyphrase": content.keyphrase,
                "keywords": content.keywords,
                "words": content.words,
                "variants": content.variants,
                "seo_priority": content.seo_priority,
                "sources": content.sources,
            }
        ),
        parts,
        ear,
    )
    assert contract(checked.checks) == contract(report.checks)
    assert checked.word_count == content.word_count == report.word_count
    assert checked.minutes == 1
    assert checked.keyphrase.count > 0


def contract(checks: list[Check]) -> dict[str, bool]:
    """What of the contract holds; the whole score is only nearly the same for the Markdown."""
    return {
        check.id: check.passed
        for check in checks
        if check.hard and check.group in ("contract", "variants")
    }


async def test_a_save_is_stored_with_its_files_and_its_revision(parts: Parts) -> None:
    activity_id = await add_content(parts)
    before = await opened(parts, activity_id)
    text = ARTICLE.replace("It is best fresh.", "Fresh is best, <u>says</u> everybody.")
    async with parts.bus.watch() as changes:
        saved = await save(parts, before, markdown=text, description="New.", slug="fresh-coffee")
        assert getattr(changes.get_nowait(), "subject", "") == "activities"
    after = await opened(parts, activity_id)
    assert (after.markdown, after.revision) == (text, saved.revision)
    assert (after.description, after.slug) == ("New.", "fresh-coffee")
    assert (after.title, after.keyphrase) == (before.title, before.keyphrase)
    assert after.word_count == saved.word_count == 44
    assert after.variants == before.variants
    folder = Path(after.folder)
    assert (folder / "article.md").read_text("utf-8") == text
    page = (folder / "article.html").read_text("utf-8")
    assert 'content="New."' in page
    assert await reasons(parts, activity_id) == ["generated", "edited"]
    listed = await list_activities(ListActivities(), parts, Ear())
    assert listed.activities[0].word_count == 44


async def test_one_sitting_is_one_revision_and_the_generated_one_stays(parts: Parts) -> None:
    activity_id = await add_content(parts)
    for word in ("one", "two", "three"):
        await save(parts, await opened(parts, activity_id), markdown=f"# Tea\n\n{word}\n")
    await save(parts, await opened(parts, activity_id), description="Only the description.")
    listed = await list_revisions(ListRevisions(activity_id=activity_id), parts, Ear())
    newest, generated = listed.revisions
    assert (newest.number, newest.reason, newest.word_count) == (2, "edited", 2)
    assert (generated.number, generated.reason) == (1, "generated")


async def test_a_later_sitting_is_another_revision(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity_id = await add_content(parts)
    await save(parts, await opened(parts, activity_id), markdown="one")
    sitting = "marketer_desktop.services.activity_text.SITTING"
    monkeypatch.setattr(sitting, __import__("datetime").timedelta(0))
    await save(parts, await opened(parts, activity_id), markdown="two")
    assert await reasons(parts, activity_id) == ["generated", "edited", "edited"]


async def test_a_stale_save_is_refused_and_changes_nothing(parts: Parts) -> None:
    activity_id = await add_content(parts)
    mine = theirs = await opened(parts, activity_id)
    await save(parts, theirs, markdown="# Theirs\n")
    with pytest.raises(StaleText, match=r"changed elsewhere.*still in this window"):
        await save(parts, mine, markdown="# Mine\n")
    now = await opened(parts, activity_id)
    assert now.markdown == "# Theirs\n"
    assert (Path(now.folder) / "article.md").read_text("utf-8") == "# Theirs\n"
    saved = await save(parts, mine, markdown="# Mine\n", base_revision=now.revision)
    assert (await opened(parts, activity_id)).revision == saved.revision


async def test_of_two_saves_at_once_one_is_refused(parts: Parts) -> None:
    content = await opened(parts, await add_content(parts))
    both = [save(parts, content, markdown=f"# {name}\n") for name in ("A", "B")]
    ends = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["Saved", "StaleText"]


async def test_a_full_disk_refuses_the_whole_save(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = await opened(parts, await add_content(parts))

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device", "article.md")

    with monkeypatch.context() as patched:
        patched.setattr("marketer_desktop.services.content.write_text", full)
        with pytest.raises(DiskIsFull):
            await save(parts, content, markdown="# New\n")
    now = await opened(parts, content.activity_id)
    assert (now.markdown, now.revision) == (content.markdown, content.revision)
    assert await reasons(parts, content.activity_id) == ["generated"]
    assert (await save(parts, content, markdown="# New\n")).word_count == 1


async def test_a_status_goes_its_way_and_is_noted(parts: Parts, ear: Ear) -> None:
    activity_id = await add_content(parts)
    for status in ("in_review", "approved", "published", "approved", "draft", "draft"):
        call = ChangeStatus.model_validate({"activity_id": activity_id, "status": status})
        assert (await change_status(call, parts, ear)).status == status
    with pytest.raises(ServiceError, match="is a draft and cannot become published"):
        await change_status(ChangeStatus(activity_id=activity_id, status="published"), parts, ear)
    archived = await archive_activity(ArchiveActivity(activity_id=activity_id), parts, ear)
    assert (archived.before, archived.status) == ("draft", "archived")
    assert (await opened(parts, activity_id)).status == "archived"
    with pytest.raises(ServiceError, match="no activity 77"):
        await archive_activity(ArchiveActivity(activity_id=77), parts, ear)


async def test_an_image_is_copied_once_under_a_plain_name(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    activity_id = await add_content(parts)
    folder = Path((await opened(parts, activity_id)).folder)
    source = tmp_path / "Größe & Maß.JPG"
    source.write_bytes(PNG)
    asset = await add_asset(AddAsset(activity_id=activity_id, source=source), parts, ear)
    assert (asset.path, asset.media_type) == ("assets/grosse-mass.png", "image/png")
    assert (folder / asset.path).read_bytes() == PNG
    again = AddAsset(
        activity_id=activity_id, base64=base64.b64encode(PNG).decode(), filename="pasted.png"
    )
    assert (await add_asset(again, parts, ear)).path == asset.path
    other = again.model_copy(
        update={"base64": base64.b64encode(PNG + b"x").decode(), "filename": "../Grosse Mass.png"}
    )
    assert (await add_asset(other, parts, ear)).path == "assets/grosse-mass-2.png"


async def test_what_is_no_image_or_too_large_is_refused(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    activity_id = await add_content(parts)
    fake = tmp_path / "fake.png"
    fake.write_text("<svg/>", "utf-8")
    with pytest.raises(ServiceError, match=r"“fake.png” is not an image. PNG, JPEG"):
        await add_asset(AddAsset(activity_id=activity_id, source=fake), parts, ear)
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    with pytest.raises(ServiceError, match="20 MB is the most"):
        await add_asset(AddAsset(activity_id=activity_id, source=large), parts, ear)
    with pytest.raises(ValidationError, match="either a file or the bytes"):
        AddAsset(activity_id=activity_id)


async def test_the_saved_text_is_exported_with_its_images(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    content = await opened(parts, await add_content(parts))
    image = AddAsset(activity_id=content.activity_id, base64=base64.b64encode(PNG).decode())
    asset = await add_asset(image, parts, ear)
    await save(parts, content, markdown=f"# Tea\n\n![A cup]({asset.path})\n")
    for form, target, beside in (("md", "tea.md", 1), ("html", "tea.html", 0)):
        call = ExportContent.model_validate(
            {"activity_id": content.activity_id, "format": form, "path": tmp_path / target}
        )
        assert (await export_content(call, parts, ear)).images == beside
    assert (tmp_path / asset.path).read_bytes() == PNG
    page = (tmp_path / "tea.html").read_text("utf-8")
    assert "<title>Coffee for the office</title>" in page
    assert 'alt="A cup" src="data:image/png;base64,' in page


async def test_an_edited_text_is_checked_for_what_was_asked(parts: Parts, ear: Ear) -> None:
    content = await opened(parts, await add_content(parts))
    text = content.markdown.replace("fresh.", "fresh[1][5].").replace("Coffee", "Tea")
    call = CheckText(
        markdown=text.replace("coffee", "tea"),
        keywords=["coffee"],
        words=200,
        sources=content.sources,
        keyphrase="tea",
    )
    checked = await check_text(call, parts, ear)
    said = {check.id: check.message for check in checked.checks if not check.passed}
    assert {"word_count", "keywords", "citations"} <= set(said)
    assert said["citations"] == "[5] leads to no passage."
    free = await check_text(CheckText(markdown=text), parts, ear)
    assert not {"word_count", "keywords"} & {check.id for check in free.checks}


async def test_lists_show_the_score_of_a_saved_text(parts: Parts, ear: Ear) -> None:
    content = await opened(parts, await add_content(parts))
    await save(parts, content, slug="office-coffee")
    post = await opened(parts, await add_content(parts, type="linkedin"))
    await save(parts, post)
    told = await show_overview(ShowOverview(), parts, ear)
    scores = {line.activity_id: line.seo_score for line in told.activities}
    assert scores[post.activity_id] is None
    first = scores[content.activity_id]
    assert first is not None and 0 < first < 100
    again = await opened(parts, content.activity_id)
    await save(parts, again, slug="office-coffee", description=DESCRIPTION)
    told = await show_overview(ShowOverview(), parts, ear)
    better = next(
        line.seo_score for line in told.activities if line.activity_id == content.activity_id
    )
    assert better is not None and better > first
