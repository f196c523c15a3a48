"""The peer: a window of PySide6 with nothing in it; prints the seconds until its first paint.

`python benchmarks/bare_window.py paint START` counts from START (`time.time`) and ends;
`… beat` shows the window, beats until its standard input ends, and prints the lateness.
"""

import json
import sys
import threading
import time

from PySide6.QtCore import QMetaObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.resize(1280, 800)
        self.setCentralWidget(QLabel("Bare", alignment=Qt.AlignmentFlag.AlignCenter))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if sys.argv[1] == "paint":
            print(time.time() - float(sys.argv[2]), flush=True)
            QTimer.singleShot(0, QApplication.quit)


def beat(application: QApplication) -> None:
    from dataclasses import asdict

    from benchmarks.heartbeat import Heart

    heart = Heart()
    heart.start()

    def wait() -> None:
        sys.stdin.read()
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)

    threading.Thread(target=wait, daemon=True).start()
    application.exec()
    print(json.dumps(asdict(heart.stop())), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    window = Window()
    window.show()
    if sys.argv[1] == "beat":
        beat(application)
    else:
        application.exec()
