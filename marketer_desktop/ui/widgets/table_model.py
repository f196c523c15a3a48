"""The rows and columns of a `Table`, for its view."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from marketer_desktop.ui.widgets.cells import TitleCell, cell_of

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ALIGN_ROLE = CELL_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}


@dataclass(frozen=True)
class Column:
    """One column; a width of 0 stretches, `align` is left or right."""

    key: str
    title: str
    width: int = 0
    align: str = "left"


class TableModel(QAbstractTableModel):
    """Each row is a dict of cells by the keys of the columns, with its own key in `key`."""

    def __init__(self, columns: list[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns, self.rows = columns, list[dict[str, Any]]()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell for the delegate, its text for searching and for screen readers."""
        column = self.columns[index.column()]
        if role == ALIGN_ROLE:
            return _ALIGN[column.align]
        cell = cell_of(self.rows[index.row()].get(column.key))
        if role == CELL_ROLE:
            return cell
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return cell.spoken() if role in spoken else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def replace(self, rows: list[dict[str, Any]]) -> None:
        """Take other rows; the same keys in the same order change in place."""
        if [row.get("key") for row in rows] == [row.get("key") for row in self.rows]:
            self.rows = rows
            if rows:
                end = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def has_two_lines(self) -> bool:
        """Whether a row needs more height."""
        cells = (cell_of(row.get(column.key)) for row in self.rows for column in self.columns)
        return any(isinstance(cell, TitleCell) and cell.subtitle for cell in cells)
