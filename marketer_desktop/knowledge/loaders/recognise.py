"""Tells what a file is by looking at its content; its name decides only between text kinds."""

import io
import re
import zipfile
from pathlib import Path
from typing import IO

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.loaders.decoding import NotTextError, decode
from marketer_desktop.knowledge.loaders.document import FileType

PDF_HEADER_WITHIN = 1024
HEAD = 100_000
BLANK = b" \t\r\n\v\f\0"

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MEMBERS = (
    ("xl/workbook", "an Excel workbook"),
    ("ppt/presentation", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an EPUB book"),
    ("Index/Document.iwa", "an Apple Pages document; export it as .docx"),
    ("mimetype", "an OpenDocument file"),
)
MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"RIFF", "an image, sound or film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
)

# These run over hostile text: none may try the same characters again and again.
HTML_START = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+(<\?xml[^>]*>\s*+)?<(!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
HTML_ELEMENT = re.compile(r"</(p|div|h[1-6]|table|ul|ol|section|article|span|a)\s*>", re.I)
HTML_ELEMENTS = 3

MARKDOWN_STRONG = (
    re.compile(r"^#{1,6} +\S", re.M),
    re.compile(r"^(```|~~~)", re.M),
    re.compile(r"\[[^\[\]\n]{1,500}\]\([^()\s]{1,2000}\)"),
    re.compile(r"^\|?( *:?-{3,}:? *\|)+", re.M),
)
MARKDOWN_WEAK = (
    re.compile(r"(?<!\w)(\*\*|__)\S.{0,300}?\S\1(?!\w)"),
    re.compile(r"^[-*+] +\S", re.M),
    re.compile(r"^> +\S", re.M),
    re.compile(r"^\S.*\n(=+|-{3,})$", re.M),
)
MARKDOWN_CERTAIN = 2.0


def recognise(path: Path) -> FileType:
    """The type of the file at `path`, as `type_of` tells it."""
    return type_of(path.read_bytes(), path)


def type_by_beginning(path: Path) -> FileType:
    """The type of a file that may be large, by its first 100,000 bytes; a ZIP by its directory.

    Raises DocumentError as `type_of` does.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(ZIP):
            return _word_document(path, file)
    return type_of(_whole_characters(head), path)


def _whole_characters(head: bytes) -> bytes:
    """Without the beginning of a UTF-8 character whose rest was not read."""
    if len(head) < HEAD:
        return head
    inside = len(head) - len(head.rstrip(bytes(range(0x80, 0xC0))))
    return head[: len(head) - inside - 1] if inside < 4 else head


def type_of(data: bytes, path: Path) -> FileType:
    """The type of the file at `path` whose content is `data`.

    Raises DocumentError for an empty file and for anything that is not one of the five types;
    its message says what the content is instead.
    """
    if not data.strip(BLANK):
        raise DocumentError(f"“{shown_name(path)}” is empty. Choose a file that holds text.")
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        return FileType.PDF
    if data.startswith(ZIP):
        return _word_document(path, io.BytesIO(data))
    if other := _known_binary(data):
        raise _unsupported(path, other)
    try:
        return _kind_of_text(decode(data)[:HEAD], path.suffix.lower())
    except NotTextError:
        raise _unsupported(path, "binary data") from None


def _unsupported(path: Path, content: str) -> DocumentError:
    return DocumentError(
        f"“{shown_name(path)}” is not a PDF, Word (.docx), text, Markdown or HTML document: "
        f"its content is {content}."
    )


def _word_document(path: Path, content: IO[bytes]) -> FileType:
    try:
        archive = zipfile.ZipFile(content)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise DocumentError(
            f"“{shown_name(path)}” is damaged: the file ends early. Copy or export it again."
        ) from None
    names = archive.namelist()
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return FileType.DOCX
    for member, kind in ZIP_MEMBERS:
        if any(name.startswith(member) for name in names):
            raise _unsupported(path, kind)
    raise _unsupported(path, "a ZIP archive")


def _known_binary(data: bytes) -> str | None:
    if data.startswith(OLE):
        return "an old Office file (.doc) or protected by a password; save it as .docx without one"
    if data.startswith(b"{\\rtf"):
        return "rich text (RTF); save it as .docx"
    if data[4:8] == b"ftyp":
        return "a film or a picture from a phone"
    # Letters alone could begin an ordinary text, so those kinds must also hold a zero byte.
    return next(
        (kind for magic, kind in MAGIC if data.startswith(magic) and b"\0" in data[:HEAD]), None
    )


def _kind_of_text(text: str, suffix: str) -> FileType:
    certain = markdown_score(text) >= MARKDOWN_CERTAIN
    # Markdown may hold elements of HTML, even at its beginning.
    fragment = text.lstrip().startswith("<") and len(HTML_ELEMENT.findall(text)) >= HTML_ELEMENTS
    if HTML_START.match(text) or (fragment and not certain):
        return FileType.HTML
    return FileType.MARKDOWN if certain or suffix in {".md", ".markdown"} else FileType.TXT


def markdown_score(text: str) -> float:
    """How much `text` looks like Markdown: 1 for each telling construct, half for each weak one."""
    strong = sum(bool(pattern.search(text)) for pattern in MARKDOWN_STRONG)
    return strong + sum(bool(pattern.search(text)) for pattern in MARKDOWN_WEAK) / 2
