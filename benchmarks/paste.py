"""Pasting 100,000 characters: our editor beside a bare QTextEdit, in the same process."""

import json
import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QTextEdit

from marketer_desktop.ui.theme.theme import install
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

CHARACTERS = 100_000
ROUNDS = 7


def text() -> str:
    sentence = "The quick brown fox jumps over the lazy dog while the team plans its week. "
    paragraph = (sentence * 6).strip() + "\n"
    return (paragraph * (CHARACTERS // len(paragraph) + 1))[:CHARACTERS]


def pasted(edit: QTextEdit, mime: QMimeData) -> float:
    began = time.perf_counter()
    edit.insertFromMimeData(mime)
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    application = QApplication([])
    install(application, "light")
    mime = QMimeData()
    mime.setText(text())
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        for make, times in ((MarkdownEditor, ours), (QTextEdit, bare)):
            edit = make()
            edit.resize(800, 600)
            edit.show()
            QApplication.processEvents()
            times.append(pasted(edit, mime))
            edit.deleteLater()
    result = {"ours_ms": statistics.median(ours), "bare_ms": statistics.median(bare)}
    print(json.dumps({**result, "ratio": result["ours_ms"] / result["bare_ms"], "limit": 1.5}))


if __name__ == "__main__":
    main()
