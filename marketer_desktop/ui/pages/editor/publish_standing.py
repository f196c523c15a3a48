"""How a text stands at its target: in a pill, a line, and what is in the way."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.publications import Publication
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button, LinkButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.publishing.words import moment, state_of


class PublishStanding(QWidget):
    """Nothing is shown before the first order."""

    cancelled = Signal(int)  # the publication

    def __init__(self) -> None:
        super().__init__()
        self._told: Publication | None = None
        self.pill = Pill("")
        self.line = Label("", "secondary", "secondary", wrap=True)
        self.open = LinkButton(said("Open"))
        self.cancel = LinkButton(said("Cancel"))
        self.cancel.setAccessibleName(said("Do not send"))
        self.problem = Banner("error", "")
        self.change = Button(said("Change"), size="sm")
        self.change.setAccessibleName(said("Change the target"))
        self._lay_out()
        self.open.clicked.connect(self._open)
        self.cancel.clicked.connect(lambda: self.cancelled.emit(self._told.id if self._told else 0))
        self.hide()

    def show_publication(self, told: Publication | None, extra: str, can_change: bool) -> None:
        """How it stands now; `extra` is one more sentence."""
        self._told = told
        self.setVisible(told is not None)
        if told is None:
            return
        self.pill.set(*state_of(told))
        self.line.setText(" ".join(part for part in (self._when(told), extra, *told.notes) if part))
        self.pill.show()
        self.open.setVisible(bool(told.url))
        self.cancel.setVisible(told.state == "waiting" and told.published_at is None)
        tone = "error" if told.state == "failed" else "warning"
        self.problem.set(tone, told.problem)
        self.problem.setVisible(bool(told.problem))
        self.change.setVisible(can_change)

    def show_sending(self, step: int, of: int) -> None:
        """How far it is."""
        self.show()
        self.pill.set(said("Sending"), "accent")
        self.line.setText(said("Sending, {0} of {1}").format(step, of))
        for part in (self.open, self.cancel, self.problem, self.change):
            part.hide()

    def show_failure(self, message: str) -> None:
        """It could not be ordered."""
        self.show()
        self.pill.setVisible(self._told is not None)
        self.problem.set("error", message)
        self.problem.show()

    def _when(self, told: Publication) -> str:
        if told.state == "published" and told.published_at is not None:
            return said("Since {0}.").format(moment(told.published_at))
        if told.state in ("scheduled", "waiting") and told.publish_at is not None:
            return said("For {0}.").format(moment(told.publish_at))
        if told.state == "waiting" and told.due_at is not None:
            return said("Tried again at {0}.").format(moment(told.due_at))
        return ""

    def _open(self) -> None:
        if self._told is not None and self._told.url:
            QDesktopServices.openUrl(QUrl(self._told.url))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.pill, self.line, self.open, self.cancel):
            row.addWidget(part, 1 if part is self.line else 0, Qt.AlignmentFlag.AlignVCenter)
        trouble = QHBoxLayout()
        trouble.setSpacing(8)
        trouble.addWidget(self.problem, 1)
        trouble.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(trouble)
