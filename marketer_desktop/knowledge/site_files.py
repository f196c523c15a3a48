"""Files that list the pages of a site: sitemaps, also in parts and packed, tables, plain lists."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.domain.titles import sentence_case
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.sitemap import read_sitemap
from marketer_desktop.knowledge.table import read_table

MOST_PAGES = 50_000  # as the sitemaps protocol has it
LARGEST = 50_000_000  # bytes, unpacked; likewise
LONGEST_ADDRESS = 2000
GZIP = b"\x1f\x8b"
TITLE_COLUMNS = frozenset({"title", "name", "page title", "heading"})
DESCRIPTION_COLUMNS = frozenset({"description", "meta description", "summary"})
ADDRESS_COLUMNS = frozenset({"url", "address", "link", "loc", "page", "permalink"})
_NOT_IN_ADDRESSES = re.compile(r'[\s<>"\\^`{|}]')


@dataclass
class SiteFile:
    """The pages that a file lists, each once and in order; what could not be used is counted.

    `missing` are the parts that an index names and that do not lie beside it.
    """

    pages: list[SitePage] = field(default_factory=list)
    skipped: int = 0
    missing: list[str] = field(default_factory=list)
    truncated: bool = False


def read_site_file(path: Path) -> SiteFile:
    """The pages in the file. Raises `DocumentError` and `OSError`."""
    found = SiteFile()
    _keep(found, _listed(path, found))
    if not found.pages:
        raise DocumentError("No addresses of pages were found. Choose a sitemap or a list of URLs.")
    return found


def title_from(url: str) -> str:
    """What the last part of an address says: `/blog/cold-brew-at-home` is “Cold brew at home”."""
    parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    if parts and parts[-1].startswith("index."):
        parts.pop()
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", parts[-1]) if parts else ""
    return sentence_case(" ".join(re.split(r"[-_+\s]+", last)).strip()) or "Home"


def _listed(path: Path, found: SiteFile) -> Iterator[SitePage]:
    data = _unpacked(path)
    if _is_xml(data):
        return _of_sitemap(path, data, found)
    return _of_table(read_table(data))


def _unpacked(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise DocumentError("This file has more than 50 MB, which no sitemap may have.")
    data = path.read_bytes()
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.open(path) as packed:
            data = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentError("This packed file is damaged. Download it again.") from error
    if len(data) > LARGEST:
        raise DocumentError("Unpacked, this file has more than 50 MB, which no sitemap may have.")
    return data


def _is_xml(data: bytes) -> bool:
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def _of_sitemap(path: Path, data: bytes, found: SiteFile) -> Iterator[SitePage]:
    sitemap = read_sitemap(data, MOST_PAGES + 1)
    if sitemap.kind == "pages":
        yield from _untitled(sitemap.addresses)
        return
    seen = {path.name}
    for address in sitemap.addresses:
        part = _beside(path, address)
        if part is None or part.name in seen:
            found.missing.append(address)
            continue
        seen.add(part.name)
        inner = read_sitemap(_unpacked(part), MOST_PAGES + 1)
        if inner.kind != "pages":
            raise DocumentError(f"“{part.name}” is an index again, and an index may name no other.")
        yield from _untitled(inner.addresses)


def _beside(index: Path, address: str) -> Path | None:
    """The file of that name, packed or not, in the folder of the index."""
    name = Path(unquote(urlsplit(address).path)).name
    names = [name, name.removesuffix(".gz"), f"{name}.gz"] if name else []
    return next((index.with_name(n) for n in names if n and index.with_name(n).is_file()), None)


def _untitled(addresses: Iterable[str]) -> Iterator[SitePage]:
    return (SitePage(url=address, title="") for address in addresses)


def _of_table(rows: list[list[str]]) -> Iterator[SitePage]:
    filled = [row for row in rows if any(row)]
    columns = _columns(filled[0]) if filled else None
    for row in filled[1:] if columns else filled:
        url, title, description = columns or (0, 1, 2)
        cells = [row[at] if at is not None and at < len(row) else "" for at in (title, description)]
        address = row[url] if url < len(row) else ""
        yield SitePage(url=address, title=cells[0], description=cells[1])


def _columns(head: list[str]) -> tuple[int, int | None, int | None] | None:
    """Where addresses, titles and descriptions stand; None for a table without a head."""
    names = [cell.casefold() for cell in head]

    def place(known: frozenset[str]) -> int | None:
        return next((at for at, name in enumerate(names) if name in known), None)

    url = place(ADDRESS_COLUMNS)
    return None if url is None else (url, place(TITLE_COLUMNS), place(DESCRIPTION_COLUMNS))


def _keep(found: SiteFile, pages: Iterator[SitePage]) -> None:
    known: set[str] = set()
    for page in pages:
        url = urldefrag(page.url).url
        if not _usable(url):
            found.skipped += 1
        elif url not in known and len(known) == MOST_PAGES:
            found.truncated = True
            return
        elif url not in known:
            known.add(url)
            title = " ".join(page.title.split()) or title_from(url)
            found.pages.append(page.model_copy(update={"url": url, "title": title}))


def _usable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return whole and len(url) <= LONGEST_ADDRESS and not _NOT_IN_ADDRESSES.search(url)
