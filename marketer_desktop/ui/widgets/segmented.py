"""A choice of one among a few that all stay in sight."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.type import set_font

HEIGHT = 32
EDGE, PADDING, DENSE = 2, 16, 10


class Segmented(QFrame):
    """`options` are pairs of a key and a text; the arrow keys move the choice."""

    chosen = Signal(str)  # the key, when a person chose

    def __init__(self, options: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "segmented")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        row.setSpacing(2)
        for key, text in options:
            row.addWidget(self._segment(key, text))
        self.set_value(options[0][0])
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(self.value()))

    def value(self) -> str:
        """The chosen key."""
        checked = self._group.checkedButton()
        return next(key for key, button in self._buttons.items() if button is checked)

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self._buttons[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Call an option something else, as when it has a count."""
        self._buttons[key].setText(text)

    def set_dense(self, dense: bool) -> None:
        """Leave less room beside each text, where there is little."""
        restyle(self, dense="true" if dense else "false")
        for button in self._buttons.values():
            button.padding = DENSE if dense else PADDING
            restyle(button)
            button.updateGeometry()

    def _segment(self, key: str, text: str) -> "_Segment":
        made = _Segment(self)
        made.setText(text)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_font(made, "caption_label")
        self._group.addButton(made)
        self._buttons[key] = made
        ring_on_focus(made, radius=6)
        return made


class _Segment(QToolButton):
    padding = PADDING

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + 2 * self.padding, HEIGHT - 2 * EDGE)
