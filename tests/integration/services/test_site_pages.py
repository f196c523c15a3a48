"""The pages of a project's site: imported, listed, replaced and forgotten, each project's own."""

import re
from pathlib import Path

import pytest

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.knowledge import site_files
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.site_pages import (
    ClearSitePages,
    ImportSitemap,
    ListSitePages,
    clear_site_pages,
    import_sitemap,
    list_site_pages,
)
from marketer_desktop.storage.repositories.missing import MissingRow
from tests.factories.engines import Ear

SITE = "https://kestrow.example"


def table(folder: Path, *paths: str) -> Path:
    path = folder / "pages.csv"
    lines = [f"{SITE}/{page},Page {page},About {page}" for page in paths]
    path.write_text("\n".join(["url,title,description", *lines]), "utf-8")
    return path


async def listed(parts: Parts, project_id: int | None = None, limit: int = 100) -> list[str]:
    call = ListSitePages(project_id=project_id, limit=limit)
    return [page.title for page in (await list_site_pages(call, parts, Ear())).pages]


async def test_an_import_replaces_what_was_there_and_only_in_its_project(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    async with parts.database.unit_of_work() as work:
        spring = (await work.workspaces.project("Spring")).project_id
        await work.commit()
    call = ImportSitemap(path=table(tmp_path, "a", "b", "c"), project_id=spring)
    assert (await import_sitemap(call, parts, ear)).count == 3
    await import_sitemap(ImportSitemap(path=table(tmp_path, "x")), parts, ear)
    told = await import_sitemap(
        ImportSitemap(path=table(tmp_path, "b", "d"), project="spring"), parts, ear
    )
    assert told.model_dump() == {"count": 2, "skipped": 0, "missing": [], "truncated": False}
    assert await listed(parts, spring) == ["Page b", "Page d"]
    assert await listed(parts, spring, limit=1) == ["Page b"]
    assert await listed(parts) == ["Page x"]

    known = await list_site_pages(ListSitePages(project_id=spring, limit=1), parts, ear)
    assert (known.count, known.imported_at is not None) == (2, True)
    assert known.pages == [SitePage(url=f"{SITE}/b", title="Page b", description="About b")]
    cleared = await clear_site_pages(ClearSitePages(project_id=spring), parts, ear)
    assert (cleared.count, cleared.imported_at) == (0, None)
    assert await listed(parts, spring) == []
    assert await listed(parts) == ["Page x"]


async def test_a_file_of_no_use_leaves_what_was_known(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    await import_sitemap(ImportSitemap(path=table(tmp_path, "a")), parts, ear)
    bad = tmp_path / "sitemap.xml"
    bad.write_text("<urlset><url>", "utf-8")
    with pytest.raises(ServiceError, match=r"sitemap\.xml.*damaged"):
        await import_sitemap(ImportSitemap(path=bad), parts, ear)
    with pytest.raises(FileNotFoundError):
        await import_sitemap(ImportSitemap(path=tmp_path / "none.xml"), parts, ear)
    with pytest.raises(MissingRow):
        await import_sitemap(ImportSitemap(path=table(tmp_path, "b"), project_id=99), parts, ear)
    assert await listed(parts) == ["Page a"]


async def test_a_long_sitemap_fits_and_one_that_is_too_long_is_cut_off(
    parts: Parts, ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_files, "MOST_PAGES", 5000)
    path = tmp_path / "sitemap.xml"
    pages = "".join(f"<url><loc>{SITE}/page-{n}</loc></url>" for n in range(5001))
    path.write_text(f"<urlset>{pages}</urlset>", "utf-8")
    told = await import_sitemap(ImportSitemap(path=path), parts, ear)
    assert (told.count, told.truncated) == (5000, True)
    assert (await listed(parts, limit=50_000))[-1] == "Page 4999"


async def test_a_brand_summary_is_kept_for_exactly_its_documents(parts: Parts) -> None:
    first, second = "a" * 64, "b" * 64
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project("Spring")
        summaries = work.brand_summaries
        for project_id in (None, place.project_id):
            for summary in ("Calm.", f"Calm and exact in {project_id}."):
                await summaries.keep(place.organization_id, project_id, first, "starter", summary)
        await work.commit()
    async with parts.database.unit_of_work() as work:
        for project_id in (None, place.project_id):
            found = await work.brand_summaries.find(place.organization_id, project_id, first)
            assert found is not None
            assert found.summary == f"Calm and exact in {project_id}."
        assert await work.brand_summaries.find(place.organization_id, None, second) is None


async def test_a_text_links_to_the_pages_that_its_words_name(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    """The scripted model writes of coffee with words of which some name a page."""
    listed = tmp_path / "pages.csv"
    words = ["customers", "suppliers", "founders", "managers", "invoices", "contracts", "coffee"]
    listed.write_text("\n".join(["url,title", *(f"{SITE}/{w},{w}" for w in words)]), "utf-8")
    await import_sitemap(ImportSitemap(path=listed, project="Spring"), parts, ear)
    call = GenerateContent(
        topic="fresh coffee for the office", keywords=["coffee"], words=240, project="Spring"
    )
    told = await generate_content(call, parts, ear)
    text = Path(str(told.path)).read_text("utf-8")
    links = re.findall(rf"\[(\w+)\]\({SITE}/(\w+)\)", text)
    assert len(links) == 1
    assert all(shown.casefold() in address for shown, address in links)
    assert "coffee" not in dict(links)
