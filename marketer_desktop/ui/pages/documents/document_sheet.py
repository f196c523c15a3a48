"""All that is known of one document, and its tags to change."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from marketer_desktop.services.document_library import MOST_TAGS, DocumentEntry
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet


class DocumentSheet(Sheet):
    """Tags are kept when it is closed, however it is."""

    tagged = Signal(list)
    open_asked = Signal()
    retry_asked = Signal()
    delete_asked = Signal()

    def __init__(self, window: QWidget, entry: DocumentEntry, now: datetime) -> None:
        super().__init__(window, entry.filename, width=520, height=0)
        self._entry = entry
        if entry.status == "error":
            self.body.addWidget(Banner("error", entry.error or wording.failure(None)))
        self.body.addLayout(self._facts(now))
        self.tags = ChipInput(tr("Add a tag, press Enter"), MOST_TAGS)
        self.tags.set_values(entry.tags)
        hint = tr("Tags narrow the list and the search.")
        self.body.addWidget(Field(tr("Tags"), self.tags, hint=hint, optional=True))
        self.remove = Button(tr("Delete"), variant="ghost", icon="trash-2")
        failed = entry.status == "error"
        self.retry = Button(tr("Try again") if failed else tr("Read again"), icon="refresh-cw")
        self._open_file = Button(tr("Open file"), icon="external-link")
        self.finish = Button(tr("Done"), variant="primary")
        self.retry.setVisible(entry.status in ("indexed", "error"))
        self.remove.setEnabled(entry.status in ("indexed", "error"))
        self.footer.addWidget(self.remove)
        self.footer.addStretch(1)
        for button in (self.retry, self._open_file, self.finish):
            self.footer.addWidget(button)
        self._connect()

    def _connect(self) -> None:
        self.finish.clicked.connect(self.accept)
        self._open_file.clicked.connect(self.open_asked)
        for button, signal in (
            (self.retry, self.retry_asked),
            (self.remove, self.delete_asked),
        ):
            button.clicked.connect(self.accept)
            button.clicked.connect(signal)
        self.closed.connect(self._on_closed)

    def _facts(self, now: datetime) -> QGridLayout:
        entry = self._entry
        facts = [
            (tr("Kind"), wording.kind(entry)),
            (tr("Size"), wording.size(entry.size)),
            (tr("Project"), entry.project or tr("All projects")),
            (tr("Added"), AgeWords(self).ago(entry.created_at, now)),
        ]
        if entry.status == "indexed":
            facts.insert(2, (tr("May be quoted"), wording.passages(entry.chunk_count)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts):
            grid.addWidget(Label(name, "body", "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, "body", elide=True), row, 1)
        return grid

    def _on_closed(self) -> None:
        if self.tags.values() != self._entry.tags:
            self.tagged.emit(self.tags.values())
        self.deleteLater()
