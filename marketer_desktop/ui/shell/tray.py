"""The tray icon: what runs, with the most needed actions; the window works without it."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from marketer_desktop.services.lending import Lending
from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme.theme import color

BADGE = 0.4  # of the icon's width: the mark of a run under way
SIZES = (16, 22, 24, 32, 48, 64)
RUNNING = frozenset({"generating", "waiting"})


def tray_icons() -> tuple[QIcon, QIcon]:
    """The icon at rest, and the one with the mark of a run under way."""
    drawing = str(packaged("resources") / "icons" / "app.svg")
    rest, busy = QIcon(drawing), QIcon()
    for size in SIZES:
        picture = rest.pixmap(size, size)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("warning_icon"))
        badge = size * BADGE
        painter.drawEllipse(QRectF(size - badge, size - badge, badge, badge))
        painter.end()
        busy.addPixmap(picture)
    return rest, busy


class Tray(QObject):
    """Says what it was asked to do; decides nothing."""

    open_asked = Signal()
    new_activity_asked = Signal()
    run_asked = Signal(int)
    pause_asked = Signal(bool)
    lending_asked = Signal()
    lending_pause_asked = Signal(bool)
    quit_asked = Signal()

    def __init__(self, icon: QIcon, busy_icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = {False: icon, True: busy_icon}
        self._linked: int | None = None
        self._menu = QMenu()
        self._open = self._action(self.tr("Open Marketer"), self.open_asked.emit)
        self._new = self._action(self.tr("New activity"), self.new_activity_asked.emit)
        self._pause = self._switch(self.tr("Pause runs"), self.pause_asked.emit)
        self._lending = self._action("", self.lending_asked.emit)
        self._lending_pause = self._switch(self.tr("Pause lending"), self.lending_pause_asked.emit)
        self._lends = False
        self._quit = self._action(self.tr("Quit"), self.quit_asked.emit)
        self._runs: list[QAction] = []
        self._fill()
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip(self.tr("Marketer"))
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message_clicked)

    @property
    def is_available(self) -> bool:
        """Whether the desktop has a tray; without one the window must not hide."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear, as soon as there is a tray."""
        self._icon.show()

    def hide(self) -> None:
        """Disappear."""
        self._icon.hide()

    def set_runs(self, runs: Sequence[LiveRun]) -> None:
        """List what is under way, with its progress."""
        under_way = [run for run in runs if run.status in RUNNING]
        if [run.activity_id for run in under_way] != [action.data() for action in self._runs]:
            self._runs = [self._run_action(run) for run in under_way]
            self._fill()
        for action, run in zip(self._runs, under_way, strict=True):
            action.setText(f"{run.title} · {run.progress} %")
        self._icon.setIcon(self._icons[bool(under_way)])
        self._icon.setToolTip(self._tip(len(under_way)))

    def set_lending(self, lending: Lending) -> None:
        """Say to whom models are lent and how many requests were answered, if they are."""
        self._lending.setText(self._lent(lending))
        self._lending_pause.setChecked(lending.state == "paused")
        self._lending_pause.setVisible(lending.state != "refused")
        if self._lends != (lending.state != "off"):
            self._lends = not self._lends
            self._fill()

    def notify(self, title: str, text: str, activity_id: int | None = None) -> None:
        """Show a native notification; a click on it asks for the run `activity_id`."""
        self._linked = activity_id
        self._icon.showMessage(title, text, self._icons[False])

    def _tip(self, count: int) -> str:
        if count == 0:
            return self.tr("Marketer")
        if count == 1:
            return self.tr("Marketer: one run under way")
        return self.tr("Marketer: {count} runs under way").format(count=count)

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.addActions([self._open, self._new])
        self._menu.addSeparator()
        self._menu.addActions([*self._runs, self._pause])
        if self._lends:
            self._menu.addSeparator()
            self._menu.addActions([self._lending, self._lending_pause])
        self._menu.addSeparator()
        self._menu.addAction(self._quit)

    def _lent(self, lending: Lending) -> str:
        host = urlsplit(lending.server).netloc
        words = {
            "connected": self.tr("Lends to {host} · {count} answered"),
            "paused": self.tr("Lending to {host} is paused · {count} answered"),
            "refused": self.tr("{host} refuses to borrow"),
        }
        text = words.get(lending.state, self.tr("{host} is not reached · {count} answered"))
        return text.format(host=host, count=lending.answered)

    def _action(self, text: str, work: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: work())
        return action

    def _switch(self, text: str, work: Callable[[bool], object]) -> QAction:
        # Not `toggled`: what the engine says is shown, and asks for nothing.
        action = QAction(text, self)
        action.setCheckable(True)
        action.triggered.connect(lambda on: work(on))
        return action

    def _run_action(self, run: LiveRun) -> QAction:
        # Without a parent: it ends when it is no longer listed.
        action = QAction(run.title)
        action.setData(run.activity_id)
        action.triggered.connect(lambda: self.run_asked.emit(run.activity_id))
        return action

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_asked.emit()

    def _on_message_clicked(self) -> None:
        if self._linked is None:
            self.open_asked.emit()
        else:
            self.run_asked.emit(self._linked)
