"""What is copied out and pasted in: Markdown among ourselves, clean HTML with others."""

import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QTextCursor, QTextDocument, QTextDocumentFragment

from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.html_writer import fragment_html
from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Placed
from marketer_desktop.publishing.markdown_blocks.runs import BREAK, SOFT, Run, Runs, normalised
from marketer_desktop.publishing.markdown_blocks.source import Source
from marketer_desktop.publishing.markdown_blocks.split import split
from marketer_desktop.publishing.plain import plain_of
from marketer_desktop.ui.widgets.editor.blocks import one_step, remove_selection
from marketer_desktop.ui.widgets.editor.build import restyle
from marketer_desktop.ui.widgets.editor.looks import block_look, char_look
from marketer_desktop.ui.widgets.editor.properties import (
    is_cell,
    is_verbatim,
    kind_of,
    marks_of,
    path_at,
)

MARKDOWN = "text/markdown"
IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp"}
REMOTE = re.compile(r"(https?|ftp|data|file):", re.IGNORECASE)


def copied(markdown: str, selected: QTextDocumentFragment) -> QMimeData:
    """What goes to the clipboard for a selection."""
    data = QMimeData()
    data.setText(selected.toPlainText())
    data.setData(MARKDOWN, markdown.encode())
    data.setHtml(fragment_html(read_document(markdown)))
    return data


def whole(markdown: str) -> QMimeData:
    """A whole text for word processors and mail programs, and in plain words for all others."""
    document, data = read_document(markdown), QMimeData()
    data.setText(plain_of(document))
    data.setData(MARKDOWN, markdown.encode())
    data.setHtml(fragment_html(document))
    return data


def image_files(data: QMimeData) -> list[Path]:
    """Image files that were dropped or copied in a file manager."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in IMAGES]


def image_bytes(data: QMimeData) -> bytes | None:
    """A picture without a file, as PNG."""
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def source_of_html(html: str) -> Source:
    """Foreign HTML reduced to what Markdown can say; pictures from elsewhere are left out."""
    document = QTextDocument()
    document.setHtml(html)
    text = document.toMarkdown(QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    return split(text.strip("\n"))


def without_foreign(blocks: list[Placed]) -> list[Placed]:
    """Pasted blocks as text flows here: no line ends of the converter, no pictures."""
    return [
        Placed(
            0,
            replace(
                block.leaf,
                runs=_flowing(block.leaf.runs),
                rows=tuple(tuple(_flowing(cell) for cell in row) for row in block.leaf.rows),
            ),
        )
        for block in blocks
    ]


def _flowing(runs: Runs) -> Runs:
    return normalised(
        Run(run.text, replace(run.marks, line="") if run.marks.line == SOFT else run.marks)
        for run in runs
        if not (run.marks.image and REMOTE.match(run.marks.image[0]))
    )


def insert_plain(cursor: QTextCursor, text: str) -> None:
    """Put plain text in, a paragraph for each line, in one step to undo."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    with one_step(cursor):
        remove_selection(cursor)
        block = cursor.block()
        if is_verbatim(block):
            cursor.insertText(text.replace("\n", BREAK))
        elif is_cell(block):
            cursor.insertText(re.sub(r"\s+", " ", text))
        else:
            _insert_lines(cursor, re.sub(r"\n[ \t]*(?=\n)", "", text))


def _insert_lines(cursor: QTextCursor, text: str) -> None:
    first, separator, rest = text.partition("\n")
    kind, level = kind_of(cursor.block()), cursor.blockFormat().headingLevel()
    marks = replace(marks_of(cursor.charFormat()), image=None, raw="", line="", html=False)
    cursor.insertText(first, char_look(kind, level, marks))
    if not separator:
        return
    plain = char_look(Kind.PARAGRAPH)
    cursor.insertBlock(block_look(Kind.PARAGRAPH, path_at(cursor.block())), plain)
    cursor.insertText(rest, plain)
    restyle(QTextCursor(cursor.block()))
