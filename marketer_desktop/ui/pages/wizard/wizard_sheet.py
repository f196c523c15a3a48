"""The sheet of the wizard: the steps, the way through them, and the run at the end."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from shiboken6 import isValid

from marketer_desktop.services.brief_suggestions import SuggestBrief
from marketer_desktop.services.campaigns import CreateCampaign
from marketer_desktop.services.document_library import ListDocuments
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.projects import CampaignRef, CreateProject, ListProjects
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.wizard import wording
from marketer_desktop.ui.pages.wizard.content_step import ContentStep
from marketer_desktop.ui.pages.wizard.options_step import OptionsStep
from marketer_desktop.ui.pages.wizard.place_step import PlaceStep
from marketer_desktop.ui.pages.wizard.presenter import WizardPresenter
from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.step_header import StepHeader

TASK = "wizard"


class WizardSheet(Sheet):
    """Ctrl+Enter goes on, Alt+Left goes back, Esc closes and asks if something was typed."""

    def __init__(self, context: PageContext, prefill: dict[str, Any]) -> None:
        super().__init__(context.go.window(), tr("New activity"), width=680, height=624)
        self._context, self.presenter = context, WizardPresenter(prefill)
        self.steps = StepHeader(wording.steps())
        self.place = PlaceStep(self.presenter)
        self.content = ContentStep(self.presenter)
        self.options = OptionsStep(self.presenter)
        self._skeleton = Skeleton(4)
        self._is_read = False
        self._banner = Banner("error", "")
        self._error: ErrorView | None = None
        self.cancel = Button(tr("Cancel"), variant="ghost")
        self.back = Button(tr("Back"))
        self.next = Button(tr("Next"), variant="primary")
        self._lay_out()
        self._connect()
        self._banner.hide()
        self._show_footer(is_ready=False)

    def begin(self) -> None:
        """Open, and read what a brief begins with."""
        self.open_sheet()
        self._start("read", self._read(), self._on_unread)

    def _lay_out(self) -> None:
        self.header.addWidget(self.steps)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._skeleton)
        for step in self._steps():
            self.body.addWidget(step, 1)
            step.hide()
        self.footer.addWidget(self.cancel)
        self.footer.addStretch(1)
        self.footer.addWidget(self.back)
        self.footer.addWidget(self.next)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.place.changed.connect(self._read_documents)
        self.place.new_project.named.connect(
            lambda name: self._start("project", self._create_project(name), self._on_no_project)
        )
        self.place.new_campaign.named.connect(
            lambda name: self._start("campaign", self._create_campaign(name), self._on_no_campaign)
        )
        self.options.documents.added.connect(self._on_files)
        self.options.settings_asked.connect(
            lambda: self._start("settings", self._leave_for_settings())
        )
        self.closed.connect(self._on_closed)
        self._key("Ctrl+Return", self.go_on)
        self._key("Ctrl+Enter", self.go_on)
        self._key("Alt+Left", self.go_back)

    def _key(self, keys: str, call: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)

    def _start(
        self,
        name: str,
        work: Coroutine[Any, Any, None],
        on_error: Callable[[str, str], None] | None = None,
    ) -> bool:
        return self._context.tasks.start(f"{TASK} {name}", work, on_error)

    # The way through the steps.

    def go_on(self) -> None:
        """The next step, or the writing."""
        if not self._is_read or self.next.is_loading or not self.next.isEnabled():
            return
        was_last = self.presenter.is_last_step
        wrong = self.presenter.go_on()
        if wrong is not None:
            self.content.focus_field(wrong)
        elif was_last:
            self.next.set_loading(True)
            self._start("generate", self._generate(), self._on_not_started)
        else:
            self._show_step()

    def go_back(self) -> None:
        """The step before."""
        if self.presenter.step and not self.next.is_loading:
            self.presenter.go_back()
            self._show_step()

    def reject(self) -> None:
        """Close; what was typed is not lost without a question."""
        if self.presenter.is_typed_in:
            self._start("close", self._ask_and_close())
        else:
            self.close_sheet()

    def _show_step(self) -> None:
        number = self.presenter.step
        current = self._steps()[number]
        self._banner.hide()
        self.steps.set_current(number)
        current.refresh()
        for step in self._steps():
            step.setVisible(step is current)
        self._show_footer(is_ready=True)
        first = self.content.topic if current is self.content else self.next
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _steps(self) -> tuple[PlaceStep, ContentStep, OptionsStep]:
        return self.place, self.content, self.options

    def _show_footer(self, *, is_ready: bool) -> None:
        self.back.setVisible(is_ready and self.presenter.step > 0)
        self.next.setVisible(is_ready)
        is_last = self.presenter.is_last_step
        self.next.setText(tr("Generate") if is_last else tr("Next"))
        self.next.set_icon("sparkles" if is_last else "")
        self.next.setToolTip("Ctrl+Enter")
        self.back.setToolTip("Alt+Left")

    # What the engine does.

    async def _read(self) -> None:
        engine = self._context.engine
        suggestion = await engine.call(SuggestBrief())
        projects = await engine.call(ListProjects())
        self.presenter.take(suggestion, projects.projects)
        await self._load_documents()
        self._skeleton.hide()
        self._is_read = True
        self._show_step()

    async def _load_documents(self) -> None:
        chosen = self.presenter.values.project_id
        found = await self._context.engine.call(ListDocuments(project_id=chosen))
        if chosen == self.presenter.values.project_id:
            self.presenter.take_documents(found.documents)
            self.options.refresh()

    def _read_documents(self) -> None:
        self._start("documents", self._load_documents())

    async def _create_project(self, name: str) -> None:
        made = await self._context.engine.call(CreateProject(name=name))
        projects = await self._context.engine.call(ListProjects())
        chosen = next(p for p in projects.projects if p.project_id == made.project_id)
        self.presenter.add_project(chosen)
        self.place.new_project.close_form()
        self.place.refresh()
        await self._load_documents()

    async def _create_campaign(self, name: str) -> None:
        project_id = self.presenter.values.project_id
        assert project_id is not None  # the button is not there without one
        made = await self._context.engine.call(CreateCampaign(project_id=project_id, name=name))
        self.presenter.add_campaign(CampaignRef(campaign_id=made.campaign_id, name=made.name))
        self.place.new_campaign.close_form()
        self.place.refresh()

    def _on_files(self, paths: list[Path]) -> None:
        self.options.documents.say_error("")
        if self._start("upload", self._take_in(paths), self._on_not_taken_in):
            self.next.setEnabled(False)

    async def _take_in(self, paths: list[Path]) -> None:
        picker = self.options.documents
        picker.say_reading(tr("Reading…"), None)
        call = IngestDocuments(paths=paths, project_id=self.presenter.values.project_id)
        done = await self._context.engine.call(call, self._on_reading)
        if not isValid(self):
            return  # the sheet was closed; the documents are there all the same
        await self._load_documents()
        read = [result for result in done.results if result.status == "indexed"]
        self.presenter.add_documents([r.document_id for r in read if r.document_id])
        self.options.refresh()
        self._end_reading("\n".join(result.error for result in done.results if result.error))

    def _end_reading(self, refused: str) -> None:
        self.next.setEnabled(True)
        self.options.documents.say_reading("", None)
        self.options.documents.say_error(refused)

    def _on_reading(self, event: dict[str, Any]) -> None:
        if not isValid(self):
            return
        text = wording.reading(event["file"], event["number"], event["count"], event["percent"])
        done = 100 * (event["number"] - 1) + event["percent"]
        self.options.documents.say_reading(text, done // event["count"])

    async def _generate(self) -> None:
        started = await self._context.engine.call(self.presenter.call())
        self.next.set_loading(False)
        self.close_sheet()
        self._context.go.to("activity", activity_id=started.activity_id)

    async def _ask_and_close(self) -> None:
        sure = await confirm(
            self._context.go.window(),
            tr("Discard this brief?"),
            tr("What you have typed is not kept."),
            tr("Discard"),
            danger=True,
        )
        if sure:
            self.close_sheet()

    async def _leave_for_settings(self) -> None:
        if self.presenter.is_typed_in:
            await self._ask_and_close()
        else:
            self.close_sheet()
        if self.isHidden():
            self._context.go.to("settings", section="models")

    # What goes wrong.

    def _on_unread(self, message: str, details: str) -> None:
        self._error = ErrorView(message, details, on_retry=self._read_again)
        self._skeleton.hide()
        self.body.addWidget(self._error)

    def _read_again(self) -> None:
        assert self._error is not None
        self._error.deleteLater()
        self._skeleton.show()
        self._start("read", self._read(), self._on_unread)

    def _on_no_project(self, message: str, details: str) -> None:
        self.place.new_project.refuse(message)

    def _on_no_campaign(self, message: str, details: str) -> None:
        self.place.new_campaign.refuse(message)

    def _on_not_taken_in(self, message: str, details: str) -> None:
        if isValid(self):
            self._end_reading(message)

    def _on_not_started(self, message: str, details: str) -> None:
        self.next.set_loading(False)
        self._banner.set("error", message)
        self._banner.show()

    def _on_closed(self) -> None:
        for name in ("read", "documents", "project", "campaign"):
            self._context.tasks.cancel(f"{TASK} {name}")
        self.deleteLater()
