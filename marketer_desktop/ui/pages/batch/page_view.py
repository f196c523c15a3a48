"""What the page of batches looks like."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.batch import wording
from marketer_desktop.ui.pages.batch.presenter import BatchPresenter
from marketer_desktop.ui.pages.batch.rows_table import RowsTable
from marketer_desktop.ui.pages.batch.wording import tr
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.drop_zone import DropZone
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.skeleton import Skeleton

EXTENSIONS = [".csv", ".tsv"]
PROJECT = 180


class BatchView(Page):
    """A drop zone, how far the batch is, and a card with the rows."""

    def __init__(self, presenter: BatchPresenter, parent: QWidget | None = None) -> None:
        super().__init__(tr("Batch"), parent)
        self.presenter = presenter
        self.template = Button(tr("Save a template"), variant="ghost", icon="download")
        self.stop = Button(tr("Cancel"))
        self.stop.setToolTip(tr("Cancel (Ctrl+.)"))
        self.generate = Button(wording.generate(0), variant="primary", icon="sparkles")
        self.generate.setToolTip(tr("Generate (Ctrl+Enter)"))
        self.zone = DropZone(tr("Drop a CSV of briefs here, or press to choose"), EXTENSIONS)
        self.again = IconButton("refresh-cw", tr("Check the file again"))
        self.project = Select()
        self.project.setAccessibleName(tr("Project"))
        self.table = RowsTable()
        self.empty = EmptyState(
            "table",
            tr("Write many pieces at once"),
            tr("One brief a row. A topic and a keyword are enough; the template names the rest."),
            tr("Choose a file"),
        )
        self._banner = Banner("warning", "")
        self._failure: ErrorView | None = None
        self._lay_out()
        self.width_class_changed.connect(lambda name: self.table.set_narrow(name == "narrow"))

    def show_batch(self, *, is_checking: bool = False) -> None:
        """Show what the presenter knows."""
        batch = self.presenter
        is_filled = batch.state == "filled"
        self.table.show_views(batch.rows)
        self._show_buttons(is_checking)
        self.zone.setVisible(not batch.running)
        self._progress.setVisible(batch.running)
        self._said.setText(wording.progress(batch))
        self._bar.set(batch.percent)
        self._name.setText(batch.path.name if batch.path else "")
        self._counts.setText(wording.counts(batch))
        self._toolbar.setVisible(is_filled)
        self.table.setVisible(is_filled)
        self._waiting.setVisible(batch.state == "unread" and is_checking)
        self.empty.setVisible(batch.state == "empty")
        self._card.setVisible(is_filled or is_checking or batch.state == "empty")
        self._show_notice()

    def show_failure(self, failure: ErrorView | None) -> None:
        """Say that a file could not be read; None takes it back."""
        if self._failure is not None:
            self._failure.hide()
            self._failure.deleteLater()
        self._failure = failure
        if failure is not None:
            self.content.insertWidget(1, failure)

    def _show_buttons(self, is_checking: bool) -> None:
        batch = self.presenter
        self.stop.setVisible(batch.running)
        self.generate.setText(wording.generate(0 if batch.running else batch.open_count))
        self.generate.setEnabled(batch.open_count > 0 and not is_checking)
        self.generate.set_loading(batch.running)
        self.again.setEnabled(not batch.running and not is_checking)
        self.project.setEnabled(not batch.running)

    def _show_notice(self) -> None:
        notice = wording.notice(self.presenter)
        self._banner.setVisible(notice is not None)
        if notice is not None:
            self._banner.set(*notice)

    def _lay_out(self) -> None:
        self.head.addWidget(self.template)
        self.head.addWidget(self.stop)
        self.set_primary(self.generate)
        self._progress = self._progress_line()
        self._toolbar = self._file_line()
        self._card = Card()
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.setSpacing(0)
        self._waiting = QWidget()
        QVBoxLayout(self._waiting).addWidget(Skeleton(4))
        for part in (self._toolbar, self._waiting, self.table, self.empty):
            self._card.body.addWidget(part)
        for card in (self.zone, self._banner, self._progress, self._card):
            self.content.addWidget(card)
        self.content.addStretch(1)

    def _progress_line(self) -> QWidget:
        self._said, self._bar = Label("", "secondary", "secondary", tabular=True), ProgressBar()
        self._bar.setAccessibleName(tr("Progress"))
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._said)
        column.addWidget(self._bar)
        return line

    def _file_line(self) -> QWidget:
        self._name = Label("", "strong", elide=True)
        self._counts = Label("", "secondary", "secondary", tabular=True)
        self.project.setFixedWidth(PROJECT)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(EDGE, 12, EDGE - 8, 12)
        row.setSpacing(12)
        row.addWidget(self._name, 1)
        row.addWidget(self._counts)
        row.addWidget(self.project)
        row.addWidget(self.again)
        return line
