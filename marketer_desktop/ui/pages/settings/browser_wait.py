"""While somebody signs in on a page in their browser: what to do if it did not open."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.spinner import Spinner


class BrowserWait(QWidget):
    """Opens the page as soon as it is told where it is."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = ""
        self.sentence = Label(self.tr("Waiting for your browser."), "label")
        more = self.tr("Sign in on the page that has opened. Then come back: it goes on by itself.")
        self.again = Button(self.tr("Open again"), size="sm", icon="external-link")
        self.copy = Button(self.tr("Copy link"), size="sm", icon="copy")
        self.cancel = Button(self.tr("Cancel"), size="sm", variant="ghost")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Spinner())
        line.addWidget(self.sentence, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.again, self.copy, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(Label(more, "body", "secondary", wrap=True))
        column.addLayout(buttons)
        self.again.clicked.connect(self._open)
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.cancelled)

    def set_url(self, url: str) -> None:
        """Open the page; nothing yet if it is empty."""
        is_new = url != self._url
        self._url = url
        self.again.setEnabled(bool(url))
        self.copy.setEnabled(bool(url))
        self.copy.setText(self.tr("Copy link"))
        if url and is_new:
            self._open()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
        self.copy.setText(self.tr("Link copied"))
