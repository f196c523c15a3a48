"""What every loader returns: the clean text of a document, page by page."""

from enum import StrEnum

from pydantic import BaseModel, Field

from marketer_desktop.knowledge.errors import DocumentError

PAGE_BREAK = "\f"
# Far beyond the longest book; what is read is held in memory, cut up and searched.
MOST_CHARACTERS = 5_000_000
MOST_PAGES = 10_000


class FileType(StrEnum):
    """The kinds of document that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"


class PageText(BaseModel):
    """The text of one page; `page` counts from 1 and is None where a format has no pages."""

    page: int | None
    text: str = Field(repr=False)


class LoadedDocument(BaseModel):
    """A document as text; paragraphs are separated by one blank line."""

    file_type: FileType
    pages: list[PageText] = Field(repr=False)  # or whoever shows a task shows whole books
    title: str | None = None

    @property
    def full_text(self) -> str:
        """The pages joined by form feeds; spans of chunks are offsets in this text."""
        return PAGE_BREAK.join(page.text for page in self.pages)


def too_long() -> DocumentError:
    """The sentence for a document that holds more than can be kept."""
    return DocumentError(
        f"The document holds more than {MOST_CHARACTERS // 1_000_000} million characters or "
        f"{MOST_PAGES:,} pages. Split it into smaller files and add those."
    )
