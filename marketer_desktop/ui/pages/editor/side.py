"""The left side of the editor: its tabs, and the outline of the text."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.sheet import restyle, set_plane
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import draw_text, fill_rounded

WIDE, RAIL = 200, 48
TAB, TAB_ICON, TAB_RADIUS, TAB_GAP = 36, 18, 8, 10
OUTLINE_ROW, OUTLINE_STEP, OUTLINE_EDGE = 30, 12, 10
LEVEL_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2
TABS = ("content", "seo", "social", "analytics")
_ICONS = {
    "content": "pencil",
    "seo": "gauge",
    "social": "share-2",
    "analytics": "chart-column",
}


class SideTab(QAbstractButton):
    """One tab: an icon, its name and a count; only the icon in the rail."""

    def __init__(self, icon: str, name: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._count, self._rail = icon, "", False
        self.setText(name)
        self.setCheckable(True)
        self.setFixedHeight(TAB)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{name} ({keys})")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        ring_on_focus(self, TAB_RADIUS)

    def set_count(self, count: int) -> None:
        """Show a number at the end; none for 0."""
        self._count = str(count) if count else ""
        self.setAccessibleDescription(self._count)
        self.update()

    def set_rail(self, rail: bool) -> None:
        """Show only the icon."""
        self._rail = rail
        self.update()

    def sizeHint(self) -> QSize:
        """36 px high."""
        return QSize(TAB if self._rail else WIDE - 16, TAB)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = "selected" if self.isChecked() else "hover_chrome"
            fill_rounded(painter, rect, TAB_RADIUS, color(ground))
        ink = "accent_text" if self.isChecked() else "secondary"
        made = icons.pixmap(self._icon, ink, TAB_ICON, self.devicePixelRatioF())
        left = (self.width() - TAB_ICON) // 2 if self._rail else 12
        place = self._mirrored(QRect(left, (TAB - TAB_ICON) // 2, TAB_ICON, TAB_ICON))
        painter.drawPixmap(place, made)
        if not self._rail:
            self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        start = 12 + TAB_ICON + TAB_GAP
        words = self._mirrored(QRect(start, 0, self.width() - start - 40, TAB))
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        draw_text(painter, QRectF(words), self.text(), font("label"), color(ink), leading)
        if self._count:
            figures = QRectF(self._mirrored(QRect(self.width() - 50, 0, 40, TAB)))
            trailing = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
            face = font("caption_label", tabular=True)
            draw_text(painter, figures, self._count, face, color(ink), trailing)

    def _mirrored(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)


class OutlineDelegate(QStyledItemDelegate):
    """Paints a heading, further in the deeper it is."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """30 px a heading."""
        return QSize(0, OUTLINE_ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one heading."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hovered or focused:
            fill_rounded(painter, QRectF(rect), 6, color("hover_chrome"))
        inset = OUTLINE_EDGE + (int(index.data(LEVEL_ROLE)) - 1) * OUTLINE_STEP
        room = rect.adjusted(inset, 0, -4, 0)
        ink = color("text" if hovered or focused else "secondary")
        draw_text(painter, QRectF(room), str(index.data()), font("secondary"), ink)
        painter.restore()


class Outline(QListWidget):
    """The headings of the text; choosing one goes there."""

    place_asked = Signal(int)  # the position in the text

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "outline")
        self.setItemDelegate(OutlineDelegate(self))
        self.setAccessibleName(said("Outline"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)

    def set_headings(self, headings: Sequence[tuple[int, str, int]]) -> None:
        """Show other headings: level from 1, words, position."""
        row = self.currentRow()
        self.clear()
        for level, words, place in headings:
            item = QListWidgetItem(words, self)
            item.setData(LEVEL_ROLE, level)
            item.setData(PLACE_ROLE, place)
            item.setToolTip(words)
        self.setCurrentRow(min(row, self.count() - 1))

    def _go(self, item: QListWidgetItem) -> None:
        self.place_asked.emit(int(item.data(PLACE_ROLE)))


class EditorSide(QWidget):
    """Tabs on top, the outline below; 200 px wide, or 48 with icons only."""

    tab_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_plane(self, "window")
        restyle(self, edge="right")
        self.outline = Outline()
        self._title = Label(said("Outline"), "caption_label", "secondary")
        self._group = QButtonGroup(self)
        self._tabs: dict[str, SideTab] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for number, (key, name) in enumerate(self._names().items(), start=1):
            self._column.addWidget(self._tab(key, name, f"Ctrl+Shift+{number}"))
        self._column.addSpacing(14)
        self._column.addWidget(self._title)
        self._column.addSpacing(4)
        self._column.addWidget(self.outline, 1)
        self._column.addStretch(0)
        self.set_rail(False)
        self._tabs["content"].setChecked(True)

    def set_current(self, tab: str) -> None:
        """Mark a tab as the one that is shown."""
        self._tabs[tab].setChecked(True)

    def set_count(self, tab: str, count: int) -> None:
        """Put a number on a tab."""
        self._tabs[tab].set_count(count)

    def set_rail(self, rail: bool) -> None:
        """Show only icons."""
        self.setFixedWidth(RAIL if rail else WIDE)
        edge = 6 if rail else 8
        self._column.setContentsMargins(edge, 12, edge, 8)
        self._title.setContentsMargins(OUTLINE_EDGE, 0, 0, 0)
        self._title.setVisible(not rail)
        self.outline.setVisible(not rail)
        for tab in self._tabs.values():
            tab.set_rail(rail)

    def _names(self) -> dict[str, str]:
        return {
            "content": said("Content"),
            "seo": said("SEO"),
            "social": said("Social"),
            "analytics": said("Analytics"),
        }

    def _tab(self, key: str, name: str, keys: str) -> SideTab:
        tab = SideTab(_ICONS[key], name, keys, self)
        tab.clicked.connect(lambda: self.tab_chosen.emit(key))
        self._group.addButton(tab)
        self._tabs[key] = tab
        return tab
