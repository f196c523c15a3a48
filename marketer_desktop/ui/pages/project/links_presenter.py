"""The pages of a website that texts may link to: those that were read, and those that are shown."""

from datetime import datetime
from pathlib import Path

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.services.site_pages import SiteImport, SitePageList

MOST_READ, MOST_SHOWN = 5000, 50
EXTENSIONS = [".xml", ".gz", ".csv", ".txt"]
MOST_NAMED = 3  # files of an index that are not there


class LinksPresenter:
    """`text` filters the pages by their titles and addresses."""

    def __init__(self) -> None:
        self.listed: SitePageList | None = None
        self.last: SiteImport | None = None
        self.text = ""

    def take(self, listed: SitePageList) -> None:
        """Show what was read."""
        self.listed = listed

    def imported(self, result: SiteImport) -> None:
        """A file was read."""
        self.last = result

    def forget(self) -> None:
        """Another project will be shown."""
        self.listed, self.last, self.text = None, None, ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to link to."""
        return self.listed is None or self.listed.count == 0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.listed.count if self.listed else 0

    @property
    def unread(self) -> int:
        """How many pages are not among those that were read."""
        return self.count - len(self.listed.pages) if self.listed else 0

    @property
    def imported_at(self) -> datetime | None:
        """When they were read from a file."""
        return self.listed.imported_at if self.listed else None

    @property
    def found(self) -> list[SitePage]:
        """The pages that the filter lets through."""
        wanted = self.text.casefold().split()
        pages = self.listed.pages if self.listed else []
        return [page for page in pages if all(word in _about(page) for word in wanted)]

    @property
    def missing(self) -> list[str]:
        """Files that the last import named and did not find."""
        return self.last.missing if self.last else []


def _about(page: SitePage) -> str:
    return f"{page.title} {page.url}".casefold()


def one_of(paths: list[Path]) -> Path | None:
    """The one file to import; None if there are several, as each replaces what was there."""
    return paths[0] if len(paths) == 1 else None
