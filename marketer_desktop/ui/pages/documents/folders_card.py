"""The watched folders: what they are, why one is not read, and the way to add and remove one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.watched_folders import WatchedFolder
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.button import IconButton
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign


class FoldersCard(Card):
    """Few, so each may be a widget."""

    added = Signal(object)  # Path
    removed = Signal(object)  # WatchedFolder

    def __init__(self) -> None:
        super().__init__(tr("Watched folders"), tr("Watch a folder"))
        assert self.action is not None
        self.action.clicked.connect(self.choose)
        self.rows: list[FolderRow] = []
        self._hint = Label(
            tr("New and changed documents in a watched folder are taken in by themselves."),
            "body",
            "secondary",
            wrap=True,
        )
        self.body.addWidget(self._hint)

    def choose(self) -> None:
        """Open the folder dialog."""
        dialog = QFileDialog(self, tr("Watch a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.added.emit(Path(name)))
        dialog.open()

    def show_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """Show these."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [FolderRow(folder) for folder in folders]
        for row in self.rows:
            row.remove.clicked.connect(lambda checked=False, r=row: self.removed.emit(r.folder))
            self.body.addWidget(row)
        self._hint.setVisible(not folders)


class FolderRow(QWidget):
    """A path, its project and files, or what is wrong."""

    def __init__(self, folder: WatchedFolder) -> None:
        super().__init__()
        self.folder = folder
        self.remove = IconButton("x", tr("Watch {0} no longer").format(folder.path), size=28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        sign = ("triangle-alert", "warning_icon") if folder.error else ("folder", "secondary")
        row.addWidget(Sign(*sign, 20))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(str(folder.path), "label", elide=True))
        role = "warning_text" if folder.error else "secondary"
        text = folder.error or wording.folder(folder)
        lines.addWidget(Label(text, "secondary", role, elide=True))
        row.addLayout(lines, 1)
        row.addWidget(self.remove)
