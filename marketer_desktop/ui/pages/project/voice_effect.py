"""What a brand voice changes, in plain words: what the writer is told before and after."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.project.voice_presenter import VoicePresenter
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label

NAMED = 3  # phrases that are named in a sentence


class VoiceEffect(Card):
    """Follows the fields as they are typed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.before = Label("", "secondary", "secondary", wrap=True)
        self.after = Label("", "secondary", "text", wrap=True)
        self.effects = [Label("", "secondary", "secondary", wrap=True) for _ in range(3)]
        note = self.tr("The writer is told this with every prompt of this project.")
        self.body.setSpacing(8)
        self.body.addWidget(Label(note, "secondary", "secondary", wrap=True))
        self.body.addSpacing(4)
        self.body.addWidget(Label(self.tr("Before"), "label"))
        self.body.addWidget(self._box(self.before))
        self.body.addSpacing(4)
        self.body.addWidget(Label(self.tr("After"), "label"))
        self.body.addWidget(self._box(self.after))
        self.body.addSpacing(4)
        for label in self.effects:
            self.body.addWidget(label)
        self.body.addStretch(1)

    def show_voice(self, presenter: VoicePresenter, tone: str, audience: str) -> None:
        """Say what changes for a project with this tone and audience."""
        told = self.tr("You are a marketing writer with a {0} tone. You write for {1}.").format(
            tone, audience or self.tr("readers")
        )
        self.before.setText(told)
        line = presenter.line
        self.after.setText(f"{told} {line}" if line else self.tr("The same, as nothing is set."))
        for label, text in zip(self.effects, self._effects(presenter), strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def _effects(self, presenter: VoicePresenter) -> tuple[str, str, str]:
        banned = liked = quotes = ""
        if presenter.forbidden:
            banned = self.tr("A sentence with {0} is left out, even if the model writes one.")
            banned = banned.format(self._named(presenter.forbidden))
            quotes = self.tr("Quotes from your documents stay as they are.")
        if presenter.preferred:
            liked = self.tr("{0} is asked for, and never forced in.")
            liked = liked.format(self._named(presenter.preferred))
        return banned, liked, quotes

    def _named(self, phrases: list[str]) -> str:
        shown = ", ".join(f"“{phrase}”" for phrase in phrases[:NAMED])
        more = len(phrases) - NAMED
        return self.tr("{0} or {1} more").format(shown, more) if more > 0 else shown

    def _box(self, label: Label) -> QFrame:
        box = QFrame()
        box.setProperty("role", "said")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(label)
        return box
