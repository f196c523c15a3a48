"""A rich text editor that loads Markdown, saves Markdown, and leaves alone what nobody touched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QWidget

from marketer_desktop.publishing.markdown_blocks.compose import Book, composed, fragment
from marketer_desktop.publishing.markdown_blocks.escaping import escaped_alt
from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf, Placed
from marketer_desktop.publishing.markdown_blocks.runs import OBJECT, Marks, Run
from marketer_desktop.publishing.markdown_blocks.split import split
from marketer_desktop.ui.theme import type
from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.widgets.editor import clipboard, inline, lists, marking, pointing
from marketer_desktop.ui.widgets.editor.blocks import one_step
from marketer_desktop.ui.widgets.editor.build import Builder
from marketer_desktop.ui.widgets.editor.context_menu import show_menu
from marketer_desktop.ui.widgets.editor.highlighter import NOBODY, Highlighter
from marketer_desktop.ui.widgets.editor.images import Images, Resolver, inside
from marketer_desktop.ui.widgets.editor.insertion import (
    insert_blocks,
    insert_verbatim,
    is_in_verbatim,
)
from marketer_desktop.ui.widgets.editor.looks import block_look, char_look
from marketer_desktop.ui.widgets.editor.read import Reader, selected_blocks
from marketer_desktop.ui.widgets.editor.replacing import Difference, difference, has_table
from marketer_desktop.ui.widgets.editor.spelling import Speller
from marketer_desktop.ui.widgets.editor.surface import ROOM, Surface
from marketer_desktop.ui.widgets.editor.typing_keys import take_key, wants_tab


class MarkdownEditor(Surface):
    """Shows Markdown as rich text. Positions are those of its document."""

    edited = Signal()  # by the user, or by a call that can be undone
    citation_clicked = Signal(int)  # the n of a mark `[n]`
    link_clicked = Signal(str)  # with Ctrl
    alt_text_asked = Signal(str)  # of the image at the cursor; answered by `set_alt_text`
    image_added = Signal(object)  # PNG bytes or a Path, pasted or dropped; see `insert_image`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_loading = False
        self._last_change = NOBODY
        self._pressed: QPoint | None = None
        self._folder: Path | None = None
        self._book = Book(split(""))
        self._text_scale = type.scale()
        self.setAccessibleName(self.tr("Text"))
        self.setTabChangesFocus(True)  # outside of lists, tables and code
        self._reader = Reader(self.document())
        self.document().contentsChange.connect(self._on_change)
        self._highlighter = Highlighter(self.document())
        self._images = Images(self)
        self._images.resolve = lambda source: inside(self._folder, source)
        self._images.ready.connect(self._on_image)
        self._marking = marking.Marking(self)
        self.cursorPositionChanged.connect(self._on_cursor)
        current().changed.connect(self._on_theme)
        self.load("")

    # Loading and saving

    def load(self, markdown: str) -> None:
        """Show `markdown`; what could be undone is forgotten."""
        self._book = Book(split(markdown))
        self.decorations.starts = {n: style.start for n, style in self._book.lists.items()}
        self._is_loading = self._reader.is_paused = True
        document = self.document()
        self._highlighter.forget()
        document.setUndoRedoEnabled(False)
        document.clear()
        document.setDocumentMargin(ROOM)
        self._fill()
        document.setUndoRedoEnabled(True)
        self._is_loading = self._reader.is_paused = False
        self.setTextCursor(QTextCursor(document))
        self._marking.clear()

    def _fill(self) -> None:
        cursor = QTextCursor(self.document())
        with one_step(cursor):
            cursor.setBlockFormat(block_look(Kind.PARAGRAPH))
            cursor.setBlockCharFormat(char_look(Kind.PARAGRAPH))
            blocks = [Placed(block.id, block.leaf) for block in self._book.main.leaves]
            Builder(cursor, self._images.size, self._reader.age).add(blocks, into_current=True)

    def markdown(self) -> str:
        """The text; blocks that nobody changed have the characters they were loaded with."""
        return composed(self._book, self._reader.blocks())

    def selected_markdown(self) -> str:
        """What is selected; of a table that is left, all of it."""
        cursor = self.textCursor()
        return fragment(self._book, selected_blocks(cursor)) if cursor.hasSelection() else ""

    def replace_selection(self, markdown: str) -> None:
        """Put `markdown` in place of the selection, in one step to undo."""
        cursor = self.textCursor()
        if insert_verbatim(cursor, markdown):
            return
        source = split(markdown.strip("\r\n"))
        self._book.add(source)
        self.decorations.starts |= {n: style.start for n, style in source.lists.items()}
        self._insert(cursor, [Placed(block.id, block.leaf) for block in source.leaves])

    def replace_text(self, markdown: str) -> None:
        """Show another version of the text: one step to undo, and what is alike stays."""
        source = split(markdown)
        old = [block.leaf for block in self._reader.blocks()]
        change = difference(old, [block.leaf for block in source.leaves])
        if change is None:
            return
        cursor = self._selection_of(change, old)
        if not cursor.hasSelection() or has_table(old[change.start : change.old_end]):
            cursor.select(QTextCursor.SelectionType.Document)
            change = Difference(0, len(old), len(source.leaves))
        self._book.add(source)
        self.decorations.starts |= {n: style.start for n, style in source.lists.items()}
        new = source.leaves[change.start : change.new_end]
        self._insert(cursor, [Placed(block.id, block.leaf) for block in new])

    def _selection_of(self, change: Difference, old: list[Leaf]) -> QTextCursor:
        places = self._reader.places()
        cursor = QTextCursor(self.document())
        if old:
            cursor.setPosition(places[change.start][0])
            cursor.setPosition(places[change.old_end - 1][1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _insert(self, cursor: QTextCursor, blocks: list[Placed]) -> None:
        insert_blocks(cursor, blocks, self._images.size)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # Images

    def set_base_folder(self, path: Path | None) -> None:
        """Show images whose source is a path in this folder."""
        self._folder = path
        self._images.forget()

    def set_image_resolver(self, resolver: Resolver) -> None:
        """Ask `resolver` for the file of an image's source; None shows a box with its text."""
        self._images.resolve = resolver
        self._images.forget()

    def insert_image(self, source: str, alt: str) -> None:
        """Put an image in at the cursor; `source` is what Markdown will say."""
        run = Run(OBJECT, Marks(image=(source, escaped_alt(alt), "", "")))
        self._insert(self.textCursor(), [Placed(0, Leaf(Kind.PARAGRAPH, runs=(run,)))])

    def set_alt_text(self, alt: str) -> None:
        """Describe the image at the cursor, which the menu has put the cursor at."""
        inline.set_alt(self.textCursor(), escaped_alt(alt))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Images by the resolver alone; nothing is ever fetched."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        source = name.toString() if isinstance(name, QUrl) else name
        return self._images.image(source, self.devicePixelRatioF())

    def _on_image(self, source: str, image: QImage) -> None:
        kind = QTextDocument.ResourceType.ImageResource
        self.document().addResource(kind, QUrl(source), image)
        self.viewport().update()

    # Finding one's way

    def outline(self) -> list[tuple[int, str, int]]:
        """Level, text and position of each heading."""
        return marking.outline(self.document())

    def go_to(self, position: int) -> None:
        """Put the cursor at a position and show it in the upper part of the view."""
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        top = self.cursorRect().top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - self.viewport().height() // 4)

    def mark(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark from start to end, as the keyphrase is marked; an empty list ends it."""
        self._marking.show("keyphrase", spans)

    def find_and_mark(self, text: str) -> int:
        """Mark all places where `text` stands as words of its own; how many there are."""
        spans = marking.find(self.document(), text, whole_words=True) if text else []
        self.mark(spans)
        return len(spans)

    @property
    def marking(self) -> "marking.Marking":
        """Marks over the text, by what they are for."""
        return self._marking

    # Spelling, reading only

    def set_speller(self, speller: Speller | None) -> None:
        """Underline misspelt words, or no more."""
        self._highlighter.set_speller(speller)

    @property
    def highlighter(self) -> Highlighter:
        """Colours and spelling marks."""
        return self._highlighter

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.isReadOnly()

    @read_only.setter
    def read_only(self, value: bool) -> None:
        self.setReadOnly(value)

    # Typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on what means something to blocks, leave the rest to Qt."""
        if event.matches(QKeySequence.StandardKey.Cut) and not self.isReadOnly():
            self.copy()
            event = QKeyEvent(event.type(), Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
        if pointing.is_press_of_citation(event):
            number = pointing.citation_at(self.textCursor())
            if number is not None:
                self.citation_clicked.emit(number)
                return
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif not take_key(self, event):
            if event.text():
                inline.plain_after_link(self)
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on to the next control, except where it means something to the text."""
        if not self.isReadOnly() and wants_tab(self.textCursor(), back=not forward):
            return False
        return super().focusNextPrevChild(forward)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text from an input method does not lengthen a link either."""
        if event.commitString():
            inline.plain_after_link(self)
        super().inputMethodEvent(event)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        if self._is_loading:
            return
        self._last_change = position + added
        self._highlighter.set_typing(self._last_change if added <= 2 else NOBODY)
        self.edited.emit()

    def _on_cursor(self) -> None:
        if self.textCursor().position() != self._last_change:
            self._last_change = NOBODY
            self._highlighter.set_typing(NOBODY)

    # Clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """Markdown, clean HTML and plain text."""
        return clipboard.copied(self.selected_markdown(), self.textCursor().selection())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text and images."""
        return (
            source.hasText()
            or source.hasHtml()
            or source.hasImage()
            or source.hasFormat(clipboard.MARKDOWN)
            or bool(clipboard.image_files(source))
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop; images are told, for somebody has to keep them."""
        files = clipboard.image_files(source)
        picture = None if files or source.hasText() else clipboard.image_bytes(source)
        if files or picture is not None:
            for image in [*files, *([picture] if picture is not None else [])]:
                self.image_added.emit(image)
        elif source.hasFormat(clipboard.MARKDOWN):
            self.replace_selection(bytes(source.data(clipboard.MARKDOWN).data()).decode())
        elif source.hasHtml() and not is_in_verbatim(self.textCursor()):
            blocks = clipboard.source_of_html(source.html()).leaves
            placed = [Placed(block.id, block.leaf) for block in blocks]
            self._insert(self.textCursor(), clipboard.without_foreign(placed))
        elif source.hasText():
            clipboard.insert_plain(self.textCursor(), source.text())
            self.ensureCursorVisible()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick a task, or begin what a release may make a click on a citation."""
        self._pressed = event.position().toPoint()
        box = self.decorations.box_at(event.position() + self.scrolled())
        if box and not self.isReadOnly():
            lists.toggle_task(box)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a citation, or with Ctrl a link."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        is_click = (place - self._pressed).manhattanLength() < 4
        if not is_click or self.textCursor().hasSelection():
            return
        target = pointing.target_at(self.document(), event.position() + self.scrolled())
        if isinstance(target, int):
            self.citation_clicked.emit(target)
        elif target and (self.isReadOnly() or pointing.has_control(event)):
            self.link_clicked.emit(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be followed."""
        super().mouseMoveEvent(event)
        place = event.position() + self.scrolled()
        target = pointing.target_at(self.document(), place)
        is_followed = isinstance(target, int) or (
            bool(target) and (self.isReadOnly() or pointing.has_control(event))
        )
        if is_followed or self.decorations.box_at(place):
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        self.viewport().setToolTip(
            self.tr("{link}\nCtrl+click to open").format(link=target)
            if isinstance(target, str) and target
            else ""
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Spelling, clipboard, tables."""
        self.open_menu(event)

    def open_menu(self, event: QContextMenuEvent) -> QMenu:
        """Show the menu, at the cursor if a key asked for it; the caller may add to it."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.cursorRect().center() if by_key else event.pos()
        corner = self.viewport().mapToGlobal(place)
        return show_menu(self, self._highlighter, corner, place, self.alt_text_asked.emit)

    # Theme

    def _on_theme(self) -> None:
        self.dress()
        if type.scale() != self._text_scale:
            self._text_scale = type.scale()
            place = self.textCursor().position()
            self.load(self.markdown())
            self.go_to(place)
        self._images.redraw()
        self._highlighter.recolour(self.seen_blocks())
        self._marking.refresh()
