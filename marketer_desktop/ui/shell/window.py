"""The window: first the view of a starting engine, then bars and pages around it."""

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QSystemTrayIcon, QWidget

from marketer_desktop.ui.shell.window_store import WindowStore

MINIMUM = (720, 560)
FIRST_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """Remembers its place; asks before it closes."""

    close_asked = Signal()
    painted = Signal()  # once, when there is something to see

    def __init__(self, store: WindowStore) -> None:
        super().__init__()
        self._store = store
        self._may_close = self._was_painted = False
        self._views = QStackedWidget()
        self.setCentralWidget(self._views)
        self.setMinimumSize(*MINIMUM)
        self.setWindowTitle(self.tr("Marketer"))
        if not self.restoreGeometry(store.geometry):
            self._place_in_the_middle()

    def show_view(self, view: QWidget) -> None:
        """Show `view` in place of the one before."""
        if self._views.indexOf(view) < 0:
            self._views.addWidget(view)
        self._views.setCurrentWidget(view)

    def bring_up(self) -> None:
        """Come to the front, also from the tray or the task bar."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_without_tray(self) -> None:
        """Lie in the task bar where there is no tray: a window that nobody can reach is lost."""
        if not self.isVisible() and not QSystemTrayIcon.isSystemTrayAvailable():
            self.showMinimized()

    def bind(self, keys: str, work: object) -> QShortcut:
        """Have `keys` do `work`, wherever the focus is in the window."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(work)
        return shortcut

    def remember(self) -> None:
        """Keep place and size for the next start."""
        self._store.geometry = self.saveGeometry()

    def close_for_good(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.remember()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the application, which knows of runs and tray."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.remember()
        self.close_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _place_in_the_middle(self) -> None:
        space = QGuiApplication.primaryScreen().availableGeometry()
        size = QRect(0, 0, min(FIRST_SIZE[0], space.width()), min(FIRST_SIZE[1], space.height()))
        size.moveCenter(space.center())
        self.setGeometry(size)
