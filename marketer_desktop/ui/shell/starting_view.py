"""What is seen while the engine starts, when it cannot start, and while it stops."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from marketer_desktop.ui.shell.brand import Mark
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import code_font
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.sign import Sign

MARK, BAR_WIDTH, TEXT_WIDTH = 56, 280, 520
MIDDLE = Qt.AlignmentFlag.AlignHCenter


class StartingView(QWidget):
    """Calm in both cases: it says what is going on, or what to do."""

    retry_asked = Signal()

    def __init__(self, data_dir: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_first = not (data_dir / "postgres").exists()
        self._progress = _Progress()
        self._failure = _Failure(data_dir / "logs")
        self._failure.retry.clicked.connect(self.retry_asked)
        self._views = QStackedWidget()
        self._views.addWidget(self._progress)
        self._views.addWidget(self._failure)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(self._views)
        current().changed.connect(self.update)
        self.show_progress()

    def show_progress(self) -> None:
        """The engine is starting."""
        first = self.tr("Setting up your database, only once.")
        self._progress.tell(first if self._is_first else self.tr("Starting Marketer"))
        self._views.setCurrentWidget(self._progress)

    def set_step(self, text: str) -> None:
        """What the engine is doing now."""
        self._progress.step.setText(text)

    def show_failure(self, message: str, details: str) -> None:
        """The engine did not start, and why."""
        self._failure.tell(message, details)
        self._views.setCurrentWidget(self._failure)
        self._failure.retry.setFocus()

    def show_ending(self) -> None:
        """The engine is stopping."""
        self._progress.tell(self.tr("Saving and closing"))
        self._views.setCurrentWidget(self._progress)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plane of the pages: they follow without a flash."""
        QPainter(self).fillRect(self.rect(), color("window"))


class _Progress(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", "section")
        self.step = Label("", "secondary", "secondary")
        self.title.setAlignment(MIDDLE)
        self.step.setAlignment(MIDDLE)
        self._bar = ProgressBar()
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Starting"))
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(Mark(MARK), 0, MIDDLE)
        column.addSpacing(24)
        column.addWidget(self.title)
        column.addSpacing(20)
        column.addWidget(self._bar, 0, MIDDLE)
        column.addSpacing(16)
        column.addWidget(self.step)
        column.addStretch(6)

    def tell(self, title: str) -> None:
        """Say what is going on; the step follows."""
        self.title.setText(title)
        self.step.setText("")
        self._bar.set(None)


class _Failure(QWidget):
    def __init__(self, logs: Path) -> None:
        super().__init__()
        self._logs = logs
        self._message = Label("", "body", "secondary", wrap=True)
        self._message.setAlignment(MIDDLE)
        self._message.setFixedWidth(TEXT_WIDTH)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(code_font())
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFixedSize(TEXT_WIDTH, 200)
        self.retry = Button(self.tr("Try again"), variant="primary", icon="refresh-cw")
        self._toggle = Button(self.tr("Details"), variant="ghost")
        self._arrange()

    def tell(self, message: str, details: str) -> None:
        """Say what went wrong; the details stay folded."""
        self._message.setText(message)
        self.details.setPlainText(details)
        self._fold(True)

    def _arrange(self) -> None:
        title = Label(self.tr("Marketer could not start"), "dialog")
        title.setAlignment(MIDDLE)
        safe = Label(self.tr("Nothing has been deleted."), "secondary", "secondary")
        safe.setAlignment(MIDDLE)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(Sign("circle-alert", "error_icon", 40), 0, MIDDLE)
        column.addSpacing(16)
        column.addWidget(title)
        column.addSpacing(8)
        column.addLayout(_centred(self._message))
        column.addSpacing(4)
        column.addWidget(safe)
        column.addSpacing(24)
        column.addLayout(self._buttons())
        column.addSpacing(16)
        column.addWidget(self.details, 0, MIDDLE)
        column.addStretch(6)

    def _buttons(self) -> QHBoxLayout:
        log = Button(self.tr("Open log"))
        copy = Button(self.tr("Copy"), variant="ghost", icon="copy")
        log.clicked.connect(self._open_log)
        copy.clicked.connect(self._copy)
        self._toggle.clicked.connect(lambda: self._fold(not self.details.isHidden()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.retry, log, self._toggle, copy):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fold(self, folded: bool) -> None:
        self.details.setHidden(folded)
        self._toggle.setText(self.tr("Details") if folded else self.tr("Hide details"))

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))

    def _copy(self) -> None:
        text = f"{self._message.text()}\n\n{self.details.toPlainText()}".strip()
        QGuiApplication.clipboard().setText(text)


def _centred(label: Label) -> QHBoxLayout:
    """A row of its own: only so does a wrapped text get the height that its width needs."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label)
    row.addStretch(1)
    return row
