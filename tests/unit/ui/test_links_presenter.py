"""The pages that texts may link to: what a filter lets through, what is left to say."""

from datetime import UTC, datetime
from pathlib import Path

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.services.site_pages import SiteImport, SitePageList
from marketer_desktop.ui.pages.project.links_presenter import LinksPresenter, one_of

PAGES = [
    SitePage(url="https://northwind.example/roast", title="How to roast", description=""),
    SitePage(url="https://northwind.example/brew-guide", title="", description=""),
]
LISTED = SitePageList(count=3, imported_at=datetime(2026, 3, 1, tzinfo=UTC), pages=PAGES)


def test_titles_and_addresses_are_found() -> None:
    links = LinksPresenter()
    assert links.is_empty
    links.take(LISTED)
    for text, found in (("", PAGES), ("ROAST how", PAGES[:1]), ("brew-", PAGES[1:]), ("tea", [])):
        links.text = text
        assert links.found == found
    assert (links.count, links.unread, links.is_empty) == (3, 1, False)


def test_another_project_knows_nothing_of_it() -> None:
    links = LinksPresenter()
    links.take(LISTED)
    links.imported(SiteImport(count=3, skipped=0, missing=["posts.xml"], truncated=False))
    assert links.missing == ["posts.xml"]
    links.forget()
    assert (links.listed, links.missing, links.found) == (None, [], [])


def test_one_file_is_taken_at_a_time() -> None:
    assert one_of([Path("a.xml")]) == Path("a.xml")
    assert one_of([Path("a.xml"), Path("b.xml")]) is None
    assert one_of([]) is None
