"""The first run: five short steps, each of which can be left out."""

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.welcome.documents_step import DocumentsStep
from marketer_desktop.ui.pages.welcome.model_step import ModelStep
from marketer_desktop.ui.pages.welcome.name_step import NameStep
from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.sample_step import SampleStep
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.pages.welcome.voice_step import VoiceStep
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.step_header import StepHeader

WIDTH, TOP = 560, 16
TASK = "welcome"


class WelcomePage(Page):
    """Continue keeps what was given, Skip leaves it; both go on."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title.hide()
        self.setAccessibleName(self.tr("Welcome"))
        self._context = context
        self.presenter = WelcomePresenter(context.engine)
        self.name = NameStep(self.presenter)
        self.voice = VoiceStep(self.presenter)
        self.documents = DocumentsStep(self.presenter)
        self.model = ModelStep(self.presenter)
        self.sample = SampleStep(self.presenter)
        self._steps: list[WelcomeStep] = [
            self.name,
            self.voice,
            self.documents,
            self.model,
            self.sample,
        ]
        self._error: ErrorView | None = None
        self._arrange()
        self._connect()

    def shown(self, **arguments: Any) -> None:
        """Begin where the user stopped."""
        self._room.hide()
        self._start(self._load())

    @property
    def step(self) -> WelcomeStep:
        """The step that is shown."""
        return self._steps[self.presenter.step]

    def _arrange(self) -> None:
        self._header = StepHeader(
            [
                self.tr("You"),
                self.tr("Voice"),
                self.tr("Files"),
                self.tr("Model"),
                self.tr("Sample"),
            ]
        )
        self._room = QWidget()
        self._room.setMaximumWidth(WIDTH)
        column = QVBoxLayout(self._room)
        column.setContentsMargins(0, TOP, 0, 24)
        column.setSpacing(32)
        column.addWidget(self._header)
        for step in self._steps:
            step.hide()
            column.addWidget(step)
        column.addLayout(self._buttons())
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._room, 100)
        row.addStretch(1)
        self.content.addLayout(row, 1)

    def _buttons(self) -> QHBoxLayout:
        self.back = Button(self.tr("Back"))
        self.skip = Button(self.tr("Skip"), variant="ghost")
        self.go_on = Button(self.tr("Continue"), variant="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.go_on)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._start(self._go_back()))
        self.skip.clicked.connect(lambda: self._start(self._leave_out()))
        self.go_on.clicked.connect(lambda: self._start(self._keep()))
        self.name.entered.connect(self.go_on.click)
        for step in (self.voice, self.documents):
            step.files_given.connect(self._on_files)
        self.model.look_asked.connect(self._on_look)
        self.model.chosen.connect(self._on_chosen)
        self.model.get_asked.connect(self._on_get)
        self.model.stop_asked.connect(lambda name: self._context.tasks.cancel(f"get {name}"))
        forward = QShortcut(QKeySequence("Ctrl+Return"), self)
        forward.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        forward.activated.connect(self.go_on.click)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._context.tasks.start(TASK, work, self._on_error)

    async def _load(self) -> None:
        await self.presenter.load()
        await self._show()
        self._on_look()  # models are known before their step: nothing moves under the mouse there

    async def _show(self) -> None:
        """Show the step that the presenter has come to."""
        if self.presenter.is_last and self.presenter.sample is None:
            await self.presenter.open_sample()
        self._forget_error()
        step, place = self.step, self.presenter.step
        step.enter()
        for other in self._steps:
            other.setVisible(other is step)
        self._header.set_current(place)
        self.back.setVisible(place > 0)
        self.go_on.setText(step.continue_text())
        self.skip.setText(step.skip_text())
        self._room.show()
        self.verticalScrollBar().setValue(0)
        self._focus()

    def _focus(self) -> None:
        if self.step.first is None:
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.step.focus_first()

    async def _keep(self) -> None:
        self.go_on.set_loading(True)
        try:
            await self.step.save()
            await self._advance(open_sample=True)
        finally:
            self.go_on.set_loading(False)

    async def _leave_out(self) -> None:
        await self._advance(open_sample=False)

    async def _advance(self, *, open_sample: bool) -> None:
        if not self.presenter.is_last:
            await self.presenter.go_to(self.presenter.step + 1)
            await self._show()
            return
        await self.presenter.finish()
        sample = self.presenter.sample
        if open_sample and sample is not None:
            self._context.go.to("activity", activity_id=sample.activity_id)
        else:
            self._context.go.to("dashboard")

    async def _go_back(self) -> None:
        await self.presenter.go_to(self.presenter.step - 1)
        await self._show()

    def _on_error(self, message: str, details: str) -> None:
        """What was typed stays; where nothing can be shown yet, the page says why."""
        if self._room.isVisible():
            self._context.go.show_error(message, details)
            return
        self._forget_error()
        self._error = ErrorView(message, details, on_retry=self.shown)
        self.content.insertWidget(0, self._error)

    def _forget_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None

    def _on_files(self, paths: list[Path]) -> None:
        # Named after the files: several drops are read side by side.
        name = f"read {', '.join(map(str, paths))}"
        self._context.tasks.start(name, self.presenter.add_files(paths, self._show_files))

    def _show_files(self) -> None:
        self.voice.files.fill()
        self.documents.files.fill()

    def _on_look(self) -> None:
        self._context.tasks.start("look for models", self._look())

    async def _look(self) -> None:
        await self.presenter.load_models()
        self.model.fill()

    def _on_chosen(self, name: str) -> None:
        self._context.tasks.start("use model", self.presenter.use_model(name))

    def _on_get(self, name: str) -> None:
        self._context.tasks.start(f"get {name}", self._get(name))

    async def _get(self, name: str) -> None:
        self.model.set_running(name, True)
        try:
            await self.presenter.pull(name, lambda percent: self.model.set_percent(name, percent))
            self.model.fill()
        finally:
            self.model.set_running(name, False)
