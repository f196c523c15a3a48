"""The command palette: type a few letters, press Enter, be there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.profile import SavePreferences, ShowProfile
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.palette_entries import (
    PaletteEntry,
    before_typing,
    matching,
    remembered,
)
from marketer_desktop.ui.shell.palette_list import PaletteList
from marketer_desktop.ui.shell.palette_sources import PaletteSources
from marketer_desktop.ui.theme.motion import EASE, duration
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded
from marketer_desktop.ui.widgets.shadow import SoftShadow
from marketer_desktop.ui.widgets.shortcut_rest import ShortcutRest
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH, TOP, EDGE, RADIUS, FIELD, DROP, OPEN_MS = 560, 72, 12, 12, 52, 6, 120
HIGHEST_LIST = 420
RECENT = "palette_recent"  # the preference that names what was chosen lately
PAGE = 6
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}


class Palette(QWidget):
    """Lies over the window; a click beside it or Esc closes it."""

    def __init__(
        self, context: PageContext, shortcuts: Callable[[], None], quit_: Callable[[], None]
    ) -> None:
        window = context.go.window()
        super().__init__(window)
        self._context, self._window = context, window
        self._sources = PaletteSources(context, shortcuts, quit_, self)
        self._entries: list[PaletteEntry] = []
        self._stored: list[PaletteEntry] = []
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self._panel = _Panel(self)
        self._rest = ShortcutRest(window, self)
        self.field, self.list = self._panel.field, self._panel.list
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)
        self.hide()

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self.close_palette()
        else:
            self.open_palette()

    def open_palette(self) -> None:
        """Show it at once with what is known, and read what may have changed."""
        window = self._window
        self._before = window.focusWidget()
        self._rest.begin()
        window.installEventFilter(self)
        self.field.clear()
        self._entries = [*self._sources.fixed(), *self._stored]
        self._search("")
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._panel.open(self._place())
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._context.tasks.start("palette", self._read())

    def close_palette(self) -> None:
        """Take it away and give the keyboard back."""
        if not self.isVisible():
            return
        self._window.removeEventFilter(self)
        self._rest.end()
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; take the keys that move the choice."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
            self._fit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it closes."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves the choice: there is nowhere else to go."""
        self.list.step(1 if forward else -1)
        return True

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_K and has_control):
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.current)
        elif key in STEPS:
            self.list.step(STEPS[key])
        else:
            return False
        return True

    def _search(self, text: str) -> None:
        query = text.strip()
        if query:
            groups = matching(query, self._entries, self._recent)
        else:
            groups = before_typing(self._entries, self._recent, self.tr("Recent"))
        self.list.set_groups(groups)
        self._panel.tell_empty("" if groups else self.tr("Nothing found for “{0}”").format(query))
        self._fit()

    def _choose(self, entry: PaletteEntry | None) -> None:
        if entry is None:
            return
        self._recent = remembered(entry.key, self._recent)
        self._context.tasks.start("palette recent", self._remember())
        self.close_palette()
        entry.run()

    async def _read(self) -> None:
        profile = await self._context.engine.call(ShowProfile())
        self._recent = list(profile.preferences.get(RECENT, []))
        self._stored = await self._sources.stored()
        self._entries = [*self._sources.fixed(), *self._stored]
        if self.isVisible():
            self._search(self.field.text())

    async def _remember(self) -> None:
        await self._context.engine.call(SavePreferences(values={RECENT: self._recent}))

    def _fit(self) -> None:
        self._panel.resize(self._width(), self._panel.wanted_height(self.height() - TOP - EDGE))
        if self.isVisible():
            self._panel.move(self._place())

    def _width(self) -> int:
        return min(WIDTH, self._window.width() - 2 * EDGE)

    def _place(self) -> QPoint:
        return QPoint((self._window.width() - self._width()) // 2, TOP)


class _Panel(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shadow = SoftShadow(self, RADIUS)
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setEasingCurve(EASE)
        self.field = TextInput(self.tr("Search pages, actions, projects, texts and documents"))
        self.field.setProperty("bare", True)
        self.field.setAccessibleName(self.tr("Search or jump to"))
        self.list = PaletteList()
        self._empty = Label("", "body", "secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFixedHeight(96)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 20, 8)
        head.setSpacing(12)
        head.addWidget(Sign("search", "secondary", 18))
        head.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)

    def open(self, place: QPoint) -> None:
        """Come down a little."""
        self.move(place - QPoint(0, DROP))
        self._motion.setEndValue(place)
        self._motion.setDuration(duration(OPEN_MS))
        self._motion.start()

    def tell_empty(self, text: str) -> None:
        """Say that nothing was found; an empty text takes that back."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self.list.setVisible(not text)

    def wanted_height(self, most: int) -> int:
        """High enough for what was found, within the window."""
        inner = 96 if self._empty.text() else min(self.list.wanted_height(), HIGHEST_LIST)
        return min(FIELD + 1 + inner + 8, most)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plane and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), RADIUS, color("raised"))
        edge = color("button_border" if current().tokens.dark else "hairline")
        stroke_rounded(painter, QRectF(self.rect()), RADIUS, edge)
