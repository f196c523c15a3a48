"""What the documents page says."""

import re

from PySide6.QtCore import QCoreApplication, QLocale

from marketer_desktop.services.document_library import DocumentEntry
from marketer_desktop.services.watched_folders import WatchedFolder
from marketer_desktop.ui.pages.documents.presenter import Reading

MINUTE, KILOBYTE, MEGABYTE = 60, 1000, 1_000_000
SCANNED = "only pictures of pages"  # how the reader's message about a scan is known
NAMED = re.compile("^“[^”]*” (is )?")  # how messages begin; the row has the name already


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("DocumentsPage", text)


def size(count: int) -> str:
    """Such as *2.3 MB*."""
    if count < KILOBYTE:
        return f"{count} B"
    digits = 0 if count < MEGABYTE else 1
    return QLocale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def kind(entry: DocumentEntry) -> str:
    """Such as *PDF, 6 pages*."""
    names = {"pdf": "PDF", "docx": "Word", "md": "Markdown", "markdown": "Markdown", "html": "HTML"}
    name = names.get(entry.type or "", tr("Text"))
    if entry.type is None:
        return entry.path.suffix.removeprefix(".").upper()
    return pages(name, entry.pages) if entry.type == "pdf" and entry.pages else name


def pages(name: str, count: int) -> str:
    """A kind with its pages."""
    return (
        tr("{0}, 1 page").format(name) if count == 1 else tr("{0}, {1} pages").format(name, count)
    )


def passages(count: int) -> str:
    """How many passages there are."""
    return tr("1 passage") if count == 1 else tr("{0} passages").format(f"{count:,}")


def failure(error: str | None) -> str:
    """Why a document cannot be quoted, short enough for a row."""
    if SCANNED in (error or ""):
        return tr("Scanned, no text. Add a version with text.")
    said = NAMED.sub("", error or "")
    return said[:1].upper() + said[1:] or tr("Not read. Try again.")


def left(seconds: int | None) -> str:
    """How long it still takes; nothing while that cannot be told."""
    if seconds is None:
        return ""
    if seconds <= MINUTE:
        return tr("About {0} s left").format(seconds)
    return tr("About {0} min left").format(round(seconds / MINUTE))


def reading(state: Reading, eta: int | None) -> str:
    """How far the files are that were added."""
    if not state.file:
        return tr("Reading…")
    text = tr("Reading {0}").format(state.file)
    if state.count > 1:
        text = tr("Reading {0}, {1} of {2}").format(state.file, state.number, state.count)
    return f"{text} · {left(eta)}" if eta else text


def place(page: int | None, heading: str | None) -> str:
    """Where in its document a passage stands."""
    parts = [tr("page {0}").format(page)] if page else []
    return " · ".join([*parts, heading] if heading else parts)


def folder(entry: WatchedFolder) -> str:
    """What is said of a watched folder."""
    count = tr("1 file") if entry.file_count == 1 else tr("{0} files").format(entry.file_count)
    return f"{entry.project} · {count}" if entry.project else count


def known_already(files: list[str]) -> str:
    """Files whose content was there before."""
    if len(files) == 1:
        return tr("{0} was there already.").format(files[0])
    return tr("{0} files were there already.").format(len(files))
