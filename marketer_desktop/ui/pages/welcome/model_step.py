"""Which model writes."""

from pydantic import BaseModel
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from marketer_desktop.services.models import ModelEntry
from marketer_desktop.ui.pages.welcome.model_row import ModelChoice, ModelOffer
from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label

STARTER = "starter"
OLLAMA_PAGE = "https://ollama.com/download"
GB = 1_000_000_000


class ModelStep(WelcomeStep):
    """The starter is ready; better ones come through Ollama."""

    look_asked = Signal()
    chosen = Signal(str)
    get_asked = Signal(str)
    stop_asked = Signal(str)

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.say(
            self.tr("Who writes?"),
            self.tr("The starter model is ready. For real work, choose a larger one."),
        )
        self.offers: dict[str, ModelOffer] = {}
        self.choices: list[ModelChoice] = []
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self._card: Card | None = None
        self._told: tuple[object, ...] = ()
        self.body.addLayout(self._choices)

    def enter(self) -> None:
        """Show what is known, and look again."""
        self.fill()
        self.look_asked.emit()

    def fill(self) -> None:
        """Show what is there and what could be; the same once more changes nothing."""
        known = self._presenter
        told = (*known.models, *known.offers, known.ollama, known.ollama_running)
        if told == self._told:
            return
        self._told = tuple(t.model_copy() if isinstance(t, BaseModel) else t for t in told)
        had_focus = any(choice.hasFocus() for choice in self.choices)
        for choice in self.choices:
            choice.hide()
            choice.deleteLater()
        self.choices = [self._choice(model) for model in self._presenter.models]
        for choice in self.choices:
            self._choices.addWidget(choice)
        self.first = next((c for c in self.choices if c.isChecked()), None)
        if had_focus:
            self.focus_first()
        self._show_card()

    def set_percent(self, name: str, percent: int | None) -> None:
        """How far a download is."""
        if name in self.offers:
            self.offers[name].set_percent(percent)

    def set_running(self, name: str, running: bool) -> None:
        """A download has begun, or is over."""
        if name in self.offers:
            self.offers[name].set_running(running)

    def _choice(self, model: ModelEntry) -> ModelChoice:
        if model.name == STARTER:
            title = self.tr("Starter model")
            about = self.tr("For trying out: it writes samples. Built in, nothing to download.")
        elif model.cloud:
            title, about = model.name.split(":", 1)[1], model.leaves
        else:
            title = model.name.removeprefix("ollama:")
            size = f"{model.size_bytes / GB:.1f} GB" if model.size_bytes else ""
            about = " · ".join(filter(None, ("Ollama", model.description, size)))
        made = ModelChoice(model.name, title, about)
        made.setChecked(model.chosen)
        made.clicked.connect(lambda: self.chosen.emit(model.name))
        return made

    def _show_card(self) -> None:
        """What Ollama has to offer, or how to get it."""
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
        self.offers = {}
        self._card = self._offers() if self._presenter.ollama_running else self._no_ollama()
        self.body.addWidget(self._card)
        self._card.setVisible(bool(self._presenter.ollama))

    def _offers(self) -> Card:
        card = Card(self.tr("Better models for this computer"))
        card.body.setSpacing(4)
        for offer in self._presenter.offers:
            row = ModelOffer(offer)
            row.get_asked.connect(self.get_asked)
            row.stop_asked.connect(self.stop_asked)
            self.offers[offer.name] = row
            card.body.addWidget(row)
        if not self._presenter.offers:
            text = self.tr("You have every model that we would recommend.")
            card.body.addWidget(Label(text, "body", "secondary", wrap=True))
        return card

    def _no_ollama(self) -> Card:
        card = Card(self.tr("Better models come with Ollama"))
        about = self.tr("Ollama is free and runs larger models on this computer.")
        card.body.addWidget(Label(about, "body", "secondary", wrap=True))
        card.body.addWidget(Label(self._presenter.ollama, "secondary", "secondary", wrap=True))
        get = Button(self.tr("Open ollama.com"), icon="external-link")
        get.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(OLLAMA_PAGE)))
        look = Button(self.tr("Look again"), variant="ghost", icon="refresh-cw")
        look.clicked.connect(self.look_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(get)
        row.addWidget(look)
        row.addStretch(1)
        card.body.addLayout(row)
        return card
