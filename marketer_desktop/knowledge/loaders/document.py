"""What every loader returns: the clean text of a document, page by page."""

from enum import StrEnum

from pydantic import BaseModel

PAGE_BREAK = "\f"


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
    text: str


class LoadedDocument(BaseModel):
    """A document as text; paragraphs are separated by one blank line."""

    file_type: FileType
    pages: list[PageText]
    title: str | None = None

    @property
    def full_text(self) -> str:
        """The pages joined by form feeds; spans of chunks are offsets in this text."""
        return PAGE_BREAK.join(page.text for page in self.pages)
