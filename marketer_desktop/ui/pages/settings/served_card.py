"""What a server has asked the models of this computer: when and how much, never which texts."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.lending import Lending, ServedRequest
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill

SHOWN = 10
TONES = {"writing": "accent", "done": "success", "failed": "error"}


class ServedCard(SettingsCard):
    """The last requests, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Requests answered here"), parent=parent)
        self.count = Label("", "secondary", "secondary", tabular=True)
        self.head.addWidget(self.count)
        self._ages = AgeWords(self)

    def show_requests(self, told: Lending) -> None:
        """Show those under way, and the last ones before them."""
        self.clear_rows()
        self.count.setText(self._counted(told))
        for request in told.requests[:SHOWN]:
            self.add_row(self._row(request))
        if not told.requests:
            text = self.tr("None yet. Texts are not kept: only when, with which model, how long.")
            self.add_row(_line(Label(text, "body", "secondary", wrap=True)))

    def _counted(self, told: Lending) -> str:
        if not told.failed:
            return self.tr("{0} answered").format(told.answered)
        return self.tr("{0} answered, {1} failed").format(told.answered, told.failed)

    def _row(self, request: ServedRequest) -> QWidget:
        model = Label(request.model, "label")
        about = Label(self._about(request), "secondary", "secondary", tabular=True)
        if request.problem:
            about.setToolTip(request.problem)
        pill = Pill(self._state(request.state), TONES.get(request.state, "neutral"))
        row = _line(model, about)
        layout = row.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)
        layout.addWidget(pill)
        return row

    def _about(self, request: ServedRequest) -> str:
        parts = [
            self._ages.ago(request.began_at, datetime.now(UTC)),
            self.tr("{0:.1f} s").format(request.seconds),
        ]
        tokens = request.prompt_tokens + request.completion_tokens
        if tokens:
            parts.append(self.tr("{0} tokens").format(tokens))
        return " · ".join(parts)

    def _state(self, state: str) -> str:
        return {
            "waiting": self.tr("Waiting"),
            "writing": self.tr("Writing"),
            "done": self.tr("Answered"),
            "failed": self.tr("Failed"),
            "cancelled": self.tr("Cancelled"),
        }[state]


def _line(*parts: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(EDGE, 12, EDGE, 12)
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part)
    return box
