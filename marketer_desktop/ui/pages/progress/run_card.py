"""The left card: how far the run is, its steps, and the way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.pages.progress import wording
from marketer_desktop.ui.pages.progress.presenter import CAN_STOP, RunView
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.stepper import Stepper

TONES = {
    "completed": "success",
    "needs_attention": "warning",
    "failed": "error",
}


class RunCard(Card):
    """Follows one run."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.headline = Label("", "section", elide=True)
        self.percent = Label("", "label", "secondary", tabular=True)
        self.bar = ProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stepper = Stepper()
        self.sentence = Label("", "secondary", "secondary", wrap=True)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Cancel (Ctrl+.)"))
        self.cancel.clicked.connect(self.cancel_asked)
        self._lay_out()

    def show_run(self, run: RunView) -> None:
        """Show how far `run` is."""
        self.headline.setText(wording.headline(run))
        self.percent.setText(f"{run.progress}%")
        self.bar.set(run.progress)
        self.bar.set_tone(TONES.get(run.status, "accent"))
        self.stepper.set(wording.step_states(run))
        said = wording.sentence(run)
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))
        self.cancel.setVisible(run.status in CAN_STOP)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.headline, 1)
        line.addWidget(self.percent)
        self.body.addLayout(line)
        self.body.addWidget(self.bar)
        self.body.addSpacing(8)
        self.body.addWidget(self.stepper)
        self.body.addWidget(self.sentence)
        self.body.addStretch(1)
        self.body.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
