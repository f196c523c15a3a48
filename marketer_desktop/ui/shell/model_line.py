"""Which model writes, and whether it can."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, set_font

HEIGHT, RAIL_HEIGHT, DOT, PADDING, TEXT_LEFT = 28, 20, 8, 12, 28
GAP = 8
DOTS = {"ready": "success_icon", "busy": "accent", "missing": "warning_icon"}


class ModelLine(ChromeButton):
    """Leads to the settings of models. `state` is `ready`, `busy` or `missing`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._model, self._state, self._is_narrow = "", "ready", False
        self.setFixedHeight(HEIGHT)
        set_font(self, "secondary")
        self.hide()

    def set_model(self, name: str, state: str) -> None:
        """Show a model and its state."""
        self._model, self._state = name, state
        told = f"{name} · {self.state_word}"
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.show()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the dot alone."""
        self._is_narrow = narrow
        self.setFixedHeight(RAIL_HEIGHT if narrow else HEIGHT)
        self.update()

    @property
    def state_word(self) -> str:
        """The state, for people."""
        words = {
            "ready": self.tr("Ready"),
            "busy": self.tr("Working"),
            "missing": self.tr("Not there"),
        }
        return words[self._state]

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(40 if self._is_narrow else 200, self.height())

    def paint_content(self, painter: QPainter) -> None:
        """A dot, the name and the state."""
        left = (self.width() - DOT) / 2 if self._is_narrow else PADDING
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(DOTS[self._state]))
        painter.drawEllipse(QRectF(left, (self.height() - DOT) / 2, DOT, DOT))
        if self._is_narrow:
            return
        painter.setPen(color("secondary"))
        painter.setFont(font("caption"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(0, 0, self.width() - PADDING, HEIGHT), right, self.state_word)
        word = painter.fontMetrics().horizontalAdvance(self.state_word)
        painter.setFont(self.font())
        room = QRect(TEXT_LEFT, 0, self.width() - TEXT_LEFT - PADDING - word - GAP, HEIGHT)
        name = self.fontMetrics().elidedText(self._model, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
