"""What the window remembers before there is a database: its place, and how it looks."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from marketer_desktop.ui.theme.theme import Mode

FILE_NAME = "window.ini"


class WindowStore:
    """Kept in the data folder, so that each folder has a window of its own."""

    def __init__(self, data_dir: Path) -> None:
        self._values = QSettings(str(data_dir / FILE_NAME), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Place and size as Qt saves them; empty at first."""
        stored = self._values.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._values.setValue("geometry", value)

    @property
    def theme(self) -> Mode:
        """`light`, `dark` or `system`."""
        stored = self._values.value("theme")
        return "light" if stored == "light" else "dark" if stored == "dark" else "system"

    @theme.setter
    def theme(self, value: Mode) -> None:
        self._values.setValue("theme", value)

    @property
    def text_size(self) -> int:
        """In percent of the design's sizes."""
        return int(str(self._values.value("text_size", 100)))

    @text_size.setter
    def text_size(self, value: int) -> None:
        self._values.setValue("text_size", value)

    @property
    def reduced_motion(self) -> bool:
        """Whether things appear without moving."""
        return str(self._values.value("reduced_motion", "false")) == "true"

    @reduced_motion.setter
    def reduced_motion(self, value: bool) -> None:
        self._values.setValue("reduced_motion", "true" if value else "false")

    @property
    def knows_the_tray(self) -> bool:
        """Whether the hint has been given that the app goes on in the tray."""
        return str(self._values.value("knows_the_tray", "false")) == "true"

    @knows_the_tray.setter
    def knows_the_tray(self, value: bool) -> None:
        self._values.setValue("knows_the_tray", "true" if value else "false")
