"""A piece, or a whole campaign, as one ZIP: every kind of file, the posts and the images."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from marketer_desktop.publishing.exporting import rendered
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.names import different
from marketer_desktop.publishing.page import message_of

_BESIDE_EACH_OTHER = (Format.MARKDOWN, Format.HTML, Format.DOCX, Format.PDF, Format.TEXT)
_POSTS = {"twitter": "x", "thread": "x-thread"}

File = tuple[str, bytes]


def file_of(manuscript: Manuscript) -> bytes:
    """The ZIP of one piece. Raises `OSError`."""
    written = BytesIO()
    write_zip(written, files_of(manuscript))
    return written.getvalue()


def files_of(manuscript: Manuscript) -> Iterator[File]:
    """The files of a piece with their names; a post bundle for Hugo has a folder of its own."""
    name = manuscript.name
    for form in _BESIDE_EACH_OTHER:
        yield f"{name}{form.extension}", rendered(manuscript, form)
    message = message_of(manuscript)
    if message is not None:
        yield f"{name}.eml", message
    yield f"hugo/{name}/index.md", rendered(manuscript, Format.HUGO)
    for path in manuscript.images:
        data = (manuscript.folder / path).read_bytes()
        yield path, data
        yield f"hugo/{name}/{path}", data
    for variant, text in manuscript.variants.items():
        if text.strip():
            yield f"social/{_POSTS.get(variant, variant)}.txt", f"{text.rstrip()}\n".encode()


def files_of_all(manuscripts: Iterable[Manuscript]) -> Iterator[File]:
    """The files of several pieces, each in a folder of its own."""
    taken: set[str] = set()
    for manuscript in manuscripts:
        folder = different(manuscript.name, taken)
        for name, data in files_of(manuscript):
            yield f"{folder}/{name}", data


def write_zip(file: BinaryIO, files: Iterable[File]) -> None:
    """Write the files into a ZIP. Raises `OSError`."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
