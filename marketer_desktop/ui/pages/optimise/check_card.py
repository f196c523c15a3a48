"""The checks of the text: which ones need a hand, and where."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.ui.pages.optimise.presenter import OptimisePresenter, place_of
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.sign import Sign

ROW = 38


class CheckCard(QWidget):
    """Three filters above a card of rows."""

    show_asked = Signal(str)  # a pattern for the passage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: OptimisePresenter | None = None
        self.filter = Segmented(
            [("open", self.tr("To improve")), ("good", self.tr("Good")), ("all", self.tr("All"))]
        )
        self.filter.setAccessibleName(self.tr("Checks"))
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(0, 2, 0, 2)
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Checks"), "label"))
        head.addStretch(1)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._card)
        self.filter.chosen.connect(lambda _: self._show())

    def show_report(self, presenter: OptimisePresenter) -> None:
        """Show the last report."""
        self._presenter = presenter
        counts = presenter.counts()
        names = {
            "open": self.tr("To improve {count}"),
            "good": self.tr("Good {count}"),
            "all": self.tr("All {count}"),
        }
        for key, name in names.items():
            self.filter.set_text(key, name.format(count=counts[key]))
        self._show()

    def texts(self) -> list[str]:
        """What is shown, for whoever reads it aloud."""
        return [row.text.text() for row in self._card.findChildren(CheckRow) if not row.isHidden()]

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        if self._presenter is None:
            return
        checks = self._presenter.shown(self.filter.value())
        for check in checks:
            if self._rows.count():
                self._rows.addWidget(Divider())
            row = CheckRow(check)
            row.show_asked.connect(self.show_asked)
            self._rows.addWidget(row)
        if not checks:
            empty = Label(self.tr("Nothing here."), "secondary", "secondary")
            empty.setContentsMargins(14, 10, 14, 10)
            self._rows.addWidget(empty)


class CheckRow(QWidget):
    """One check."""

    show_asked = Signal(str)

    def __init__(self, check: Check) -> None:
        super().__init__()
        self.setMinimumHeight(ROW)
        self.text = Label(check.message, "secondary", wrap=True)
        sign = ("circle-check", "success_icon") if check.passed else ("circle-x", "error_icon")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(Sign(*sign, 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        pattern = None if check.passed else place_of(check.message)
        if pattern:
            show = Button(self.tr("Show"), variant="ghost", size="sm")
            show.setAccessibleDescription(check.message)
            show.clicked.connect(lambda: self.show_asked.emit(pattern))
            row.addWidget(show, 0, Qt.AlignmentFlag.AlignVCenter)
        state = self.tr("Good") if check.passed else self.tr("To improve")
        self.setAccessibleName(f"{state}: {check.message}")
