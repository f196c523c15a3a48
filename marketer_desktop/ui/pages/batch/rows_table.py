"""The rows of a table of briefs, with what each has come to."""

from typing import Any

from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.pages.batch import wording
from marketer_desktop.ui.pages.batch.presenter import (
    INVALID,
    QUEUED,
    READY,
    RUNNING,
    RowView,
)
from marketer_desktop.ui.pages.batch.wording import tr
from marketer_desktop.ui.widgets.activity_words import LOOKS, TONES, ActivityWords
from marketer_desktop.ui.widgets.cells import (
    Cell,
    IconCell,
    PillCell,
    ProgressCell,
    TextCell,
    TitleCell,
)
from marketer_desktop.ui.widgets.table import Column, Table

ROW, WORDS = 0, 2  # columns that a narrow page does without


class RowsTable(Table):
    """A row that has a piece leads to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            [
                Column("row", tr("Row"), 72),
                Column("topic", tr("Brief")),
                Column("words", tr("Words"), 88, "right"),
                Column("state", tr("State"), 176),
                Column("open", "", 56, "right"),
            ],
            parent,
        )
        self._words = ActivityWords(self)
        self.setAccessibleName(tr("Briefs of the file"))

    def show_views(self, views: list[RowView]) -> None:
        """Show these rows; those with the same numbers change in place."""
        self.set_rows([self._row(view) for view in views])

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what the file shows as well."""
        self.setColumnHidden(ROW, narrow)
        self.setColumnHidden(WORDS, narrow)

    def _row(self, view: RowView) -> dict[str, Any]:
        icon, _ = LOOKS.get(view.type, ("file-text", ""))
        leads = view.activity_id is not None
        return {
            "key": view.row,
            "row": TextCell(str(view.row)),
            "topic": TitleCell(view.topic or tr("No topic"), wording.about(view), icon),
            "words": TextCell(f"{view.words:,}" if view.words else ""),
            "state": self._state(view),
            "open": IconCell("chevron-right", tr("Open")) if leads else TextCell(""),
        }

    def _state(self, view: RowView) -> Cell:
        if view.status == RUNNING:
            return ProgressCell(view.percent, f"{view.percent}%")
        known = {
            INVALID: PillCell(tr("Left out"), "error"),
            READY: PillCell(tr("To write")),
            QUEUED: PillCell(tr("Waiting")),
        }
        pill = PillCell(self._words.status(view.status), TONES.get(view.status, "neutral"))
        return known.get(view.status, pill)
