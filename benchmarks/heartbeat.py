"""A heart in a Qt loop: how late its beats come tells how long the loop was busy elsewhere."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 10


@dataclass(frozen=True)
class Lateness:
    """In milliseconds, over `beats` beats."""

    beats: int
    median: float
    p99: float
    worst: float


class Heart(QObject):
    """Beats every 10 ms by a precise timer, and notes how late each beat came."""

    def __init__(self) -> None:
        super().__init__()
        self._late: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Forget what was, and beat."""
        self._late.clear()
        self._due = time.perf_counter() + INTERVAL_MS / 1000
        self._timer.start()

    def stop(self) -> Lateness:
        """What was noted since the start."""
        self._timer.stop()
        late = sorted(self._late)
        place = min(len(late) - 1, round(len(late) * 0.99))
        return Lateness(len(late), late[len(late) // 2], late[place], late[-1])

    def _beat(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, (now - self._due) * 1000))
        # The next one is due an interval after this one was seen: a long gap counts once.
        self._due = now + INTERVAL_MS / 1000
