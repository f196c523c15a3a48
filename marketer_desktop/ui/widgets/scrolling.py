"""Keeping in sight what the keyboard reached, where a page scrolls and not the list in it."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea

MARGIN = 12
# The window or a menu gives the keyboard back: it is where it was, and looks as it did.
RETURNING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def keep_in_view(view: QAbstractScrollArea, place: QRect) -> None:
    """Scroll the page around `view` so that `place`, in its viewport, is seen."""
    outer = view.parentWidget()
    while outer is not None and not isinstance(outer, QScrollArea):
        outer = outer.parentWidget()
    plane = outer.widget() if outer is not None else None
    if outer is None or plane is None:
        return
    start = view.viewport().mapTo(plane, place.topLeft())
    for corner in (QPoint(0, place.height()), QPoint(0, 0)):
        point = start + corner
        outer.ensureVisible(point.x(), point.y(), 0, MARGIN)
