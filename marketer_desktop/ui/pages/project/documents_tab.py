"""The tab of a project's documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.projects import ProjectDocument
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import PillCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.table import Column, Table

FOOT = 8


class DocumentsTab(QWidget):
    """What may be quoted here; it is added and read on the page of documents."""

    documents_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ages = AgeWords(self)
        self._card = Card(self.tr("Documents of this project"), self.tr("Open Documents"))
        self.table = Table(
            [
                Column("name", self.tr("File")),
                Column("state", self.tr("State"), 144),
                Column("passages", self.tr("Passages"), 104, "right"),
                Column("added", self.tr("Added"), 148, "right"),
            ]
        )
        self.table.setAccessibleName(self.tr("Documents of this project"))
        self._empty = EmptyState(
            "files",
            self.tr("No documents here"),
            self.tr("What you add to this project may be quoted in its texts."),
            self.tr("Open Documents"),
        )
        self._lay_out()

    def show_documents(self, documents: Sequence[ProjectDocument], now: datetime) -> None:
        """One row for each, or the way to add some."""
        self.table.set_rows([self._row(document, now) for document in documents])
        self.table.setVisible(bool(documents))
        self._empty.setVisible(not documents)
        assert self._card.action is not None
        self._card.action.setVisible(bool(documents))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what the page of documents shows as well."""
        self.table.setColumnHidden(2, narrow)
        self.table.setColumnHidden(3, narrow)

    def _lay_out(self) -> None:
        assert self._card.action is not None
        self._card.action.clicked.connect(self.documents_asked)
        self._empty.action.connect(self.documents_asked)
        self.table.activated_row.connect(lambda key: self.documents_asked.emit())
        self._card.body.setContentsMargins(0, 0, 0, FOOT)
        self._card.body.addWidget(self.table)
        self._card.body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def _row(self, document: ProjectDocument, now: datetime) -> dict[str, Any]:
        return {
            "key": document.document_id,
            "name": TitleCell(document.filename, icon="file-text"),
            "state": PillCell(*self._state(document.status)),
            "passages": TextCell(f"{document.chunk_count:,}"),
            "added": TextCell(self._ages.ago(document.created_at, now)),
        }

    def _state(self, status: str) -> tuple[str, str]:
        states = {
            "pending": (self.tr("Waiting"), "neutral"),
            "processing": (self.tr("Reading"), "accent"),
            "indexed": (self.tr("Ready"), "success"),
            "error": (self.tr("Not readable"), "error"),
        }
        return states.get(status, (status, "neutral"))
