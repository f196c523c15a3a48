"""The pages of a project's site, imported from a file, that texts may link to."""

import asyncio
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.site_files import SiteFile, read_site_file
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.unit_of_work import UnitOfWork


class SiteImport(BaseModel):
    """How many pages are known now, and what of the file could not be used.

    `missing` are the parts that an index names and that do not lie beside it; `truncated` says
    that the file lists more pages than can be kept.
    """

    count: int
    skipped: int
    missing: list[str]
    truncated: bool


class SitePageList(BaseModel):
    """How many pages there are, since when, and the first of them."""

    count: int
    imported_at: datetime | None
    pages: list[SitePage]


class ImportSitemap(Call[SiteImport]):
    """Read a sitemap, or a table or list of addresses, in place of what was known before.

    Without a project, the default one.
    """

    path: Path
    project_id: int | None = None
    project: str | None = None


class ListSitePages(Call[SitePageList]):
    """The pages of a project's site."""

    project_id: int | None = None
    limit: int = Field(default=100, ge=0, le=50_000)


class ClearSitePages(Call[SitePageList]):
    """Forget the pages of a project's site."""

    project_id: int | None = None


async def import_sitemap(call: ImportSitemap, parts: Parts, emit: Emit) -> SiteImport:
    """Read the file first: if it is of no use, what was known stays."""
    found = await asyncio.to_thread(_read, call.path)
    pages = [(page.url, page.title, page.description) for page in found.pages]
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, call.project_id, call.project)
        await work.site_pages.replace(place.organization_id, place.project_id, pages)
        await work.commit()
    parts.bus.changed("projects")
    return SiteImport(
        count=len(pages),
        skipped=found.skipped,
        missing=found.missing,
        truncated=found.truncated,
    )


def _read(path: Path) -> SiteFile:
    try:
        return read_site_file(path.expanduser())
    except DocumentError as error:
        raise ServiceError(f"“{path.name}”: {error}") from error


async def place_of(work: UnitOfWork, project_id: int | None, project: str | None) -> Workspace:
    """The project with this number, else of this name, else the default one."""
    if project_id is None:
        return await work.workspaces.project(project)
    return await work.workspaces.of_project(project_id)


async def list_site_pages(call: ListSitePages, parts: Parts, emit: Emit) -> SitePageList:
    """The first pages in the order of the file."""
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, call.project_id, None)
        size = await work.site_pages.size(place.project_id)
        rows = await work.site_pages.list(place.project_id, call.limit)
        await work.commit()
    pages = [SitePage(url=row.url, title=row.title, description=row.description) for row in rows]
    return SitePageList(count=size.count, imported_at=size.imported_at, pages=pages)


async def clear_site_pages(call: ClearSitePages, parts: Parts, emit: Emit) -> SitePageList:
    """Texts written from now on link to none of them; written ones keep their links."""
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, call.project_id, None)
        await work.site_pages.clear(place.project_id)
        await work.commit()
    parts.bus.changed("projects")
    return SitePageList(count=0, imported_at=None, pages=[])
