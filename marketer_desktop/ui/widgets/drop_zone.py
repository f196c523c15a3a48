"""A place to drop files on, that opens a file dialog when it is pressed."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy, QWidget

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.enter_key import pressed_by_enter

HEIGHT = 96
RADIUS = 12
ICON = 20
GAP = 8


class DropZone(QAbstractButton):
    """`extensions` as `.pdf`; other files are not taken. With `folders`, folders are, too."""

    dropped = Signal(list)  # of Path

    def __init__(
        self,
        text: str,
        extensions: list[str],
        *,
        folders: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self.setText(text)
        self._extensions = {extension.lower() for extension in extensions}
        self._is_over = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.choose)
        ring_on_focus(self, RADIUS)

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return QSize(320, HEIGHT)

    def choose(self) -> None:
        """Open the file dialog; it closes itself."""
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{extension}" for extension in sorted(self._extensions))
        dialog.setNameFilter(f"{self.tr('Files')} ({patterns})")
        dialog.filesSelected.connect(lambda names: self.dropped.emit([Path(n) for n in names]))
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds at least one file that fits."""
        if self._files(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files that fit."""
        self._set_over(False)
        event.acceptProposedAction()
        self.dropped.emit(self._files(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed plane, icon and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plane(painter)
        painter.setFont(font("body"))
        room = self.width() - 2 * 16 - ICON - GAP
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        width = ICON + GAP + painter.fontMetrics().horizontalAdvance(text)
        left = (self.width() - width) // 2
        role = "accent_text" if self._is_over else "secondary"
        made = icons.pixmap("upload", role, ICON, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - ICON) // 2, made)
        painter.setPen(color(role))
        rest = self.rect().adjusted(left + ICON + GAP, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_plane(self, painter: QPainter) -> None:
        lively = self._is_over or self.underMouse()
        fill = "accent_subtle" if self._is_over else "hover" if lively else "surface"
        pen = QPen(color("accent" if self._is_over else "control"), 1)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _set_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _files(self, data: QMimeData) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return [path for path in paths if self._takes(path)]

    def _takes(self, path: Path) -> bool:
        return path.suffix.lower() in self._extensions or (self._folders and path.is_dir())
