"""A problem in full: what happened, its details, and a way to copy them."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.sheet import Sheet


class ProblemSheet(Sheet):
    """Shows a message with its details, for support."""

    def __init__(self, window: QWidget, message: str, details: str) -> None:
        title = QCoreApplication.translate("ProblemSheet", "What happened")
        super().__init__(window, title, width=560, height=420)
        self.body.addWidget(ErrorView(message, details))
        self.closed.connect(self.deleteLater)
