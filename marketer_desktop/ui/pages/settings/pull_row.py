"""A model that can be got: what it is, and its download."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.pull_model import Recommendation
from marketer_desktop.ui.pages.settings.presenter import Download
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.progress_bar import ProgressBar

STEP, MINUTE = 5, 60


class PullRow(QWidget):
    """Emits what is asked with the model's name."""

    get_asked = Signal(str)
    cancel_asked = Signal(str)

    def __init__(
        self, model: Recommendation, *, best: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        size = self.tr("{size:.1f} GB · needs {memory} GB of memory").format(
            size=model.download_gb, memory=model.memory_gb
        )
        self.get = Button(self.tr("Get"), variant="soft", size="sm")
        self.get.setAccessibleName(self.tr("Get {name}").format(name=model.name))
        self.cancel = Button(self.tr("Cancel"), size="sm")
        self.installed = Pill(self.tr("Installed"), "success")
        self.bar = ProgressBar()
        self.bar.setAccessibleName(model.name)
        self.state = Label("", "secondary", "secondary", wrap=True, tabular=True)
        self._lay_out(model, size, best)
        self.get.clicked.connect(lambda: self.get_asked.emit(model.name))
        self.cancel.clicked.connect(lambda: self.cancel_asked.emit(model.name))
        self.show_idle()

    def show_idle(self, problem: str = "") -> None:
        """Nothing is under way; `problem` says why the last download ended."""
        self._show(busy=False)
        self.get.setText(self.tr("Try again") if problem else self.tr("Get"))
        self.state.setText(problem)
        self.state.set_role("error_text" if problem else "secondary")
        self.state.setVisible(bool(problem))

    def show_download(self, now: Download) -> None:
        """Show how far the download is."""
        self._show(busy=True)
        self.bar.set(now.percent)
        self.state.set_role("secondary")
        self.state.setText(self._words(now))

    def _words(self, now: Download) -> str:
        if now.phase == "loading":
            far = self.tr("{done:.1f} of {total:.1f} GB · {percent}%").format(
                done=now.completed_gb, total=now.total_gb, percent=now.percent
            )
            return far + self._left(now.seconds_left)
        return self.tr("Checking") if now.phase == "checking" else self.tr("Starting")

    def _left(self, seconds: int | None) -> str:
        if seconds is None:
            return ""
        if seconds < 2 * MINUTE:
            rounded = max(STEP, seconds // STEP * STEP)
            return self.tr(" · about {count} s left").format(count=rounded)
        return self.tr(" · about {count} min left").format(count=round(seconds / MINUTE))

    def _show(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.state.setVisible(busy)
        self.cancel.setVisible(busy)
        self.get.setVisible(not busy and not self.model.installed)
        self.installed.setVisible(self.model.installed and not busy)

    def _lay_out(self, model: Recommendation, size: str, best: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(model.name, "label"))
        if best:
            head.addWidget(Pill(self.tr("Best for this machine"), "accent"))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(Label(model.about, "secondary", "secondary", wrap=True))
        words.addWidget(Label(size, "secondary", "muted", tabular=True))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(words, 1)
        for end in (self.get, self.cancel, self.installed):
            row.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 12, EDGE, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.state)
