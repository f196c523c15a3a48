"""The head of the editor: the way back, the title, the status, and what is done with the text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from marketer_desktop.publishing.formats import Format
from marketer_desktop.ui.pages.editor.wording import (
    file_kinds,
    said,
    status_name,
    status_tone,
)
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.sheet import restyle, set_plane
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.menu import MenuItem, menu
from marketer_desktop.ui.widgets.painting import draw_pill, pill_width

HEIGHT = 56
PILL_HIT = 28


class StatusPill(QAbstractButton):
    """The status, and the menu of what it may become."""

    status_asked = Signal(str)
    archive_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._status = "draft"
        self._next: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(said("Change the status"))
        ring_on_focus(self, PILL_HIT // 2)
        self.clicked.connect(self.open_menu)
        self.set("draft", ())

    def set(self, status: str, next_statuses: Sequence[str]) -> None:
        """Show a status, and offer these."""
        self._status, self._next = status, tuple(next_statuses)
        self.setText(status_name(status))
        self.setAccessibleName(said("Status: {0}").format(self.text()))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(round(pill_width(self.text())), PILL_HIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_pill(painter, 0, self.height() / 2, self.text(), status_tone(self._status))

    def open_menu(self) -> None:
        """Offer what the text may become now."""
        ways: list[MenuItem | None] = [
            MenuItem(status_name(status), self._asker(status)) for status in self._next
        ]
        archive = MenuItem(said("Archive"), self.archive_asked.emit, icon="archive")
        shown = menu(self, [*ways, None, archive] if ways else [archive])
        shown.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _asker(self, status: str) -> Callable[[], None]:
        return lambda: self.status_asked.emit(status)


class EditorHead(QWidget):
    """56 px; below 1024 px the buttons are icons."""

    back_asked = Signal()
    regenerate_asked = Signal()
    download_asked = Signal(str)  # the value of a `Format`
    copy_asked = Signal()
    publish_asked = Signal()
    revisions_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_plane(self, "surface")
        restyle(self, edge="bottom")
        self.setFixedHeight(HEIGHT)
        self.set_corner(True)
        self.title = Label("", "section", elide=True)
        self.status = StatusPill()
        self._back = IconButton("arrow-left", said("Back"))
        self._back.clicked.connect(self.back_asked)
        self._wide = [
            self._button("refresh-cw", said("Regenerate"), self.regenerate_asked.emit),
            self._button("download", said("Download"), self.open_downloads),
        ]
        self._icons = [
            self._icon("refresh-cw", said("Regenerate"), self.regenerate_asked.emit),
            self._icon("download", said("Download"), self.open_downloads),
        ]
        self._history = IconButton("history", said("Revisions (Ctrl+Shift+H)"))
        self._history.setAccessibleName(said("Revisions"))
        self._history.clicked.connect(self.revisions_asked)
        self.publish = Button(said("Publish"), variant="primary", icon="send")
        self.publish.clicked.connect(self.publish_asked)
        self._lay_out()
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Show icons in place of the two secondary buttons."""
        for button in self._wide:
            button.setVisible(not compact)
        for icon in self._icons:
            icon.setVisible(compact)

    def set_corner(self, round_: bool) -> None:
        """Leave the upper left corner to the window, which rounds it."""
        restyle(self, corner="round" if round_ else "square")

    def set_busy(self, busy: bool) -> None:
        """Offer nothing while there is no text."""
        for button in (*self._wide, *self._icons, self.publish, self.status, self._history):
            button.setEnabled(not busy)

    def open_downloads(self) -> None:
        """Offer the kinds of files."""
        anchor = next(b for b in (*self._wide[1:], *self._icons[1:]) if b.isVisibleTo(self))
        everything = self._download(Format.ZIP, said("Everything (.zip)"), "archive")
        copy = MenuItem(said("Copy as rich text"), self.copy_asked.emit, icon="copy")
        files = [self._download(form, name) for form, name in file_kinds()]
        shown = menu(self, [*files, None, everything, None, copy])
        shown.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    def _download(self, form: Format, name: str, icon: str = "") -> MenuItem:
        return MenuItem(name, lambda: self.download_asked.emit(form.value), icon=icon)

    def _button(self, icon: str, name: str, do: Callable[[], None]) -> Button:
        made = Button(name, icon=icon)
        made.clicked.connect(lambda: do())
        return made

    def _icon(self, icon: str, name: str, do: Callable[[], None]) -> IconButton:
        made = IconButton(icon, name)
        made.clicked.connect(lambda: do())
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addWidget(self.title, 1)
        row.addWidget(self.status)
        row.addSpacing(4)
        row.addWidget(self._history)
        for button in (*self._wide, *self._icons, self.publish):
            row.addWidget(button)
