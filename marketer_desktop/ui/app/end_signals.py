"""The system's request to end, as a call in the Qt thread."""

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class EndSignals(QObject):
    """Ends the app in order when the system asks it to, as at the end of a session."""

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__()
        self._end = end
        if sys.platform == "win32":
            return
        self._receiver, self._sender = socket.socketpair()
        self._sender.setblocking(False)
        self._before = signal.set_wakeup_fd(self._sender.fileno())
        self._notifier = QSocketNotifier(self._receiver.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Listen no longer."""
        if sys.platform != "win32":
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(self._before)
            self._receiver.close()
            self._sender.close()

    def _on_signal(self) -> None:
        self._receiver.recv(64)
        self._end()
