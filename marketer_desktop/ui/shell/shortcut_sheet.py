"""All shortcuts on one sheet."""

from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.shell.key_caps import KeyCaps
from marketer_desktop.ui.shell.shortcuts import ShortcutEntry, of_group
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet

WIDTH, HEIGHT, ROW = 720, 600, 32
COLUMNS = (("Anywhere", "Go to"), ("Editor", "While it writes", "Wizard and forms"))


def told(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("Shortcuts", text)


class ShortcutSheet(Sheet):
    """Opened by F1; made anew each time, so that it is never out of step with the table."""

    def __init__(self, window: QWidget) -> None:
        title = QCoreApplication.translate("ShortcutSheet", "Keyboard shortcuts")
        super().__init__(window, title, width=WIDTH, height=HEIGHT)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for groups in COLUMNS:
            columns.addLayout(self._column(groups), 1)
        self.body.addLayout(columns)
        self.body.addStretch(1)
        self.closed.connect(self.deleteLater)

    def _column(self, groups: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(20)
        for group in groups:
            column.addLayout(self._group(group))
        column.addStretch(1)
        return column

    def _group(self, group: str) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(Label(told(group), "caption_label", "secondary"))
        rows.addSpacing(4)
        for text, entries in groupby(of_group(group), lambda entry: entry.text):
            rows.addWidget(self._row(told(text), list(entries)))
        return rows

    def _row(self, text: str, entries: list[ShortcutEntry]) -> QWidget:
        row = QWidget()
        row.setFixedHeight(ROW)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(text, "body", elide=True), 1)
        for place, entry in enumerate(entries):
            if place:
                line.addWidget(Label(self.tr("or"), "caption", "secondary"))
            line.addWidget(KeyCaps(entry.keys, entry.shown))
        return row
