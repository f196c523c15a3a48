"""Runs the window: first paint, then the engine in its thread, then the pages."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.app.single_instance import WindowServer, raise_other_window
from marketer_desktop.ui.shell.starting_view import StartingView
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import install

if TYPE_CHECKING:  # the bridge brings libraries that the first paint does not wait for
    from marketer_desktop.ui.bridge.engine_thread import OpenEngine

TRAY_MS = 20_000  # a tray may start after us: both start with the session
SWITCH_SECONDS = 0.001  # how long the other thread may keep the interpreter from Qt's


def run_desktop(data_dir: Path, open_engine: "OpenEngine", *, background: bool = False) -> int:
    """Open the window of `data_dir` and return its exit code when it is closed for good.

    In the `background` only the tray is seen. A second start raises the window there is, and
    returns at once.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Marketer")
    application.setDesktopFileName("marketer-desktop")
    application.setQuitOnLastWindowClosed(False)
    if raise_other_window(data_dir):
        return 0
    data_dir.mkdir(parents=True, exist_ok=True)
    store = WindowStore(data_dir)
    theme = install(application, store.theme)
    motion.set_reduced(store.reduced_motion)
    if store.text_size != 100:
        theme.set_text_scale(store.text_size / 100)
    window = MainWindow(store)
    second_starts = WindowServer(data_dir, window.bring_up)
    starting = StartingView(data_dir)
    window.show_view(starting)
    if background:
        QTimer.singleShot(TRAY_MS, window, window.show_without_tray)
    else:
        _paint(window)
    window.setWindowIcon(QIcon(str(packaged("resources") / "icons" / "app.svg")))
    # Imported here: the window is seen before the libraries that its content needs.
    from marketer_desktop.observability.logs import log_to  # noqa: PLC0415
    from marketer_desktop.ui.app.live import live  # noqa: PLC0415

    logs = log_to(data_dir, "window")
    live(application, window, store, starting, open_engine)
    second_starts.close()
    logs.close()
    return 0


def _paint(window: MainWindow) -> None:
    waiting = QEventLoop()
    window.painted.connect(waiting.quit)
    window.show()
    waiting.exec()
