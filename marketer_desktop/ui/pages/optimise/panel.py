"""The right side of *Optimise*: the type of the text and its score; it scrolls beside the text."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.scroll_bar import keep_room_for_bar

GAP = 16
BAR_ROOM = 16  # for the scroll bar and a gap before it
UNBOUND = 16_777_215  # Qt's own word for no limit


class SidePanel(QScrollArea):
    """Add to `column`. Below the text, it is as high as what is in it, and the page scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_below = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plane = QWidget()
        self.column = QVBoxLayout(self._plane)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.setWidget(self._plane)
        self.viewport().setAutoFillBackground(False)
        self._plane.setAutoFillBackground(False)
        self._plane.installEventFilter(self)
        keep_room_for_bar(self)

    def fit(self, width: int | None) -> None:
        """Take this width beside the text, or with None all of it below the text."""
        self._is_below = width is None
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        room = 0 if self._is_below else BAR_ROOM
        if not self._is_below:
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(policy)
        bar = self.verticalScrollBar().sizeHint().width() if room else 0
        self.column.setContentsMargins(0, 0, room - bar, 0)
        self.setMinimumWidth((width or 0) + room)
        self.setMaximumWidth(UNBOUND if width is None else width + room)
        self._fit_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is in it, where the page scrolls."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit_height()
        return False

    def _fit_height(self) -> None:
        wanted = 0
        if self._is_below:
            layout = self._plane.layout()
            assert layout is not None
            by_width = layout.heightForWidth(self.viewport().width())
            wanted = max(by_width, layout.minimumSize().height())
        if self.minimumHeight() != wanted:
            self.setMinimumHeight(wanted)
