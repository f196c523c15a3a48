"""Loads a document of any supported type."""

from collections.abc import Callable
from pathlib import Path

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument
from marketer_desktop.knowledge.loaders.recognise import recognise

Loader = Callable[[bytes], LoadedDocument]


def load(path: Path) -> LoadedDocument:
    """The text of the document at `path`.

    Raises DocumentError where the file is empty, of another type, protected or without text;
    any other exception means that the content is malformed.
    """
    loaded = _loader(recognise(path))(path.read_bytes())
    if not loaded.full_text.strip():
        raise DocumentError(f"“{path.name}” holds no text. Choose a file that does.")
    return loaded


def _loader(file_type: FileType) -> Loader:
    # Imported here: a parser process reads one document and needs one of the libraries, which
    # together take longer to import than most documents to read.
    match file_type:
        case FileType.PDF:
            from marketer_desktop.knowledge.loaders.pdf import load_pdf as loader  # noqa: PLC0415
        case FileType.DOCX:
            from marketer_desktop.knowledge.loaders.word import load_docx as loader  # noqa: PLC0415
        case FileType.HTML:
            from marketer_desktop.knowledge.loaders.html import load_html as loader  # noqa: PLC0415
        case FileType.MARKDOWN:
            from marketer_desktop.knowledge.loaders.markdown import (  # noqa: PLC0415
                load_markdown as loader,
            )
        case FileType.TXT:
            from marketer_desktop.knowledge.loaders.text import load_text as loader  # noqa: PLC0415
    return loader
