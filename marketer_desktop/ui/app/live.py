"""The Qt loop as an asyncio loop, from the first paint to the end."""

import asyncio

import qasync
from PySide6.QtWidgets import QApplication

from marketer_desktop.ui.app.desktop import Desktop
from marketer_desktop.ui.app.end_signals import EndSignals
from marketer_desktop.ui.app.garbage import QtGarbage
from marketer_desktop.ui.bridge.engine_thread import OpenEngine
from marketer_desktop.ui.shell.starting_view import StartingView
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore


def live(
    application: QApplication,
    window: MainWindow,
    store: WindowStore,
    starting: StartingView,
    open_engine: OpenEngine,
) -> None:
    """Start the engine and keep going until the window is closed for good."""

    async def main() -> None:
        closed = asyncio.Event()
        garbage = QtGarbage()
        desktop = Desktop(window, store, starting, open_engine, closed.set)
        desktop.loaded.connect(garbage.settle)
        signals = EndSignals(desktop.end_now)
        desktop.start()
        await closed.wait()
        signals.close()
        garbage.close()

    loop = qasync.QEventLoop(application)
    with loop:
        loop.run_until_complete(main())
