"""The palette's list: names of groups, and the entries under them."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from marketer_desktop.ui.shell.palette_entries import PaletteEntry, PaletteGroup
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import draw_icon, draw_text, fill_rounded, width_of

ROW, HEAD, EDGE, INSET, ICON_ROOM, RADIUS = 40, 32, 8, 12, 30, 8
ENTRY = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex
_Line = PaletteEntry | str


class _Lines(QAbstractListModel):
    """Names of groups cannot be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line for the delegate, its text for screen readers."""
        line = self.lines[index.row()]
        if role == ENTRY:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line if isinstance(line, str) else line.title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only entries can be chosen."""
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def replace(self, groups: list[PaletteGroup]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self.lines = []
        for group in groups:
            self.lines += [group.name, *group.entries]
        self.endResetModel()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Names of groups are lower than entries."""
        is_head = isinstance(index.data(ENTRY), str)
        return QSize(200, HEAD if is_head else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a name, or an entry."""
        line, rect = index.data(ENTRY), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            area = rect.adjusted(EDGE + INSET, 6, -EDGE - INSET, 0)
            draw_text(painter, area, line, font("caption_label"), color("secondary"))
        else:
            is_lit = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_entry(painter, rect, line, is_lit)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, rect: QRectF, entry: PaletteEntry, is_lit: bool
    ) -> None:
        if is_lit:
            ground = rect.adjusted(EDGE, 1, -EDGE, -1)
            fill_rounded(painter, ground, RADIUS, color("hover_raised"))
        area = rect.adjusted(EDGE + INSET, 0, -EDGE - INSET, 0)
        center = QPointF(area.left() + 9, area.center().y())
        draw_icon(painter, center, entry.icon, "text" if is_lit else "secondary", 18)
        end = QKeySequence(entry.keys).toString(QKeySequence.SequenceFormat.NativeText)
        end = end or entry.note
        room = width_of(end, font("caption")) + 12 if end else 0
        title = area.adjusted(ICON_ROOM, 0, -room, 0)
        draw_text(painter, title, entry.title, font("body"), color("text"))
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, area, end, font("caption"), color("secondary"), right)


class PaletteList(QListView):
    """The keyboard stays in the field above; `step` moves the choice."""

    chosen = Signal(object)  # PaletteEntry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("role", "rows")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Found"))
        self.entered.connect(self._light)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(ENTRY)))

    @property
    def current(self) -> PaletteEntry | None:
        """The entry that Enter chooses."""
        line = self.currentIndex().data(ENTRY)
        return line if isinstance(line, PaletteEntry) else None

    def set_groups(self, groups: list[PaletteGroup]) -> None:
        """Show other groups and light the first entry."""
        self._lines.replace(groups)
        self.step(1)
        self.scrollToTop()

    def step(self, by: int) -> None:
        """Light another entry; behind the last comes the first."""
        places = [n for n, line in enumerate(self._lines.lines) if not isinstance(line, str)]
        if not places:
            return
        here = self.currentIndex().row()
        at = places.index(here) + by if here in places else 0
        at = at % len(places) if abs(by) == 1 else min(max(at, 0), len(places) - 1)
        self.setCurrentIndex(self._lines.index(places[at]))

    def wanted_height(self) -> int:
        """The height that shows all lines."""
        return sum(HEAD if isinstance(line, str) else ROW for line in self._lines.lines)

    def _light(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.setCurrentIndex(index)
