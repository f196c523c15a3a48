"""How a setting looks: what it is on the left, how to change it on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

CONTROL = 280
SIGN = 18


class SettingsCard(Card):
    """Rows with a hairline between them."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.body.setContentsMargins(0, 0, 0, 4)
        self.body.setSpacing(0)
        if not title:
            self.body.setContentsMargins(0, 4, 0, 4)

    def add_row(self, row: QWidget) -> None:
        """Add one more at the end."""
        if self.body.count():
            self.body.addWidget(_inset(Divider()))
        self.body.addWidget(row)

    def show_row(self, row: QWidget, *, shown: bool) -> None:
        """Show a row with the hairline above it, or neither."""
        row.setVisible(shown)
        above = self.body.itemAt(self.body.indexOf(row) - 1)
        line = above.widget() if above is not None else None
        if line is not None:
            line.setVisible(shown)

    def clear_rows(self) -> None:
        """Take all rows away."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class SettingRow(QFrame):
    """`title` with a `hint` below it, and the control that changes it."""

    def __init__(
        self,
        title: str,
        hint: str = "",
        control: QWidget | None = None,
        *,
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, "label", wrap=True)
        self.hint = Label(hint, "secondary", "secondary", wrap=True)
        if not hint:
            self.hint.hide()  # and no `setVisible`: shown before it has a parent, it is a window
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 12, EDGE, 12)
        row.setSpacing(20)
        row.addLayout(words, 1)
        if control is not None:
            if wide:
                control.setFixedWidth(CONTROL)
                control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            control.setAccessibleName(title)
            control.setAccessibleDescription(hint)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_hint(self, hint: str) -> None:
        """Say something else below the title."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))


class IconLine(QWidget):
    """An icon and a sentence."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Sign(icon, "secondary", SIGN), 0, Qt.AlignmentFlag.AlignTop)
        self._text = Label(text, "body", wrap=True)
        row.addWidget(self._text, 1)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)


def _inset(line: QWidget) -> QWidget:
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(EDGE, 0, EDGE, 0)
    layout.addWidget(line)
    return box
