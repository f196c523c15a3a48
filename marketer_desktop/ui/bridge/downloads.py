"""Files that the window writes: where to, and how it tells that they are there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from marketer_desktop.ui.bridge.context import Navigator


def said(text: str) -> str:
    """A text about downloads in the user's language."""
    return QCoreApplication.translate("Downloads", text)


def ask_for_place(window: QWidget, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask where a file called `name` goes; the dialog asks again where one is there already."""
    dialog = QFileDialog(window, said("Download"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def tell_of_download(go: Navigator, path: str) -> None:
    """Say where the file is, with the way there."""
    folder = QUrl.fromLocalFile(str(Path(path).parent))

    def open_folder() -> None:
        QDesktopServices.openUrl(folder)

    go.toast(said("Downloaded to {0}").format(path), said("Open folder"), open_folder)
