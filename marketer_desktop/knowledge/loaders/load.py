"""Loads a document of any supported type."""

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.loaders.cleaning import parted
from marketer_desktop.knowledge.loaders.document import (
    MOST_CHARACTERS,
    FileType,
    LoadedDocument,
    too_long,
)
from marketer_desktop.knowledge.loaders.recognise import type_of
from marketer_desktop.system.twin import Pieces, one_by_one

LARGEST = 100 * 1024 * 1024

_loaded: set[FileType] = set()

Loader = Callable[[bytes], LoadedDocument]


def load(
    path: Path,
    before_parsing: Callable[[], None] = lambda: None,
    pieces: Pieces = one_by_one,
) -> LoadedDocument:
    """The text of the document at `path`; `before_parsing` is called once all of it is in memory.

    `pieces` is the way in which the pages of a long one are read, where it has such.
    Raises DocumentError where the file is empty, of another type, protected, too long or without
    text; any other exception means that the content is malformed.
    """
    data = read_once(path)
    loader = _loader(type_of(data, path), pieces)
    before_parsing()
    loaded = loader(data)
    if sum(len(page.text) for page in loaded.pages) > MOST_CHARACTERS:
        raise too_long()
    for page in loaded.pages:
        page.text = parted(page.text)
    if not any(page.text.strip() for page in loaded.pages):
        raise DocumentError(f"“{shown_name(path)}” holds no text. Choose a file that does.")
    return loaded


def read_once(path: Path) -> bytes:
    """All bytes of the file at `path`, which may be another one than was there a moment ago."""
    name = shown_name(path)
    try:
        # A pipe that took the file's place would not open before somebody writes to it.
        with open(path, "rb", opener=_open_at_once) as file:
            data = file.read(LARGEST + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except FileNotFoundError:
        raise DocumentError(f"“{name}” is gone: it was moved or deleted. Add it again.") from None
    except OSError as problem:
        raise not_readable(name, problem) from None
    if len(data) > LARGEST:
        raise DocumentError(f"“{name}” grew beyond 100 MB while it was read. Try again later.")
    return data


def not_readable(name: str, problem: OSError) -> DocumentError:
    """The sentence for a file called `name` that the system does not give out."""
    return DocumentError(
        f"“{name}” could not be read: {problem.strerror}. Check the file and its permissions."
    )


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def load_library(file_type: FileType) -> None:
    """Load what documents of this type need, before there is one."""
    _loader(file_type, one_by_one)
    _loaded.add(file_type)
    if file_type is FileType.PDF:
        use_libraries()


def use_libraries() -> None:
    """Read a tiny document with those of the libraries that take long to read the first one.

    Before there is a document, so that the next one need not wait for it: in the process that
    others are forked from, and in each of them, to which what it writes to is copied then.
    """
    if FileType.PDF in _loaded:
        from marketer_desktop.knowledge.loaders.pdf import read_one_letter  # noqa: PLC0415

        read_one_letter()


def _loader(file_type: FileType, pieces: Pieces) -> Loader:
    # Imported here: a parser that starts for one document needs one of the libraries, which
    # together take longer to import than most documents to read.
    match file_type:
        case FileType.PDF:
            from marketer_desktop.knowledge.loaders.pdf import load_pdf  # noqa: PLC0415

            return partial(load_pdf, pieces=pieces)
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
