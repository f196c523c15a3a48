"""Garbage is collected in the Qt thread alone: a widget that ends in another one can crash."""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 100  # the longer it waits, the longer each collection takes
YOUNG = 1  # generations that are looked through each time
FULL_EVERY = 3000  # turns: five minutes


class QtGarbage(QObject):
    """Takes the collector's place, with its thresholds, for as long as the window lives."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._turns = 0
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """What is loaded by now stays: looking through it each time would stop the window."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        """Collect young garbage when some is due, and all of it now and then."""
        self._turns += 1
        if self._turns % FULL_EVERY == 0:
            gc.collect()
            return
        limits = gc.get_threshold()
        due = [n for n in range(YOUNG + 1) if gc.get_count()[n] > limits[n]]
        if due:
            gc.collect(due[-1])

    def close(self) -> None:
        """Give the work back to the interpreter."""
        self._timer.stop()
        gc.enable()
