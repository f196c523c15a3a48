"""A control with its label, a hint, and what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.type import line_height
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

GAP = 4


class Field(QWidget):
    """The label stands above the control, hint or error below it."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._label = Label(label, "label")
        self._label.setBuddy(control)
        self._counter = Label("", "caption", "secondary", tabular=True)
        self._hint = Label(hint, "secondary", "secondary", wrap=True)
        if not hint:
            self._hint.hide()  # and no `setVisible`: shown before it has a parent, it is a window
        self._error = _ErrorLine()
        self._error.hide()
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        self._lay_out(optional)

    def set_error(self, error: str | None) -> None:
        """Say what is wrong, in the place of the hint, or that nothing is."""
        self._error.set(error or "")
        self._error.setVisible(bool(error))
        self._hint.setVisible(bool(self._hint.text()) and not error)
        self.control.setAccessibleDescription(error or self._hint.text())
        restyle(self.control, invalid=bool(error))

    def set_hint(self, hint: str) -> None:
        """Say something else below the control."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and self._error.isHidden())

    def set_label(self, label: str) -> None:
        """Call the control something else."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def set_counter(self, text: str) -> None:
        """Say how much there is, at the end of the label's line."""
        self._counter.setText(text)

    @property
    def error(self) -> str:
        """What is said to be wrong."""
        return "" if self._error.isHidden() else self._error.text()

    def _lay_out(self, optional: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._label)
        if optional:
            head.addWidget(Label(self.tr("optional"), "secondary", "muted"))
        head.addStretch()
        head.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.control)
        column.addWidget(self._hint)
        column.addWidget(self._error)


class _ErrorLine(QWidget):
    """A sign and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Label("", "secondary", "error_text", wrap=True)
        sign = Sign("circle-alert", "error_icon", line=line_height("secondary"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def set(self, text: str) -> None:
        self._text.setText(text)

    def text(self) -> str:
        return self._text.text()
