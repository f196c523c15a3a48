"""The columns of a table of briefs, and what people write in their cells."""

from collections.abc import Sequence
from typing import NamedTuple

from marketer_desktop.domain.brief import ContentType

# What the first row of a table may call each column; blanks, hyphens and underscores are alike.
COLUMNS: dict[str, frozenset[str]] = {
    "type": frozenset({"type", "content type", "kind", "format"}),
    "topic": frozenset({"topic", "title", "subject", "about"}),
    "keywords": frozenset(
        {"keywords", "keyword", "keyphrase", "keyphrases", "focus keyphrase", "focus keyword"}
    ),
    "audience": frozenset({"audience", "target audience", "readers", "for"}),
    "tone": frozenset({"tone", "voice", "tone of voice"}),
    "words": frozenset({"words", "word count", "length", "target words"}),
    "documents": frozenset({"documents", "document", "docs", "doc", "files", "sources"}),
    "seo_priority": frozenset({"seo priority", "seo", "priority"}),
    "only_documents": frozenset({"only documents", "only my documents", "documents only"}),
}
TYPES: dict[ContentType, frozenset[str]] = {
    ContentType.BLOG: frozenset({"blog", "blog post", "blog article", "article", "post", ""}),
    ContentType.WEBPAGE: frozenset({"webpage", "web page", "page", "landing page", "website"}),
    ContentType.LINKEDIN: frozenset({"linkedin", "linkedin post"}),
    ContentType.TWITTER: frozenset({"twitter", "x", "tweet", "thread", "twitter thread"}),
    ContentType.EMAIL: frozenset({"email", "e mail", "mail", "newsletter"}),
}
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "on"})
NO = frozenset({"", "no", "n", "false", "0", "off"})


class NotATable(ValueError):
    """The rows are no table of briefs; the message says what is missing."""


class Head(NamedTuple):
    """Which column stands where, how many there are, and what was left out, in sentences."""

    places: dict[str, int]
    width: int
    problems: list[str]


def head(cells: Sequence[str]) -> Head:
    """Read the first row. Raises `NotATable` when a column that every brief needs is missing."""
    places: dict[str, int] = {}
    problems: list[str] = []
    for at, cell in enumerate(cells):
        column = next((c for c, names in COLUMNS.items() if plain(cell) in names), None)
        if column is None and cell:
            problems.append(f"Column “{cell}” is not known and was left out.")
        elif column in places:
            problems.append(f"Column “{cell}” says the same as an earlier one and was left out.")
        elif column is not None:
            places[column] = at
    missing = [f"“{name}”" for name in ("topic", "keywords") if name not in places]
    if missing:
        raise NotATable(
            "The first row has to name the columns: type, topic, keywords, audience, tone, words, "
            f"documents, seo_priority, only_documents. Missing: {' and '.join(missing)}."
        )
    return Head(places, len(cells), problems)


def plain(cell: str) -> str:
    """A cell for comparisons: without case, underscores, hyphens and double blanks."""
    return " ".join(cell.casefold().replace("_", " ").replace("-", " ").split())


def content_type(cell: str) -> ContentType | None:
    """The type that a cell means; an empty one means a blog post."""
    return next((kind for kind, names in TYPES.items() if plain(cell) in names), None)


def yes_or_no(cell: str) -> bool | None:
    """Whether a cell agrees; None if it says neither."""
    said = plain(cell)
    return True if said in YES else False if said in NO else None


def number(cell: str) -> int | None:
    """The whole number in a cell such as `600`, `1,200` or `600 words`."""
    digits = plain(cell).removesuffix("words").replace(",", "").replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def several(cell: str) -> list[str]:
    """The values of a cell, separated by semicolons, else by lines, bars or commas."""
    mark = next((mark for mark in (";", "\n", "|", ",") if mark in cell), ";")
    found: dict[str, str] = {}
    for value in cell.split(mark):
        said = " ".join(value.split())
        found.setdefault(said.casefold(), said)
    return [value for value in found.values() if value]
