"""A hairline between what stands above and below it."""

from PySide6.QtWidgets import QFrame, QWidget


class Divider(QFrame):
    """1 px high, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "divider")
        self.setFixedHeight(1)
