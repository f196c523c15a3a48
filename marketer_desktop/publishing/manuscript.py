"""A finished text with all that the files made of it say about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.images import MOST_BYTES, image_type
from marketer_desktop.publishing.document.model import Document, spans_in
from marketer_desktop.publishing.document.reader import read_document


@dataclass(frozen=True)
class Manuscript:
    """`folder` is where the paths of its images begin; `variants` are its posts, by platform.

    `name` is what its files are called, without an ending.
    """

    content_type: ContentType
    title: str
    markdown: str
    folder: Path
    name: str
    description: str = ""
    slug: str = ""
    language: str = "en"
    keywords: tuple[str, ...] = ()
    word_count: int = 0
    written: datetime | None = None
    changed: datetime | None = None
    is_published: bool = False
    variants: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def document(self) -> Document:
        """The text as its readers see it."""
        return read_document(self.markdown)

    @cached_property
    def images(self) -> tuple[str, ...]:
        """The paths of the images that it shows and that are there, each once."""
        blocks = (self.document.blocks, *self.document.notes)
        shown = (span.picture for part in blocks for span in spans_in(part) if span.picture)
        return tuple(path for path in dict.fromkeys(shown) if image_file(self.folder, path))

    @property
    def is_marked_up(self) -> bool:
        """Whether the text is Markdown; posts are plain words."""
        return self.content_type not in (ContentType.LINKEDIN, ContentType.TWITTER)

    def image(self, path: str) -> bytes | None:
        """An image of the text, if it is there and is one. Raises `OSError`."""
        found = image_file(self.folder, path)
        data = found.read_bytes() if found and found.stat().st_size <= MOST_BYTES else b""
        return data if image_type(data) else None


def image_file(folder: Path, path: str) -> Path | None:
    """The file of an image if it is there, and not somewhere outside `folder`."""
    found = (folder / path).resolve()
    return found if found.is_relative_to(folder.resolve()) and found.is_file() else None
