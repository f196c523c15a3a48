"""The kinds of files that a text can be handed out as."""

from enum import StrEnum


class Format(StrEnum):
    """What people call a kind of file."""

    MARKDOWN = "md"
    HUGO = "hugo"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    TEXT = "txt"
    ZIP = "zip"

    @property
    def extension(self) -> str:
        """What the file's name ends with."""
        return ".md" if self is Format.HUGO else f".{self}"

    @property
    def media_type(self) -> str:
        """What the web calls it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.MARKDOWN: "text/markdown",
    Format.HUGO: "text/markdown",
    Format.HTML: "text/html",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.TEXT: "text/plain",
    Format.ZIP: "application/zip",
}
