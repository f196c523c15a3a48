"""What is shown of brand documents: nothing, then that they will be read, then their summary."""

from pathlib import Path

from marketer_desktop.services.brand_summary import brand_summary
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject, create_project
from marketer_desktop.services.show_brand_summary import (
    BrandDocuments,
    ShowBrandSummary,
    show_brand_summary,
)
from tests.factories.engines import Ear

VOICE = "# How we sound\n\nWe sound warm and plain. Never write “world-class” in a text.\n"


async def shown(parts: Parts, project_id: int) -> BrandDocuments:
    return await show_brand_summary(ShowBrandSummary(project_id=project_id), parts, Ear())


async def test_the_summary_is_shown_once_it_was_made(parts: Parts, tmp_path: Path) -> None:
    project = await create_project(CreateProject(name="Northwind"), parts, Ear())
    number = project.project_id
    assert await shown(parts, number) == BrandDocuments(documents=[], summary=None)
    path = tmp_path / "brand-voice.md"
    path.write_text(VOICE, "utf-8")
    await ingest_documents(IngestDocuments(paths=[path], project_id=number), parts, Ear())
    assert await shown(parts, number) == BrandDocuments(documents=["brand-voice.md"], summary=None)

    async def ask(asked: tuple[str, str], node: str) -> str:
        return "warm, plain"

    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.of_project(number)
        await work.commit()
    made = await brand_summary(parts, place.organization_id, number, "scripted", ask)
    assert made.forbidden == ["world-class"]
    assert (await shown(parts, number)).summary == made
