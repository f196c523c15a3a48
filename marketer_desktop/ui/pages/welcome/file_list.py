"""The documents that were given, and how far each has been read."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.welcome.presenter import GivenFile, WelcomePresenter
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.sign import Sign

BAR = 96
MOST = 5
LOOKS = {
    "reading": ("file-text", "secondary"),
    "indexed": ("circle-check", "success_icon"),
    "error": ("circle-alert", "error_icon"),
}


class FileList(QWidget):
    """The last few; the others are counted."""

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._rows: list[_FileRow] = []
        self._rest = Label("", "secondary", "secondary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._rest)
        self.fill()

    def fill(self) -> None:
        """Show the files as they are now."""
        shown = self._presenter.files[:MOST]
        while len(self._rows) < len(shown):
            self._rows.append(_FileRow())
            self._column.insertWidget(len(self._rows) - 1, self._rows[-1])
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_file(shown[place])
        rest = len(self._presenter.files) - len(shown)
        self._rest.setVisible(rest > 0)
        self._rest.setText(self.tr("and {0} more").format(rest))
        self.setVisible(bool(shown))


class _FileRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("file-text", "secondary", 18)
        self._name = Label("", "body", elide=True)
        self._state = Label("", "secondary", "secondary", tabular=True)
        self._error = Label("", "secondary", "error_text", wrap=True)
        self._bar = ProgressBar()
        self._bar.setFixedWidth(BAR)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._sign)
        line.addWidget(self._name, 1)
        line.addWidget(self._bar)
        line.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._error)
        self._error.setContentsMargins(28, 0, 0, 0)

    def show_file(self, file: GivenFile) -> None:
        """Show how far a file is, or why it could not be read."""
        self._sign.set(*LOOKS[file.status])
        self._name.setText(file.name)
        self._error.setText(file.error)
        self._error.setVisible(bool(file.error))
        is_reading = file.status == "reading"
        self._state.setText(
            self.tr("{0} %").format(file.percent) if is_reading else self._done(file)
        )
        self._bar.set(file.percent)
        self._bar.setAccessibleName(self.tr("{0} is being read").format(file.name))
        self._bar.setVisible(is_reading)

    def _done(self, file: GivenFile) -> str:
        return "" if file.error else self.tr("Read")
