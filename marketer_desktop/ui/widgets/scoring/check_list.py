"""The checks of a text, one a row: how it stands, what is wrong, where, and a way to mend it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.scoring.findings import Finding
from marketer_desktop.ui.widgets.scoring.wording import said
from marketer_desktop.ui.widgets.sign import Sign

ROW = 38
_SIGNS = {
    "bad": ("circle-x", "error_icon"),
    "fair": ("triangle-alert", "warning_icon"),
    "good": ("circle-check", "success_icon"),
}


class CheckRow(QFrame):
    """One verdict; it can take on another one."""

    show_asked = Signal(object)  # the Finding
    fix_asked = Signal(str)  # its id

    def __init__(self, parent: QWidget, first: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "check")
        restyle(self, first="true" if first else "false")
        self.setMinimumHeight(ROW)
        self.finding: Finding | None = None
        self._sign = Sign("circle-check", "success_icon", 18)
        self.text = Label("", "secondary", wrap=True)
        self.locate = IconButton("eye", said("Show"), size=28, parent=self)
        self.show_button = Button(said("Show"), variant="ghost", size="sm", parent=self)
        self.fix_button = Button(said("Fix"), variant="soft", size="sm", parent=self)
        self._lay_out()
        self.locate.clicked.connect(self._ask_to_show)
        self.show_button.clicked.connect(self._ask_to_show)
        self.fix_button.clicked.connect(self._ask_to_fix)

    def set(self, finding: Finding) -> None:
        """Show a check; buttons are there where they can do something."""
        if finding == self.finding:
            return
        self.finding = finding
        self._sign.set(*_SIGNS[finding.state])
        self.text.setText(finding.message)
        has_place = bool(finding.places) and not finding.passed
        self.locate.setVisible(has_place and finding.fixable)
        self.show_button.setVisible(has_place and not finding.fixable)
        self.fix_button.setVisible(finding.fixable)
        for button in (self.locate, self.show_button, self.fix_button):
            button.setAccessibleDescription(finding.message)
        state = said("Good") if finding.passed else said("To improve")
        self.setAccessibleName(f"{state}: {finding.message}")

    def set_fixing(self, check_id: str) -> None:
        """Say which check is being mended, if it is this one; no other can be meanwhile."""
        mine = self.finding is not None and self.finding.id == check_id
        if mine != self.fix_button.is_loading:
            self.fix_button.set_loading(mine)
        self.fix_button.setEnabled(mine or not check_id)

    def _ask_to_show(self) -> None:
        if self.finding is not None:
            self.show_asked.emit(self.finding)

    def _ask_to_fix(self) -> None:
        if self.finding is not None:
            self.fix_asked.emit(self.finding.id)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 4)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.locate, self.show_button, self.fix_button):
            button.hide()
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(buttons)


class CheckList(QFrame):
    """A card of checks. Rows are kept: they change with every score while somebody types."""

    show_asked = Signal(object)
    fix_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._fixing = ""
        self._rows: list[CheckRow] = []
        self._after: QWidget | None = None
        self._nothing = Label("", "secondary", "secondary", wrap=True)
        self._line = self._nothing_line()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 2, 1, 2)
        self._column.setSpacing(0)
        self._column.addWidget(self._line)

    def set_tab_order(self, after: QWidget) -> None:
        """Tab comes to the rows from there."""
        self._after = after

    @property
    def last(self) -> QWidget | None:
        """Where Tab leaves the rows; None as long as there are none."""
        return self._rows[-1].fix_button if self._rows else self._after

    def set_findings(self, found: Sequence[Finding], nothing: str) -> None:
        """Show these; `nothing` is said when there are none."""
        while len(self._rows) < len(found):
            self._add_row()
        for row, finding in zip(self._rows, found, strict=False):
            row.set(finding)
            row.set_fixing(self._fixing)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(found))
        self._nothing.setText(nothing)
        self._line.setVisible(not found)

    def set_fixing(self, check_id: str) -> None:
        """A check is being mended, or with an empty id none is."""
        self._fixing = check_id
        for row in self._rows:
            row.set_fixing(check_id)

    def rows(self) -> list[CheckRow]:
        """The rows that are shown."""
        return [row for row in self._rows if not row.isHidden()]

    def _add_row(self) -> None:
        row = CheckRow(self, first=not self._rows)
        row.show_asked.connect(self.show_asked)
        row.fix_asked.connect(self.fix_asked)
        self._column.addWidget(row)
        before = self._rows[-1].fix_button if self._rows else self._after
        for button in (row.locate, row.show_button, row.fix_button):
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        self._rows.append(row)

    def _nothing_line(self) -> QWidget:
        """A sentence in the place of checks; margins are the row's: styles overrule a label's."""
        line = QWidget(self)
        line.setMinimumHeight(ROW)
        row = QHBoxLayout(line)
        row.setContentsMargins(14, 4, 14, 4)
        row.addWidget(self._nothing)
        return line
