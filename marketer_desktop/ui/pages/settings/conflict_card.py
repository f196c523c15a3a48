"""What was changed here and by somebody else: both values, and which of them is to hold."""

from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from marketer_desktop.domain.comparison import compared
from marketer_desktop.ui.pages.settings.conflict_presenter import Difference, Disputed, lines_of
from marketer_desktop.ui.pages.settings.conflict_words import FieldWords
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.button import Button, LinkButton
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.comparison_view import ComparisonView
from marketer_desktop.ui.widgets.label import Label

LOWEST, HIGHEST = 96, 320  # px of a comparison
INSET = 12


class ConflictCard(SettingsCard):
    """One row of the card is one row of the database, with all of its fields in dispute."""

    decided = Signal(int, str)  # the conflict, and what is kept: mine or theirs
    open_asked = Signal(str, dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Changed on both sides"), parent=parent)
        self.count = Label("", "secondary", "secondary", tabular=True)
        self.head.addWidget(self.count)
        self._words, self._ages = FieldWords(self), AgeWords(self)
        self._rows: list[Disputed] = []

    def show_rows(self, rows: list[Disputed]) -> None:
        """Show what is to be decided; the same again leaves the keyboard where it is."""
        if rows == self._rows:
            return
        self._rows = rows
        self.clear_rows()
        count = sum(len(row.differences) for row in rows)
        self.count.setText(self.tr("{0} to decide").format(count))
        for row in rows:
            self.add_row(self._row(row))

    def forget(self) -> None:
        """Show all anew the next time: a decision has failed."""
        self._rows = []

    def _row(self, row: Disputed) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(EDGE, 12, EDGE, 16)
        column.setSpacing(16)
        column.addLayout(self._head(row))
        for difference in row.differences:
            column.addLayout(self._difference(difference))
        return box

    def _head(self, row: Disputed) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Label(row.what, "label", elide=True), 1)
        if row.place is not None:
            page, arguments = row.place
            look = LinkButton(self.tr("Open"))
            look.setAccessibleName(self.tr("Open {0}").format(row.what))
            look.clicked.connect(lambda: self.open_asked.emit(page, arguments))
            line.addWidget(look)
        where = " · ".join(filter(None, (self._words.entity(row.entity), row.organization)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(line)
        words.addWidget(Label(where, "secondary", "secondary", elide=True))
        return words

    def _difference(self, difference: Difference) -> QVBoxLayout:
        name = self._words.field(difference.conflict.field)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(name, "label"))
        if difference.is_text:
            column.addWidget(self._text(difference))
            column.addLayout(_side_by_side(*self._buttons(difference, name)))
        else:
            column.addLayout(self._values(difference, name))
        return column

    def _values(self, difference: Difference, name: str) -> QHBoxLayout:
        field = difference.conflict.field
        keep, use = self._buttons(difference, name)
        here = self._words.value(field, difference.mine)
        there = self._words.value(field, difference.theirs)
        mine = _plane(self.tr("Yours"), here, keep)
        theirs = _plane(self._theirs(difference), there, use)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(mine, 1)
        columns.addWidget(theirs, 1)
        return columns

    def _text(self, difference: Difference) -> QFrame:
        view = _Text()
        view.set_changes(compared(lines_of(difference.mine), lines_of(difference.theirs)))
        legend = self.tr("Struck out: only in yours. Underlined: only in theirs.")
        about = f"{self._theirs(difference)}: {view.summary()}. {legend}"
        plane = _plane(about, None, None)
        layout = plane.layout()
        assert layout is not None
        layout.addWidget(view)
        return plane

    def _theirs(self, difference: Difference) -> str:
        at = self._ages.ago(difference.conflict.at, datetime.now(UTC))
        return self.tr("Theirs · {0}").format(at)

    def _buttons(self, difference: Difference, name: str) -> tuple[Button, Button]:
        keep = Button(self.tr("Keep mine"), size="sm")
        use = Button(self.tr("Use theirs"), size="sm")
        for button, choice in ((keep, "mine"), (use, "theirs")):
            button.setAccessibleName(f"{name}: {button.text()}")
            button.clicked.connect(
                lambda checked=False, button=button, choice=choice: self._decide(
                    button, difference.conflict.conflict_id, choice
                )
            )
        return keep, use

    def _decide(self, button: Button, conflict_id: int, choice: str) -> None:
        button.set_loading(True)
        self.decided.emit(conflict_id, choice)


class _Text(ComparisonView):
    """As high as its text, up to a limit; then it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(
            lambda size: self.setFixedHeight(round(max(LOWEST, min(HIGHEST, size.height()))))
        )

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(super().sizeHint().width(), self.height())


def _plane(title: str, value: str | None, button: Button | None) -> QFrame:
    plane = QFrame()
    plane.setProperty("role", "said")
    column = QVBoxLayout(plane)
    column.setContentsMargins(INSET, 10, INSET, INSET)
    column.setSpacing(6)
    column.addWidget(Label(title, "caption", "secondary", wrap=True))
    if value is not None:
        column.addWidget(Label(value, "body", wrap=True))
        column.addStretch(1)
    if button is not None:
        column.addSpacing(4)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return plane


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
