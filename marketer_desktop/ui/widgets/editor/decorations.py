"""Paints what lies behind the text: boxes, bars, bullets, boxes of tasks, lines of tables."""

from bisect import bisect_left

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from marketer_desktop.publishing.markdown_blocks.leaf import NUMBERS, QUOTE, Kind, Path, Step
from marketer_desktop.ui.theme import type
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.editor.looks import (
    CELL_PADDING,
    CODE_PADDING,
    CODE_ROOM,
    ITEM_INDENT,
    indent,
)
from marketer_desktop.ui.widgets.editor.properties import (
    CELLS,
    INFO,
    TASK,
    VERBATIM,
    kind_of,
    path_at,
)

RADIUS = 8
CORNER = 10  # from the edge of a box to the name of its language
BAR = 3
LEADING = 3  # that lines have above them and not below
BULLET = 5.0
BOX = 16
MARKER_GAP = 9


class Decorations:
    """Paints for the blocks that are seen; `starts` tells the first number of a list."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._top = self._bottom = 0.0  # of what is seen
        self.starts: dict[int, int] = {}
        self._boxes: list[tuple[QRectF, int]] = []  # of tasks that are seen, with block numbers

    def paint(self, painter: QPainter, first: QTextBlock, bottom: float) -> None:
        """Paint from `first` down to `bottom`, in the document's coordinates."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._boxes = []
        tables: set[int] = set()
        self._top, self._bottom = self._rect(first).top(), bottom
        block = first
        while block.isValid():
            rect = self._rect(block)
            if rect.top() > bottom:
                break
            self._paint_block(painter, block, rect, tables)
            block = block.next()

    def box_at(self, place: QPointF) -> QTextBlock | None:
        """The task whose box is at a place in the document."""
        number = next((number for box, number in self._boxes if box.contains(place)), None)
        return None if number is None else self._document.findBlockByNumber(number)

    def _rect(self, block: QTextBlock) -> QRectF:
        return self._document.documentLayout().blockBoundingRect(block)

    def _paint_block(
        self, painter: QPainter, block: QTextBlock, rect: QRectF, tables: set[int]
    ) -> None:
        kind = kind_of(block)
        if kind in CELLS:
            table = QTextCursor(block).currentTable()
            if table and table.firstPosition() not in tables:
                tables.add(table.firstPosition())
                self._table(painter, table, (self._top, self._bottom))
            return
        path = path_at(block)
        if kind in VERBATIM:
            self._box(painter, block, rect)
        elif kind == Kind.RULE and block.length() == 1:
            self._rule(painter, path, rect)
        if path:
            self._containers(painter, block, path, rect)

    def _box(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        right = self._document.size().width() - self._document.documentMargin()
        left = block.blockFormat().leftMargin() + self._document.documentMargin() - CODE_PADDING
        top = rect.top() - CODE_ROOM + LEADING
        box = QRectF(left, top, right - left, rect.bottom() + CODE_ROOM - top)
        painter.setBrush(color("code"))
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        words = block.blockFormat().stringProperty(INFO)
        if words:
            self._language(painter, block, box, words.split()[0])

    def _language(self, painter: QPainter, block: QTextBlock, box: QRectF, name: str) -> None:
        """The language's name in the corner, where no code is in its way."""
        font = type.font("caption")
        left = box.right() - CORNER - QFontMetricsF(font).horizontalAdvance(name)
        layout = block.layout()
        first = layout.lineAt(0).naturalTextWidth() if layout.lineCount() else 0
        if layout.position().x() + CODE_PADDING + first + CORNER > left:
            return
        painter.setFont(font)
        painter.setPen(color("muted"))
        place = QRectF(left, box.top() + 4, box.right() - left, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)

    def _rule(self, painter: QPainter, path: Path, rect: QRectF) -> None:
        painter.setPen(QPen(color("button_border"), 1))
        y = round(rect.center().y()) + 0.5
        margin = self._document.documentMargin()
        right = self._document.size().width() - margin
        painter.drawLine(QPointF(margin + indent(path), y), QPointF(right, y))

    def _containers(self, painter: QPainter, block: QTextBlock, path: Path, rect: QRectF) -> None:
        before = path_at(block.previous()) if block.previous().isValid() else ()
        for depth, step in enumerate(path):
            left = self._document.documentMargin() + indent(path[:depth])
            if step.sort == QUOTE:
                self._bar(painter, block, step, left, rect)
            elif step not in before:
                self._marker(painter, block, path[: depth + 1], left + ITEM_INDENT)

    def _bar(
        self, painter: QPainter, block: QTextBlock, step: Step, left: float, rect: QRectF
    ) -> None:
        bottom = rect.bottom()
        follower = block.next()
        if follower.isValid() and step in path_at(follower):
            bottom = self._rect(follower).top()
        top = rect.top() + LEADING
        painter.fillRect(QRectF(left, top, BAR, bottom + LEADING - top), color("button_border"))

    def _marker(self, painter: QPainter, block: QTextBlock, path: Path, right: float) -> None:
        layout = block.layout()
        if not layout.lineCount():
            return
        line = layout.lineAt(0)
        top = layout.position().y() + line.y()
        middle = top + line.ascent() * 0.64
        if block.blockFormat().stringProperty(TASK):
            self._task(painter, block, QPointF(right - MARKER_GAP - BOX, middle - BOX / 2))
        elif path[-1].sort == NUMBERS:
            self._number(painter, block, path, right, top + line.ascent())
        else:
            self._bullet(painter, path, QPointF(right - MARKER_GAP - BULLET / 2, middle))

    def _bullet(self, painter: QPainter, path: Path, middle: QPointF) -> None:
        depth = sum(step.is_item and step.sort != NUMBERS for step in path)
        ink = color("text")
        painter.setPen(QPen(ink, 1.2) if depth % 3 == 2 else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if depth % 3 == 2 else ink)
        if depth % 3 == 0:
            painter.drawRect(QRectF(middle.x() - 2, middle.y() - 2, 4, 4))
        else:
            painter.drawEllipse(middle, BULLET / 2, BULLET / 2)

    def _number(
        self, painter: QPainter, block: QTextBlock, path: Path, right: float, baseline: float
    ) -> None:
        text = f"{self._count(block, path)}."
        font = QFont(type.font("editor", tabular=True))
        painter.setFont(font)
        painter.setPen(color("text"))
        width = QFontMetricsF(font).horizontalAdvance(text)
        painter.drawText(QPointF(right - MARKER_GAP + 3 - width, baseline), text)

    def _count(self, block: QTextBlock, path: Path) -> int:
        """The number of an item: how many of its list come before it."""
        depth, step = len(path) - 1, path[-1]
        number = self.starts.get(step.group, 1)
        seen = {step.item}
        block = block.previous()
        while block.isValid():
            before = path_at(block)
            if len(before) > depth and before[depth].group == step.group:
                if before[depth].item not in seen:
                    seen.add(before[depth].item)
                    number += 1
            elif kind_of(block) not in CELLS and before[:depth] != path[:depth]:
                break
            block = block.previous()
        return number

    def _task(self, painter: QPainter, block: QTextBlock, corner: QPointF) -> None:
        box = QRectF(round(corner.x()), round(corner.y()), BOX, BOX)
        self._boxes.append((box, block.blockNumber()))
        is_done = block.blockFormat().stringProperty(TASK) in "xX"
        painter.setPen(QPen(color("accent" if is_done else "control"), 1.5))
        painter.setBrush(color("accent") if is_done else QColor(color("surface")))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        if is_done:
            tick = QPainterPath(box.topLeft() + QPointF(4.5, 8.3))
            tick.lineTo(box.topLeft() + QPointF(7, 10.8))
            tick.lineTo(box.topLeft() + QPointF(11.6, 5.6))
            pen = QPen(color("on_accent"), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(tick)

    def _table(self, painter: QPainter, table: QTextTable, seen: tuple[float, float]) -> None:
        """Lines between rows and columns from where the layout has put the cells."""
        columns = range(table.columns())
        lefts = [self._cell(table, 0, column).left() - CELL_PADDING for column in columns]
        right = self._document.size().width() - self._document.documentMargin()
        top, bottom = self._row_top(table, 0), self._table_bottom(table)
        outline = QRectF(QPointF(lefts[0], top), QPointF(right, bottom))
        outline.adjust(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(outline, RADIUS, RADIUS)
        rows = self._seen_rows(table, *seen)
        self._table_head(painter, shape, outline, rows[0] if rows else bottom)
        painter.setPen(QPen(color("button_border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for y in (round(row) + 0.5 for row in rows):
            painter.drawLine(QPointF(outline.left(), y), QPointF(outline.right(), y))
        for x in (round(left) + 0.5 for left in lefts[1:]):
            painter.drawLine(QPointF(x, outline.top()), QPointF(x, outline.bottom()))
        painter.drawPath(shape)

    def _table_head(
        self, painter: QPainter, shape: QPainterPath, outline: QRectF, bottom: float
    ) -> None:
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(outline.topLeft(), QPointF(outline.right(), bottom)), color("code"))
        painter.restore()

    def _seen_rows(self, table: QTextTable, top: float, bottom: float) -> list[float]:
        """Where the second row begins, and those of the others that are seen."""
        rows = range(1, table.rows())
        begin = bisect_left(rows, top, key=lambda row: self._row_top(table, row))
        tops = []
        for row in dict.fromkeys([*rows[:1], *rows[begin:]]):
            tops.append(self._row_top(table, row))
            if tops[-1] > bottom:
                break
        return tops

    def _table_bottom(self, table: QTextTable) -> float:
        cells = (table.cellAt(table.rows() - 1, column) for column in range(table.columns()))
        ends = (self._rect(cell.lastCursorPosition().block()).bottom() for cell in cells)
        return max(ends) + CELL_PADDING

    def _cell(self, table: QTextTable, row: int, column: int) -> QRectF:
        return self._rect(table.cellAt(row, column).firstCursorPosition().block())

    def _row_top(self, table: QTextTable, row: int) -> float:
        tops = (self._cell(table, row, column).top() for column in range(table.columns()))
        return min(tops) - CELL_PADDING
