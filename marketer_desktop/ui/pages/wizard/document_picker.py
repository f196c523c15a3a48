"""The documents that a piece may quote: tick them, or add some in place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from marketer_desktop.services.document_library import DocumentEntry
from marketer_desktop.services.folder_contents import SUFFIXES
from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.widgets.button import LinkButton
from marketer_desktop.ui.widgets.checkbox import CheckBox
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.progress_bar import ProgressBar

ROW, SHOWN_ROWS, EDGE = 32, 3, 6
BORDER = 2  # the line of the frame and a pixel inside it


class DocumentPicker(QWidget):
    """Takes drops of files and folders."""

    ticked = Signal(object)  # the numbers, as a frozenset, when a person changed them
    added = Signal(list)  # of Path

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[int, CheckBox] = {}
        self.setAcceptDrops(True)
        self.add = LinkButton(tr("Add files…"))
        self.add.clicked.connect(self.choose)
        self._nothing = Label(tr("No documents here yet. Drop some, or add files."), role="muted")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(12, EDGE, 12, EDGE)
        self._rows.setSpacing(0)
        self._frame = self._framed()
        hint = tr("With none ticked, all documents of the project may be quoted.")
        self._hint = Label(hint, "secondary", "secondary", wrap=True)
        self._reading = Label("", "secondary", "secondary", elide=True)
        self._bar = ProgressBar()
        self._error = Label("", "secondary", "error_text", wrap=True)
        self._lay_out()
        self.say_reading("", None)
        self.say_error("")

    def set_documents(self, documents: Sequence[DocumentEntry], ticked: frozenset[int]) -> None:
        """Offer these."""
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {entry.id: self._box(entry, entry.id in ticked) for entry in documents}
        self._nothing.setVisible(not documents)
        rows = min(max(len(documents), 1), SHOWN_ROWS)
        self._frame.setFixedHeight(rows * ROW + 2 * (EDGE + BORDER))

    def values(self) -> frozenset[int]:
        """The numbers of those that are ticked."""
        return frozenset(number for number, box in self._boxes.items() if box.isChecked())

    def say_reading(self, text: str, percent: int | None) -> None:
        """Say how far the files are that were added; an empty text ends it."""
        self._reading.setText(text)
        self._reading.setVisible(bool(text))
        self._bar.setVisible(bool(text))
        self._hint.setVisible(not text)
        self._bar.set(percent)

    def say_error(self, text: str) -> None:
        """Say what could not be read; an empty text ends it."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def choose(self) -> None:
        """Open the file dialog."""
        dialog = QFileDialog(self, tr("Add files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        dialog.setNameFilter(f"{tr('Documents')} ({patterns})")
        dialog.filesSelected.connect(lambda names: self.added.emit([Path(n) for n in names]))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            restyle(self._frame, active=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        restyle(self._frame, active=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        restyle(self._frame, active=False)
        event.acceptProposedAction()
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        self.added.emit([Path(url.toLocalFile()) for url in urls])

    def _framed(self) -> QFrame:
        frame, area = QFrame(), QScrollArea()
        frame.setProperty("input", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._list)
        area.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self._rows.addWidget(self._nothing)
        self._area = area
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(area)
        return frame

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Label(tr("Reference documents"), "label"))
        head.addWidget(Label(tr("optional"), "secondary", "muted"))
        head.addStretch()
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self._frame, self._hint, self._reading, self._bar, self._error):
            column.addWidget(part)

    def _box(self, entry: DocumentEntry, is_ticked: bool) -> CheckBox:
        box = _Row(entry.filename)
        box.setChecked(is_ticked)
        box.toggled.connect(lambda checked: self.ticked.emit(self.values()))
        self._rows.insertWidget(self._rows.count() - 1, box)
        return box


class _Row(CheckBox):
    """A box with a file's name, which may hold an ampersand."""

    def __init__(self, name: str) -> None:
        super().__init__(name.replace("&", "&&"))
        self.setAccessibleName(name)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Names may be long: they are elided."""
        return QSize(120, ROW)
