"""Places in a text or a list that popovers stand below."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


class Anchor(QWidget):
    """Hands the keyboard on to its view.

    Not by `setFocusProxy`: PySide then takes the view for a child of the anchor, and what Python
    holds of the view's own parts is void once the anchor is deleted.
    """

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view.viewport())
        self._view = view

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The view has the focus from here on."""
        self._view.setFocus(event.reason())


def anchor_in(view: QAbstractScrollArea, place: QRect) -> QWidget:
    """A place in a view that a popover can stand below; it goes with the popover."""
    anchor = Anchor(view)
    anchor.setGeometry(place)
    anchor.show()
    return anchor
