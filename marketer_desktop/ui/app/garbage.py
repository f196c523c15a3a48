"""Garbage is collected in the Qt thread alone: a widget that ends in another one can crash."""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


class QtGarbage(QObject):
    """Takes the collector's place, with its thresholds, for as long as the window lives."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """What is loaded by now stays: looking through it each time would stop the window."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        due = [n for n, limit in enumerate(gc.get_threshold()) if gc.get_count()[n] > limit]
        if due:
            gc.collect(due[-1])

    def close(self) -> None:
        """Give the work back to the interpreter."""
        self._timer.stop()
        gc.enable()
