"""Runs the real window, and tells another process what is on the screen; it clicks nothing.

`python -m tests.end_to_end.window.probe SOCKET DATA_DIR` opens the window of DATA_DIR and answers
JSON lines on the Unix socket SOCKET: `{"ask": "controls"}`, `{"ask": "focus"}`,
`{"ask": "grab", "path": …}`.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from marketer_desktop.__main__ import open_window

Answer = dict[str, Any]


class Hand(QObject):
    """Has work done in the Qt thread."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(lambda work: work(), Qt.ConnectionType.QueuedConnection)


def text_of(widget: QWidget) -> str:
    for name in ("toPlainText", "text", "currentText", "title", "windowTitle"):
        value = getattr(widget, name, None)
        if callable(value):
            try:
                found = value()
            except TypeError:
                continue
            if isinstance(found, str) and found:
                return found
    return ""


def described(widget: QWidget) -> Answer:
    corner = widget.mapToGlobal(QPoint(0, 0))
    seen = widget.visibleRegion().boundingRect()
    return {
        "kind": type(widget).__name__,
        "name": widget.accessibleName(),
        "text": text_of(widget),
        "tip": widget.toolTip(),
        "hint": getattr(widget, "placeholderText", lambda: "")(),
        "enabled": widget.isEnabled(),
        "focused": widget.hasFocus(),
        "checked": bool(getattr(widget, "isChecked", lambda: False)()),
        "seen": not seen.isEmpty(),
        "rect": rectangle(QRect(corner + seen.topLeft(), seen.size())),
    }


def rectangle(rect: QRect) -> list[int]:
    return [rect.x(), rect.y(), rect.width(), rect.height()]


def rows_of(view: QAbstractItemView) -> list[Answer]:
    """The rows of a list or table as if they were controls."""
    model = view.model()
    is_list = isinstance(model, QAbstractListModel)  # its count of columns is private
    columns = 1 if is_list else model.columnCount(view.rootIndex())
    found = []
    for number in range(model.rowCount(view.rootIndex())):
        index = model.index(number, 0)
        texts = [model.index(number, column).data() for column in range(columns)]
        rect = row_rect(view, index)
        found.append(
            {
                "kind": "Row",
                "name": str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""),
                "text": " | ".join(str(text) for text in texts if text),
                "enabled": True,
                "seen": view.viewport().rect().intersects(view.visualRect(index)),
                "rect": rectangle(rect),
            }
        )
    return found


def row_rect(view: QAbstractItemView, index: QModelIndex) -> QRect:
    rect = view.visualRect(index)
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())


def actions_of(menu: QMenu) -> list[Answer]:
    return [
        {
            "kind": "Action",
            "name": action.text().replace("&", ""),
            "text": action.text().replace("&", ""),
            "enabled": action.isEnabled(),
            "seen": True,
            "rect": rectangle(
                QRect(
                    menu.mapToGlobal(menu.actionGeometry(action).topLeft()),
                    menu.actionGeometry(action).size(),
                )
            ),
        }
        for action in menu.actions()
        if action.isVisible() and not action.isSeparator()
    ]


def controls() -> list[Answer]:
    found: list[Answer] = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        for widget in [window, *window.findChildren(QWidget)]:
            if not widget.isVisible():
                continue
            found.append(described(widget))
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                found += rows_of(widget)
            if isinstance(widget, QMenu):
                found += actions_of(widget)
    return found


def answer(question: Answer) -> Any:
    if question["ask"] == "controls":
        return controls()
    if question["ask"] == "focus":
        widget = QApplication.focusWidget()
        return described(widget) if widget else None
    if question["ask"] == "grab":
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.inherits("QMainWindow"):
                window.grab().save(question["path"])
        return True
    raise ValueError(question)


def serve(path: str) -> None:
    """Answer one caller after the other, in a thread beside Qt."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    while QCoreApplication.instance() is None:
        time.sleep(0.01)
    hand = Hand()
    application = QCoreApplication.instance()
    assert application is not None
    hand.moveToThread(application.thread())
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw") as lines:
            for line in lines:
                lines.write(json.dumps(in_qt_thread(hand, json.loads(line))) + "\n")
                lines.flush()


def in_qt_thread(hand: Hand, question: Answer) -> Any:
    told: Queue[Any] = Queue()

    def work() -> None:
        try:
            told.put(answer(question))
        except Exception as error:
            told.put({"error": repr(error)})

    hand.asked.emit(work)
    return told.get()


def main(run: Callable[[], None]) -> None:
    place = sys.argv[1]
    Path(place).unlink(missing_ok=True)
    threading.Thread(target=serve, args=(place,), daemon=True).start()
    sys.argv[1:] = ["--data-dir", sys.argv[2]]
    run()


if __name__ == "__main__":
    main(open_window)
