"""Images of a text: found by an injected resolver, read off the hot path, never from elsewhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageReader, QPainter, QPen

from marketer_desktop.ui.theme import icons, type
from marketer_desktop.ui.theme.theme import color

WIDEST = 640
MISSING = (420, 88)
ICON = 20
RADIUS = 8

Resolver = Callable[[str], Path | None]


def inside(folder: Path | None, source: str) -> Path | None:
    """The file that a relative source means, if it lies in `folder`."""
    if folder is None or not source or "://" in source or source.startswith(("//", "\\\\")):
        return None
    try:
        path = (folder / source).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


class Images(QObject):
    """Tells sizes at once, from a file's head, and pictures a little later."""

    ready = Signal(str, QImage)  # the source as it stands in the text

    _read = Signal(str, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.resolve: Resolver = lambda source: None
        self._texts: dict[str, str] = {}
        self._boxes: dict[str, float] = {}  # sources that only have a box, and its pixel ratio
        self._asked = set[str]()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._on_read)

    def size(self, source: str, alt: str = "") -> tuple[int, int]:
        """Width and height to show an image at, in px; the text is for its box."""
        if alt:
            self._texts[source] = alt
        path = self.resolve(source)
        size = QImageReader(str(path)).size() if path else QSize()
        if not size.isValid() or size.isEmpty():
            return MISSING
        if size.width() > WIDEST:
            size = size.scaled(WIDEST, size.height(), Qt.AspectRatioMode.KeepAspectRatio)
        return max(1, size.width()), max(1, size.height())

    def image(self, source: str, ratio: float) -> QImage:
        """A box with the alternative text; `ready` brings the picture if there is one."""
        path = self.resolve(source)
        self._boxes[source] = ratio
        if path and source not in self._asked:
            self._asked.add(source)
            self._pool.start(_Reading(path, source, self._read.emit))
        text = "" if path else self._texts.get(source, source)
        return _box(self.size(source), text, ratio)

    def forget(self) -> None:
        """Look for all files again."""
        self._asked.clear()
        self.redraw()

    def redraw(self) -> None:
        """Bring new boxes where there is no picture: they have the colours of the theme."""
        for source, ratio in list(self._boxes.items()):
            self.ready.emit(source, self.image(source, ratio))

    def wait(self) -> None:
        """Until no file is being read."""
        self._pool.waitForDone()

    def _on_read(self, source: str, image: QImage) -> None:
        if not image.isNull():
            self._boxes.pop(source, None)
            self.ready.emit(source, image)


class _Reading(QRunnable):
    """Reads one file in another thread."""

    def __init__(self, path: Path, source: str, done: Callable[[str, QImage], None]) -> None:
        super().__init__()
        self._path, self._source, self._done = path, source, done

    def run(self) -> None:
        """Scale while reading: a camera's picture is larger than any screen."""
        reader = QImageReader(str(self._path))
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and size.width() > 2 * WIDEST:
            scaled = size.scaled(2 * WIDEST, size.height(), Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(scaled)
        self._done(self._source, reader.read())


def _box(size: tuple[int, int], text: str, ratio: float) -> QImage:
    image = QImage(QSize(*size) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color("code")))
    painter.setPen(QPen(QColor(color("button_border")), 1))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size[0] - 1, size[1] - 1), RADIUS, RADIUS)
    if text:
        _label(painter, size, text, ratio)
    painter.end()
    return image


def _label(painter: QPainter, size: tuple[int, int], text: str, ratio: float) -> None:
    width, height = size
    picture = icons.pixmap("image", "muted", ICON, ratio)
    painter.drawPixmap(round((width - ICON) / 2), round(height / 2 - ICON - 2), picture)
    font = type.font("secondary")
    painter.setFont(font)
    painter.setPen(QColor(color("muted")))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width - 32)
    below = QRectF(16, height / 2 + 4, width - 32, 24)
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)
