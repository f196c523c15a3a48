"""A piece as Markdown: the text as it stands."""

from marketer_desktop.publishing.manuscript import Manuscript


def file_of(manuscript: Manuscript) -> bytes:
    """The text."""
    return manuscript.markdown.encode("utf-8")
