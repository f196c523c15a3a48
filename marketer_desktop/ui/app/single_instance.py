"""One window per data folder: a second start raises the first."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from marketer_desktop.system.places import runtime_dir

REACH_MS = 500


def window_address(data_dir: Path) -> str:
    """Where the window of a data folder listens: a socket in a private folder, or a pipe."""
    folder = runtime_dir(data_dir, "window")
    return folder.name if sys.platform == "win32" else str(folder / "socket")


def raise_other_window(data_dir: Path) -> bool:
    """Ask the window that is open for `data_dir` to come up; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(window_address(data_dir))
    if not socket.waitForConnected(REACH_MS):
        return False
    socket.disconnectFromServer()
    return True


class WindowServer(QObject):
    """Listens for second starts; a connection is the whole message."""

    def __init__(self, data_dir: Path, on_second_start: Callable[[], None]) -> None:
        super().__init__()
        self._on_second_start = on_second_start
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        address = window_address(data_dir)
        QLocalServer.removeServer(address)  # a killed window leaves its socket behind
        self._server.listen(address)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            # It stays the server's own, and ends with it: second starts are few.
            self._server.nextPendingConnection().disconnectFromServer()
            self._on_second_start()
