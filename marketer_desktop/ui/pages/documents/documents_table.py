"""The table of documents: name, tags, state, size, age."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from marketer_desktop.services.document_library import DocumentEntry
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.cells import (
    ChipsCell,
    PillCell,
    ProgressCell,
    TextCell,
    TitleCell,
)
from marketer_desktop.ui.widgets.table import Column, Table

Eta = Callable[[DocumentEntry], int | None]
HIDDEN = {
    "wide": frozenset[str](),
    "medium": frozenset({"project", "size"}),
    "narrow": frozenset({"project", "tags", "size", "added"}),
}
ICONS = {"html": "globe"}


def _columns() -> list[Column]:
    return [
        Column("name", tr("Document")),
        Column("state", tr("State"), 288),
        Column("tags", tr("Tags"), 132),
        Column("project", tr("Project"), 116),
        Column("size", tr("Size"), 84, "right"),
        Column("added", tr("Added"), 136, "right"),
    ]


class DocumentsTable(Table):
    """Columns that have no room, or that would say the same in each row, are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._keys = [column.key for column in _columns()]
        super().__init__(_columns(), parent)
        self._ages = AgeWords(self)
        self._width_class, self._one_project = "wide", False
        self.setAccessibleName(tr("Documents"))

    def set_width_class(self, width_class: str) -> None:
        """Show as many columns as there is room for."""
        self._width_class = width_class
        self._choose_columns()

    def show_documents(
        self,
        documents: Sequence[DocumentEntry],
        eta: Eta,
        now: datetime,
        *,
        one_project: bool,
    ) -> None:
        """One row for each; `one_project` says that all belong to the same."""
        self._one_project = one_project
        self._choose_columns()
        self.set_rows([self._row(entry, eta, now) for entry in documents])

    def _choose_columns(self) -> None:
        for column, key in enumerate(self._keys):
            same = key == "project" and self._one_project
            self.setColumnHidden(column, same or key in HIDDEN[self._width_class])

    def _row(self, entry: DocumentEntry, eta: Eta, now: datetime) -> dict[str, Any]:
        return {
            "key": entry.id,
            "name": TitleCell(entry.filename, icon=ICONS.get(entry.type or "", "file-text")),
            "state": _state(entry, eta),
            "tags": ChipsCell(entry.tags),
            "project": TextCell(entry.project or ""),
            "size": TextCell(wording.size(entry.size)),
            "added": TextCell(self._ages.ago(entry.created_at, now)),
        }


def _state(entry: DocumentEntry, eta: Eta) -> PillCell | ProgressCell | TextCell:
    if entry.status == "error":
        return TextCell(wording.failure(entry.error), "error_text")
    if entry.status == "indexed":
        return PillCell(tr("Ready"), "success")
    percent = entry.percent or 0
    return ProgressCell(percent, wording.left(eta(entry)) or f"{percent}%")
