"""The checks of a text in two cards: what the brief asks for, and advice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.panel_view import headed
from marketer_desktop.ui.widgets.scoring.check_list import CheckList
from marketer_desktop.ui.widgets.scoring.findings import Findings
from marketer_desktop.ui.widgets.scoring.wording import said
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.sign import Sign

GAP = 8


class VerdictView(QWidget):
    """Three filters above both cards."""

    show_asked = Signal(object)
    fix_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._findings = Findings()
        self.filter = Segmented(
            [("open", said("To improve")), ("good", said("Good")), ("all", said("All"))]
        )
        self.filter.setAccessibleName(said("Checks"))
        self.contract, self.advice = CheckList(), CheckList()
        self._required = Label(said("Required"), "caption_label", "secondary")
        self._advised = Label(said("Advice"), "caption_label", "secondary")
        self.all_met = Label("", "secondary", "secondary", wrap=True)
        self._met = self._met_line()
        self._lay_out()
        self.contract.set_tab_order(self.filter.findChildren(QToolButton)[-1])
        self.filter.chosen.connect(lambda _: self._show())
        for checks in (self.contract, self.advice):
            checks.show_asked.connect(self.show_asked)
            checks.fix_asked.connect(self.fix_asked)

    def set_findings(self, found: Findings) -> None:
        """Show what is known now."""
        self._findings = found
        counts = found.counts()
        for key, name in (
            ("open", said("To improve")),
            ("good", said("Good")),
            ("all", said("All")),
        ):
            self.filter.set_text(key, f"{name} {counts[key]}")
        self._show()

    def set_small(self, small: bool) -> None:
        """Fit a narrow panel."""
        self.filter.set_dense(small)

    def set_fixing(self, check_id: str) -> None:
        """A check is being mended, or with an empty id none is."""
        self.contract.set_fixing(check_id)
        self.advice.set_fixing(check_id)

    def texts(self) -> list[str]:
        """What the rows say."""
        return [row.text.text() for row in (*self.contract.rows(), *self.advice.rows())]

    def _show(self) -> None:
        contract, advice = self._findings.shown(self.filter.value())
        self.contract.set_findings(contract, "")
        self.contract.setVisible(bool(contract))
        self._required.setVisible(bool(contract))
        all_met = bool(self._findings.contract) and not self._findings.failing()
        met = said("All {0} requirements are met.")
        self.all_met.setText(met.format(len(self._findings.contract)))
        self._met.setVisible(all_met and not contract)
        if self.contract.last is not None:
            self.advice.set_tab_order(self.contract.last)
        self.advice.set_findings(advice, said("Nothing here."))
        self.advice.setVisible(bool(advice) or not contract)
        self._advised.setVisible(bool(advice) and bool(contract))

    def _met_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(15, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(Sign("circle-check", "success_icon", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.all_met, 1)
        return line

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(headed(said("Checks"), self.filter))
        for part in (self._met, self._required, self.contract, self._advised, self.advice):
            column.addWidget(part)
