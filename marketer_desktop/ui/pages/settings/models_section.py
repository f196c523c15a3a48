"""Models: the one that writes, and better ones to get."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from marketer_desktop.services.models import ListModels, ModelEntry, ModelList, UseModel
from marketer_desktop.services.providers import ListProviders, ProviderList
from marketer_desktop.services.pull_model import PullModel, Recommendations, RecommendModels
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.presenter import Download, download, gigabytes
from marketer_desktop.ui.pages.settings.providers_card import ProvidersCard
from marketer_desktop.ui.pages.settings.pull_row import PullRow
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.radio import Radio
from marketer_desktop.ui.widgets.skeleton import Skeleton

STARTER = "starter"
OLLAMA_PAGE = "https://ollama.com/download"
STARTING = Download("starting", None, 0, 0)


class ModelsSection(Section):
    """A download goes on when the page is left."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._group = QButtonGroup(self)
        self._told: tuple[ModelList, Recommendations, ProviderList] | None = None
        self._problems: dict[str, str] = {}
        self._running: dict[str, Download] = {}
        self.rows: dict[str, PullRow] = {}
        self.radios: dict[str, Radio] = {}
        self._chosen = SettingsCard(self.tr("Model for new pieces"))
        self._better = SettingsCard(self.tr("Get a better model"))
        self._missing = self._missing_card()
        self.providers = ProvidersCard(context)
        self.providers.keys_changed.connect(self.read)
        self.leaves = Banner("warning", "")
        self.warnings = Banner("warning", "")
        self._waiting = Skeleton(3)
        for part in (
            self._waiting,
            self.warnings,
            self._chosen,
            self.leaves,
            self._missing,
            self._better,
            self.providers,
        ):
            self.column.addWidget(part)
            part.setVisible(part is self._waiting)

    def read(self) -> None:
        """Look what there is now."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        listed = await self.context.engine.call(ListModels())
        suited = await self.context.engine.call(RecommendModels())
        clouds = await self.context.engine.call(ListProviders())
        self._waiting.hide()
        if (listed, suited, clouds) != self._told:
            self._told = (listed, suited, clouds)
            self._show_chosen(listed.models)
            self._show_better(suited)
            self.providers.show_providers(clouds)
        self._show_banners(listed)
        self.providers.show()
        self._chosen.show()
        self._missing.setVisible(not listed.ollama_running)
        self._better.setVisible(listed.ollama_running)

    # The model that writes.

    def _show_chosen(self, models: list[ModelEntry]) -> None:
        self._chosen.clear_rows()
        for radio in self.radios.values():
            self._group.removeButton(radio)
        self.radios = {}
        for model in models:
            self._chosen.add_row(self._model_row(model))

    def _show_banners(self, listed: ModelList) -> None:
        """What leaves this machine, and what is not safe with Ollama."""
        leaves = next((model.leaves for model in listed.models if model.chosen), "")
        for banner, text in ((self.leaves, leaves), (self.warnings, " ".join(listed.warnings))):
            banner.set("warning", text)
            banner.setVisible(bool(text))

    def _model_row(self, model: ModelEntry) -> QWidget:
        name = self.tr("Starter model") if model.name == STARTER else model.name.split(":", 1)[1]
        radio = Radio(name, self._chosen)
        radio.setChecked(model.chosen)
        radio.setAccessibleDescription(self._about(model))
        radio.clicked.connect(partial(self._use, model.name))
        self._group.addButton(radio)
        self.radios[model.name] = radio
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(EDGE, 12, EDGE, 12)
        line.setSpacing(20)
        line.addWidget(radio)
        line.addStretch(1)
        line.addWidget(Label(self._about(model), "secondary", "secondary", tabular=True))
        return row

    def _about(self, model: ModelEntry) -> str:
        parts = [self.tr("Built in, writes samples")] if model.name == STARTER else []
        if model.cloud:
            parts.append(self.tr("{company}, in the cloud").format(company=model.cloud))
        if model.size_bytes:
            parts.append(gigabytes(model.size_bytes))
        if model.tokens_per_second:
            rate = round(model.tokens_per_second)
            parts.append(self.tr("{rate} tokens/s").format(rate=rate))
        return " · ".join(parts)

    def _use(self, name: str, _checked: bool = False) -> None:
        self.context.tasks.start("settings: use model", self._used(name))

    async def _used(self, name: str) -> None:
        try:
            await self.context.engine.call(UseModel(name=name))
        finally:
            self._told = None
            await self._look()

    # Better models.

    def _show_better(self, suited: Recommendations) -> None:
        self._better.clear_rows()
        self.rows = {}
        for place, model in enumerate(suited.models):
            row = PullRow(model, best=place == 0 and not model.installed)
            row.get_asked.connect(self._pull)
            row.cancel_asked.connect(self._cancel)
            self.rows[model.name] = row
            self._better.add_row(row)
            self._show_pull(model.name)

    def _show_pull(self, name: str) -> None:
        row = self.rows.get(name)
        if row is None:
            return
        if name in self._running:
            row.show_download(self._running[name])
        else:
            row.show_idle(self._problems.get(name, ""))

    def _pull(self, name: str) -> None:
        self.context.tasks.start(_task(name), self._pulled(name), self._failed(name))

    async def _pulled(self, name: str) -> None:
        self._problems.pop(name, None)
        self._running[name] = STARTING
        self._show_pull(name)

        def on_event(event: dict[str, object]) -> None:
            if name in self._running:
                self._running[name] = download(event)
                self._show_pull(name)

        try:
            got = await self.context.engine.call(PullModel(name=name), on_event)
        finally:
            self._running.pop(name, None)
            self._show_pull(name)
        self.context.go.toast(
            self.tr("{name} is there.").format(name=name),
            self.tr("Use it"),
            lambda: self._use(got.name),
        )
        await self._look()

    def _failed(self, name: str) -> Callable[[str, str], None]:
        def on_error(message: str, details: str) -> None:
            self._problems[name] = message
            self._show_pull(name)

        return on_error

    def _cancel(self, name: str) -> None:
        self.context.tasks.cancel(_task(name))

    # Without Ollama.

    def _missing_card(self) -> QWidget:
        card = Card(self.tr("Ollama not found"))
        sentence = self.tr("The starter model writes samples. Ollama runs better ones, also here.")
        card.body.addWidget(Label(sentence, "body", "secondary", wrap=True))
        for step in (
            self.tr("1. Get Ollama from ollama.com/download and install it. It is free."),
            self.tr("2. Start it. It stays in the background."),
            self.tr("3. Come back and look again: the models for this machine appear here."),
        ):
            card.body.addWidget(Label(step, "body", wrap=True))
        self.look_again = Button(self.tr("Look again"), icon="refresh-cw")
        self.look_again.clicked.connect(self.read)
        website = Button(self.tr("Open ollama.com"), icon="external-link")
        website.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(OLLAMA_PAGE)))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(website)
        row.addWidget(self.look_again)
        row.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(row)
        card.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        return card


def _task(name: str) -> str:
    return f"pull {name}"
