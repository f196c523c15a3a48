"""Sitemaps as search engines read them: XML of addresses, or of further sitemaps."""

import io
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from lxml import etree

from marketer_desktop.knowledge.errors import DocumentError

# Entities are not resolved and nothing is fetched; what would need either is refused below.
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
KINDS: dict[str, Literal["pages", "sitemaps"]] = {"urlset": "pages", "sitemapindex": "sitemaps"}


class Sitemap(NamedTuple):
    """Addresses in order: of pages, or of the sitemaps that list them."""

    kind: Literal["pages", "sitemaps"]
    addresses: list[str]


def read_sitemap(data: bytes, most: int) -> Sitemap:
    """At most `most` addresses of a sitemap. Raises `DocumentError`.

    A document type definition is refused: a sitemap has none, and attacks by entities do.
    """
    kind: Literal["pages", "sitemaps"] | None = None
    addresses: list[str] = []
    try:
        for event, element in _events(data):
            if kind is None:
                kind = _kind(element)
            elif event == "end" and _is_address(element):
                addresses.append("".join(element.itertext()).strip())
                if len(addresses) == most:
                    break
            elif event == "end" and element.getparent() is element.getroottree().getroot():
                element.clear()
                _forget_earlier(element)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"This sitemap is damaged: {error.msg}. Export it again, and import the new file."
        ) from error
    if kind is None:
        raise DocumentError("This sitemap is empty.")
    return Sitemap(kind, addresses)


def _events(data: bytes) -> Iterator[tuple[str, Any]]:
    events: Iterator[tuple[str, Any]] = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), **SAFE
    )
    return events


def _kind(root: Any) -> Literal["pages", "sitemaps"]:
    name = etree.QName(root).localname
    if name not in KINDS:
        raise DocumentError(f"This is no sitemap: it begins with <{name}>, not with <urlset>.")
    if root.getroottree().docinfo.doctype:
        raise DocumentError(
            "This file defines a document type of its own, which no sitemap does and attacks do. "
            "It was not read."
        )
    return KINDS[name]


def _is_address(element: Any) -> bool:
    """A `loc` of the sitemap itself; images and videos in it have their own."""
    if not isinstance(element.tag, str):  # comments and the like
        return False
    name, root = etree.QName(element), etree.QName(element.getroottree().getroot())
    return (name.localname, name.namespace) == ("loc", root.namespace)


def _forget_earlier(element: Any) -> None:
    """Keep the tree small while it is read."""
    while element.getprevious() is not None:
        del element.getparent()[0]
