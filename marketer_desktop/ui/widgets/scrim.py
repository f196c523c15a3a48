"""The veil that a sheet puts over its window."""

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import current

FADE_MS = 160


class Scrim(QWidget):
    """Covers all of `window`, takes its clicks, and fades."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._strength, self._is_orphan = 0.0, False
        self._fading = QVariantAnimation(self)
        self._fading.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fading.valueChanged.connect(self._fade)
        self._fading.finished.connect(self._end)
        self.hide()

    def cover(self) -> None:
        """Fade in."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._run(1)

    def uncover(self) -> None:
        """Fade out; clicks go through at once."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._run(0)

    def retire(self) -> None:
        """Its sheet is gone: go too, but not in the middle of fading."""
        self._is_orphan = True
        if self._fading.state() == QVariantAnimation.State.Stopped:
            self.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies under the veil is not clicked."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What lies under the veil does not scroll."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        veil = QColor(0, 0, 0) if current().tokens.dark else QColor("#111827")
        veil.setAlphaF((0.5 if current().tokens.dark else 0.35) * self._strength)
        QPainter(self).fillRect(self.rect(), veil)

    def _run(self, end: float) -> None:
        self._fading.stop()
        self._fading.setStartValue(float(self._strength))
        self._fading.setEndValue(float(end))
        self._fading.setDuration(duration(FADE_MS))
        self._fading.start()

    def _fade(self, strength: float) -> None:
        self._strength = strength
        self.update()

    def _end(self) -> None:
        if self._strength == 0:
            self.hide()
            if self._is_orphan:
                self.deleteLater()
