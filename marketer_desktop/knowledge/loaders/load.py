"""Loads a document of any supported type."""

from collections.abc import Callable
from pathlib import Path

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument
from marketer_desktop.knowledge.loaders.html import load_html
from marketer_desktop.knowledge.loaders.markdown import load_markdown
from marketer_desktop.knowledge.loaders.pdf import load_pdf
from marketer_desktop.knowledge.loaders.recognise import recognise
from marketer_desktop.knowledge.loaders.text import load_text
from marketer_desktop.knowledge.loaders.word import load_docx

LOADERS: dict[FileType, Callable[[bytes], LoadedDocument]] = {
    FileType.PDF: load_pdf,
    FileType.DOCX: load_docx,
    FileType.TXT: load_text,
    FileType.MARKDOWN: load_markdown,
    FileType.HTML: load_html,
}


def load(path: Path) -> LoadedDocument:
    """The text of the document at `path`.

    Raises DocumentError where the file is empty, of another type, protected or without text;
    any other exception means that the content is malformed.
    """
    loaded = LOADERS[recognise(path)](path.read_bytes())
    if not loaded.full_text.strip():
        raise DocumentError(f"“{path.name}” holds no text. Choose a file that does.")
    return loaded
