"""The page of batches: choose a table of briefs, look at its rows, have them written."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.batch import GenerateBatch
from marketer_desktop.services.batch_table import CheckBatch
from marketer_desktop.services.batch_template import SaveBatchTemplate
from marketer_desktop.services.projects import ListProjects
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.batch.page_view import BatchView
from marketer_desktop.ui.pages.batch.presenter import BatchPresenter
from marketer_desktop.ui.pages.batch.wording import tr
from marketer_desktop.ui.widgets.error_view import ErrorView

TASK = "batch"
TEMPLATE = "briefs.csv"


class BatchPage(BatchView):
    """A batch goes on when the page is left; it ends with the window, and is taken up again."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(BatchPresenter(), parent)
        self._context = context
        self._connect()
        self.show_batch()

    def shown(self, *, project_id: int | None = None, **arguments: Any) -> None:
        """Read the projects; what is here stays."""
        if project_id is not None and not self.presenter.running:
            self.presenter.project_id = project_id
        self._start("projects", self._read_projects())

    def check(self, path: Path) -> None:
        """Read a file, and show what its rows ask for."""
        if not self.presenter.running:
            self.presenter.choose(path)
            self._check()

    def _connect(self) -> None:
        self.zone.dropped.connect(self._on_files)
        self.empty.action.connect(self.zone.choose)
        self.again.clicked.connect(self._check)
        self.project.chosen.connect(self._on_project)
        self.generate.clicked.connect(self._generate)
        self.stop.clicked.connect(self._cancel)
        self.template.clicked.connect(self._ask_where)
        self.table.activated_row.connect(self._open)
        for keys, call in (
            ("Ctrl+.", self._cancel),
            ("Ctrl+Return", self._generate),
            ("Ctrl+Enter", self._generate),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)
        self._context.engine.run_events.connect(self._on_run_events)
        self._context.engine.changed.connect(self._on_changed)

    def _start(
        self,
        name: str,
        work: Coroutine[Any, Any, None],
        on_error: Callable[[str, str], None] | None = None,
    ) -> bool:
        return self._context.tasks.start(f"{TASK} {name}", work, on_error)

    # The file.

    def _on_files(self, paths: list[Path]) -> None:
        if len(paths) > 1:
            self._context.go.toast(tr("Choose one file at a time."))
        elif paths:
            self.check(paths[0])

    def _on_project(self, project_id: object) -> None:
        assert isinstance(project_id, int)
        self.presenter.project_id = project_id
        self._check()

    def _check(self) -> None:
        if self.presenter.path is not None and not self.presenter.running:
            self._start("check", self._read(), self._on_unread)

    async def _read(self) -> None:
        self.show_failure(None)
        self.show_batch(is_checking=True)
        path = self.presenter.path
        while path is not None:
            call = CheckBatch(path=path, project_id=self.presenter.project_id)
            found = await self._context.engine.call(call)
            if (path, call.project_id) == (self.presenter.path, self.presenter.project_id):
                self.presenter.take(found)
                break
            path = self.presenter.path  # another one was chosen meanwhile
        self.show_batch()

    def _on_unread(self, message: str, details: str) -> None:
        self.presenter.rows = []
        self.show_batch()
        self.show_failure(ErrorView(message, details, on_retry=self._check))

    async def _read_projects(self) -> None:
        listed = (await self._context.engine.call(ListProjects())).projects
        kept = [project for project in listed if not project.is_archived]
        known = [project.project_id for project in kept]
        is_gone = self.presenter.project_id not in known
        if is_gone and not self.presenter.running:
            self.presenter.project_id = next(iter(known), None)
        self.project.clear()
        for project in kept:
            self.project.add(project.name, project.project_id)
        self.project.set_value(self.presenter.project_id)
        self.project.setVisible(len(kept) > 1)
        if is_gone:
            self._check()

    def _on_changed(self, subject: str) -> None:
        if subject in ("projects", "organizations") and self.isVisible():
            self._start("projects", self._read_projects())

    # The template.

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, tr("Save a template"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{tr('Tables')} (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(TEMPLATE)
        dialog.fileSelected.connect(self.save_template)
        dialog.open()

    def save_template(self, name: str) -> None:
        """Leave an example of a table there."""
        self._start("template", self._save_template(Path(name)))

    async def _save_template(self, path: Path) -> None:
        saved = await self._context.engine.call(SaveBatchTemplate(path=path))
        said = tr("Saved {0}. Fill it in, then drop it here.").format(saved.path.name)
        self._context.go.toast(said)

    # The writing.

    def _generate(self) -> None:
        if self.generate.isEnabled() and not self.presenter.running:
            self._start("run", self._write())

    async def _write(self) -> None:
        batch = self.presenter
        assert batch.path is not None
        call = GenerateBatch(path=batch.path, project_id=batch.project_id)
        batch.begin()
        self.show_batch()
        try:
            batch.end(await self._context.engine.call(call, self._on_batch_event))
        finally:
            if batch.running:
                batch.stop()
            self.show_batch()
        self._context.go.toast(tr("The batch is written."))

    def _on_batch_event(self, event: dict[str, Any]) -> None:
        self.presenter.hear(event)
        self.show_batch()

    def _on_run_events(self, events: list[RunEvent]) -> None:
        if self.presenter.apply(events) and self.isVisible():
            self.show_batch()

    def _cancel(self) -> None:
        if self.presenter.running:
            self._context.tasks.cancel(f"{TASK} run")
            said = tr("Stopped. What is written stays; Generate goes on with the rest.")
            self._context.go.toast(said)

    def _open(self, row: object) -> None:
        view = self.presenter.find(row)
        if view is not None and view.activity_id is not None:
            self._context.go.to("activity", activity_id=view.activity_id)
