"""The theme of the running window: which colours hold now, and how they change live."""

from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from marketer_desktop.ui.theme import type
from marketer_desktop.ui.theme.palette import palette
from marketer_desktop.ui.theme.sheet import style_sheet
from marketer_desktop.ui.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["light", "dark", "system"]
Scheme = Qt.ColorScheme
SCHEMES = {"light": Scheme.Light, "dark": Scheme.Dark, "system": Scheme.Unknown}

_installed: "Theme | None" = None


class Theme(QObject):
    """Keeps fonts, palette and style sheet of the application in step with the chosen mode."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode) -> None:
        super().__init__(app)
        self._app, self._mode, self._tokens = app, mode, LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        self.set_mode(mode)

    @property
    def tokens(self) -> Tokens:
        """The colours that hold now."""
        return self._tokens

    @property
    def mode(self) -> Mode:
        """What was chosen; `tokens.dark` says what *system* comes to."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Change the colours of all that is open; *system* follows the desktop from now on."""
        self._mode = mode
        # First the scheme, then palette and sheet: it would replace both.
        QGuiApplication.styleHints().setColorScheme(SCHEMES[mode])
        self._apply()

    def set_text_scale(self, scale: float) -> None:
        """Set all text `scale` times as large as designed, in what is open too."""
        type.set_scale(scale, self._app.allWidgets())
        self._app.setFont(type.font("body"))
        self.changed.emit()

    def _on_system_changed(self) -> None:
        if self._mode == "system" and self._tokens is not self._wanted():
            self._apply()

    def _wanted(self) -> Tokens:
        if self._mode == "system":
            return DARK if _desktop_is_dark() else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def _apply(self) -> None:
        self._tokens = self._wanted()
        self._app.setPalette(palette(self._tokens))
        self._app.setStyleSheet(style_sheet(self._tokens))
        self.changed.emit()


def install(app: QApplication, mode: Mode = "system") -> Theme:
    """Dress the application; once, before its first widget."""
    global _installed
    type.load_fonts()
    app.setStyle("Fusion")
    app.setFont(type.font("body"))
    _installed = Theme(app, mode)
    return _installed


def current() -> Theme:
    """The theme that was installed."""
    if _installed is None:
        raise RuntimeError("No theme is installed yet.")
    return _installed


def color(role: str) -> QColor:
    """The colour that `role` has now."""
    return QColor(cast(str, getattr(current().tokens, role)))


def _desktop_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Scheme.Dark
