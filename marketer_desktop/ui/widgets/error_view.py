"""What is shown in the place of what could not be read."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from marketer_desktop.ui.theme.type import code_font
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.centered import Centered
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

WIDTH, DETAILS_HEIGHT = 560, 160


class ErrorView(Centered):
    """A sentence, *Try again*, and the details to read or to copy."""

    def __init__(
        self,
        message: str,
        details: str = "",
        *,
        on_retry: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(WIDTH, parent)
        self._message, self._details = message, details
        label = Label(message, "body", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text = self._details_box()
        self.column.setSpacing(16)
        sign = Sign("circle-alert", "error_icon", 40)
        self.column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(label)
        self.column.addLayout(self._buttons(on_retry))
        self.column.addWidget(self.text)

    def _details_box(self) -> QPlainTextEdit:
        box = QPlainTextEdit(self._details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setFont(code_font())
        box.setAccessibleName(self.tr("Details"))
        box.setFixedHeight(DETAILS_HEIGHT)
        box.hide()
        return box

    def _buttons(self, on_retry: Callable[[], None] | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        if on_retry is not None:
            retry = Button(self.tr("Try again"), icon="refresh-cw")
            retry.clicked.connect(lambda: on_retry())
            row.addWidget(retry)
        if self._details:
            self.details_button = Button(self.tr("Details"), variant="ghost")
            self.details_button.clicked.connect(self._toggle)
            row.addWidget(self.details_button)
        copy = Button(self.tr("Copy"), variant="ghost", icon="copy")
        copy.clicked.connect(self._copy)
        row.addWidget(copy)
        row.addStretch(1)
        return row

    def _toggle(self) -> None:
        self.text.setVisible(self.text.isHidden())
        hidden = self.text.isHidden()
        self.details_button.setText(self.tr("Details") if hidden else self.tr("Hide details"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._message}\n\n{self._details}".strip())
