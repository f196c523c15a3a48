"""Opens a menu at one of the bars' buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from marketer_desktop.ui.widgets.menu import MenuItem, menu

GAP = 4


def open_below(anchor: QWidget, items: Sequence[MenuItem | None], *, right: bool = False) -> QMenu:
    """Open a menu under `anchor`, in line with its left or its right edge."""
    opened = _made(anchor, items)
    left = anchor.width() - opened.sizeHint().width() if right else 0
    opened.popup(anchor.mapToGlobal(QPoint(left, anchor.height() + GAP)))
    return opened


def open_above(anchor: QWidget, items: Sequence[MenuItem | None]) -> QMenu:
    """Open a menu over `anchor`."""
    opened = _made(anchor, items)
    opened.popup(anchor.mapToGlobal(QPoint(0, -opened.sizeHint().height() - GAP)))
    return opened


def literal(text: str) -> str:
    """`text` with its ampersands kept: in a menu they mark keys."""
    return text.replace("&", "&&")


def _made(anchor: QWidget, items: Sequence[MenuItem | None]) -> QMenu:
    made = menu(anchor, items)
    made.aboutToHide.connect(made.deleteLater)
    return made
