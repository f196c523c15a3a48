"""One step of the first run: a title, a sentence, and what is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.label import Label


class WelcomeStep(QWidget):
    """Say what it is about with `say`, and add what is asked to `body`.

    `first` is what the keyboard comes to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first: QWidget | None = None
        self._title = Label("", "page")
        self._sentence = Label("", "body", "secondary", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._sentence)
        column.addSpacing(24)
        column.addLayout(self.body)

    def say(self, title: str, sentence: str) -> None:
        """What the step is about."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def continue_text(self) -> str:
        """What the primary button says."""
        return self.tr("Continue")

    def skip_text(self) -> str:
        """What the button says that leaves the step as it is."""
        return self.tr("Skip")

    def enter(self) -> None:
        """Show what is known."""

    async def save(self) -> None:
        """Keep what was given."""

    def focus_first(self) -> None:
        """Put the keyboard into the first control."""
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)
