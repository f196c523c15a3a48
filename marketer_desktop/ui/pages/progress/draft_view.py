"""Shows the draft as it grows: what is there stays, and the reader keeps his place."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from marketer_desktop.ui.pages.progress.live_draft import Block
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import font, line_height

NEAR_END = 24  # px from the end that still count as reading along
INDENT = 16
EDGE = 20
LONGEST_LINE = 640
MINIMUM = int(QTextBlockFormat.LineHeightTypes.MinimumHeight.value)

# Style → font, colour, space above and below in px.
LOOKS: dict[str, tuple[str, str, int, int]] = {
    "title": ("editor_h1", "text", 0, 16),
    "heading": ("editor_h2", "text", 20, 8),
    "planned": ("editor_h2", "muted", 20, 8),
    "subheading": ("editor_h3", "text", 16, 6),
    "paragraph": ("editor", "text", 0, 12),
    "item": ("editor", "text", 0, 4),
    "rule": ("caption", "muted", 8, 8),
    "note": ("body", "muted", 20, 0),
}


class DraftView(QTextBrowser):
    """Read only. It follows the end for as long as the reader has not scrolled up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "draft")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(EDGE)  # scrolls with the text
        self.setAccessibleName(self.tr("Draft"))
        current().changed.connect(self._redraw)

    def show_blocks(self, blocks: list[Block], *, is_growing: bool = True) -> None:
        """Show these blocks; only what differs from the ones before is touched."""
        if blocks == self._blocks:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - NEAR_END
        follows = at_end and (is_growing or bool(self._blocks))
        place = self._reader()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._change(cursor, blocks)
        cursor.endEditBlock()
        self._blocks = [replace(block) for block in blocks]
        if follows:
            bar.setValue(bar.maximum())
        else:
            self._return_to(*place)

    def begin(self) -> None:
        """Forget the text: another one follows."""
        self._blocks = []
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines readable: the margin grows, not the line."""
        side = max(EDGE, (self.width() - LONGEST_LINE) // 2) - EDGE
        self.setViewportMargins(side, 0, max(0, side - EDGE // 2), 0)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then its rules: Qt's own take the colour of the text."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        width, ink = self.viewport().width() - 2 * EDGE, color("hairline")
        for number, block in enumerate(self._blocks):
            if block.style == "rule":
                painter.fillRect(EDGE, round(self._middle_of(number)), width, 1, ink)

    def _redraw(self) -> None:
        place, blocks = self.verticalScrollBar().value(), self._blocks
        self.begin()
        self.show_blocks(blocks)
        self.verticalScrollBar().setValue(place)

    def _change(self, cursor: QTextCursor, blocks: list[Block]) -> None:
        """Write on in the blocks that have grown; from the first other one on, write anew."""
        pairs = zip(self._blocks, blocks, strict=False)
        same = 0
        for before, now in pairs:
            if before.node != now.node or not now.text.startswith(before.text):
                break
            self._grow(same, before, now)
            same += 1
        if same == len(self._blocks) == len(blocks):
            return
        if same:
            kept = self.document().findBlockByNumber(same - 1)
            cursor.setPosition(kept.position() + kept.length() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for place, block in enumerate(blocks[same:], same):
            _write(cursor, place, block)

    def _grow(self, place: int, before: Block, now: Block) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        if before.style != now.style:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(_characters(now.style))
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(now.text[len(before.text) :], _characters(now.style))

    def _reader(self) -> tuple[str, float]:
        """The block at the top of what is seen, and how far above the top it begins."""
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        if not self._blocks or block.blockNumber() >= len(self._blocks):
            return "", 0.0
        return self._blocks[block.blockNumber()].node, self._top_of(block.blockNumber())

    def _return_to(self, node: str, top: float) -> None:
        """Scroll so that `node` begins where it began before."""
        numbers = [number for number, block in enumerate(self._blocks) if block.node == node]
        if numbers:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round(self._top_of(numbers[0]) - top))

    def _top_of(self, number: int) -> float:
        block = self.document().findBlockByNumber(number)
        place = self.document().documentLayout().blockBoundingRect(block).top()
        return place - self.verticalScrollBar().value()

    def _middle_of(self, number: int) -> float:
        block = self.document().findBlockByNumber(number)
        rect = self.document().documentLayout().blockBoundingRect(block)
        return rect.center().y() - self.verticalScrollBar().value()


def _write(cursor: QTextCursor, place: int, block: Block) -> None:
    if place:
        cursor.insertBlock()
    cursor.setBlockFormat(_paragraph(block.style, is_first=place == 0))
    cursor.setBlockCharFormat(_characters(block.style))
    cursor.insertText(block.text, _characters(block.style))


def _paragraph(style: str, *, is_first: bool) -> QTextBlockFormat:
    face, _, above, below = LOOKS[style]
    made = QTextBlockFormat()
    made.setTopMargin(0 if is_first else above)
    made.setBottomMargin(below)
    made.setLineHeight(line_height(face), MINIMUM)
    if style == "item":
        made.setLeftMargin(INDENT)
    return made


def _characters(style: str) -> QTextCharFormat:
    face, role, _, _ = LOOKS[style]
    made = QTextCharFormat()
    made.setFont(font(face))
    made.setForeground(color(role))
    return made
