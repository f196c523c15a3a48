"""The tiles that begin something new."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.widgets.tile import Tile

GAP, FEWER = 12, 3


class QuickTiles(QWidget):
    """Six in a row, or three where their texts have no room."""

    type_chosen = Signal(str)  # a content type
    optimise_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._tiles = [self._tile(*each) for each in self._types()]
        optimise = Tile("gauge", self.tr("Optimise"), self.tr("Score and fix"), "chart_4")
        optimise.clicked.connect(self.optimise_chosen)
        self._tiles.append(optimise)
        self._columns = 0
        self._set_columns(len(self._tiles))
        current().changed.connect(self._fit)  # larger text needs wider tiles

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tiles to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        all_ = len(self._tiles)
        widest = max(tile.sizeHint().width() for tile in self._tiles)
        needed = all_ * (widest + GAP) - GAP
        self._set_columns(all_ if self.width() >= needed else FEWER)

    def _set_columns(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)

    def _types(self) -> tuple[tuple[str, str, str, str, str], ...]:
        return (
            ("blog", "newspaper", self.tr("Blog post"), self.tr("Article"), "chart_1"),
            ("webpage", "globe", self.tr("Web page"), self.tr("Landing page"), "chart_2"),
            ("linkedin", "letter:in", self.tr("LinkedIn"), self.tr("Post"), "chart_6"),
            ("twitter", "letter:X", self.tr("X"), self.tr("Post or thread"), "chart_6"),
            ("email", "mail", self.tr("Email"), self.tr("Newsletter"), "chart_3"),
        )

    def _tile(self, kind: str, icon: str, title: str, subtitle: str, tint: str) -> Tile:
        tile = Tile(icon, title, subtitle, tint)
        tile.clicked.connect(lambda: self.type_chosen.emit(kind))
        return tile
