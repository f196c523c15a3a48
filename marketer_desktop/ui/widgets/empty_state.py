"""What is shown where nothing is yet: an icon, what this is, and the way to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.centered import Centered
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

WIDTH = 400


class EmptyState(Centered):
    """`action` is emitted by the button, if there is one."""

    action = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        button: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(WIDTH, parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.column.setSpacing(4)
        self.column.addWidget(Sign(icon, "muted", 40), 0, middle)
        self.column.addSpacing(8)
        self.title = self._add_line(title, "section", "text")
        self._add_line(sentence, "body", "secondary")
        if button:
            self.button = Button(button)
            self.button.clicked.connect(self.action)
            self.column.addSpacing(12)
            self.column.addWidget(self.button, 0, middle)

    def _add_line(self, text: str, style: str, role: str) -> Label:
        label = Label(text, style, role, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(label)
        return label
