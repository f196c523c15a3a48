"""The checks of a text, one a row: whether it passed, what is wrong, and where."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.ui.pages.editor.panel_view import emptied
from marketer_desktop.ui.pages.editor.presenter import quoted_in
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

ROW = 38


class CheckRow(QFrame):
    """One verdict."""

    def __init__(self, check: Check, first: bool) -> None:
        super().__init__()
        self.setProperty("role", "check")
        restyle(self, first="true" if first else "false")
        self.setMinimumHeight(ROW)
        self.text = Label(check.message, "secondary", wrap=True)
        self.show_button: Button | None = None
        name, role = _looks(check)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(Sign(name, role, 18))
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 4)
        words.addWidget(self.text)
        row.addLayout(words, 1)
        if not check.passed and quoted_in(check.message):
            self.show_button = Button(said("Show"), variant="ghost", size="sm")
            self.show_button.setAccessibleDescription(check.message)
            row.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignVCenter)
        passed = said("Passed") if check.passed else said("To improve")
        self.setAccessibleName(f"{passed}: {check.message}")


def _looks(check: Check) -> tuple[str, str]:
    if check.passed:
        return "circle-check", "success_icon"
    return ("circle-x", "error_icon") if check.hard else ("triangle-alert", "warning_icon")


class CheckList(QFrame):
    """A card of checks."""

    show_asked = Signal(str)  # the passage that a check speaks of

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 2, 1, 2)
        self._column.setSpacing(0)
        self._shown: list[Check] | None = None

    def set_checks(self, checks: Sequence[Check], nothing: str, after: QWidget) -> None:
        """Show these; `nothing` is said when there are none. Tab comes to them from `after`."""
        if self._shown == list(checks):
            return
        self._shown = list(checks)
        emptied(self._column)
        before = after
        for number, check in enumerate(checks):
            row = CheckRow(check, number == 0)
            if row.show_button is not None:
                quoted = quoted_in(check.message)
                row.show_button.clicked.connect(
                    lambda _=False, quoted=quoted: self.show_asked.emit(quoted)
                )
            self._column.addWidget(row)
            if row.show_button is not None:
                QWidget.setTabOrder(before, row.show_button)
                before = row.show_button
        if not checks:
            self._column.addWidget(_line(nothing))


def _line(words: str) -> QWidget:
    """A sentence in the place of checks; its margins are the row's: styles overrule a label's."""
    line = QWidget()
    line.setMinimumHeight(ROW)
    row = QHBoxLayout(line)
    row.setContentsMargins(14, 4, 14, 4)
    row.addWidget(Label(words, "secondary", "secondary", wrap=True))
    return line
