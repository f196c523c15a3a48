"""A day of the month with what lies on it; pills can be dragged to another day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QSizePolicy, QVBoxLayout

from marketer_desktop.services.publications import Publication
from marketer_desktop.ui.pages.calendar.presenter import MOVABLE
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import draw_focus_ring, fill_rounded
from marketer_desktop.ui.widgets.panel_view import emptied
from marketer_desktop.ui.widgets.publishing.words import state_of

MIME = "application/x-marketer-publication"
PILL, RADIUS, EDGE, HEIGHT = 22, 6, 6, 104
MOST = 3  # pills of a day; more are counted
PLANES = {"accent": "accent_subtle", "success": "success_subtle", "error": "error_subtle"}
INKS = {"accent": "accent_text", "success": "success_text", "error": "error_text"}


class PublicationPill(QAbstractButton):
    """The time and the title, in the tone of the state, which its name says, too."""

    def __init__(self, told: Publication) -> None:
        super().__init__()
        self.told = told
        name, self._tone = state_of(told)
        at = told.published_at or told.publish_at
        clock = f"{at.astimezone():%H:%M} " if at else ""
        self.setText(f"{clock}{told.title}")
        self.setAccessibleName(f"{name}: {self.text()}")
        self.setToolTip(f"{told.title}\n{name} · {told.target}")
        self.setFixedHeight(PILL)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pressed_at = QPoint()

    def sizeHint(self) -> QSize:
        """As wide as its day."""
        return QSize(0, PILL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag would begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, if it may go elsewhere."""
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if far < QApplication.startDragDistance() or self.told.state not in MOVABLE:
            return
        data = QMimeData()
        data.setData(MIME, str(self.told.id).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        self.setDown(False)
        drag.exec(Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane and as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, RADIUS, color(PLANES.get(self._tone, "neutral")))
        painter.setFont(font("caption_label"))
        painter.setPen(color(INKS.get(self._tone, "text")))
        room = self.rect().adjusted(EDGE, 0, -EDGE, 0)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.hasFocus():
            draw_focus_ring(painter, rect, RADIUS)


class DayCell(QFrame):
    """Takes what is dropped on it."""

    opened = Signal(int)  # the activity
    dropped = Signal(int, object)  # the publication, the date

    def __init__(self) -> None:
        super().__init__()
        restyle(self, role="day")
        self.day = date.min
        self.setAcceptDrops(True)
        self.setMinimumHeight(HEIGHT)
        self.number = Label("", "caption", "secondary", tabular=True)
        self.more = Label("", "caption", "secondary")
        self._pills = QVBoxLayout()
        self._pills.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.number)
        column.addLayout(self._pills)
        column.addWidget(self.more)
        column.addStretch(1)

    @property
    def pills(self) -> list[PublicationPill]:
        """What is shown."""
        found = (self._pills.itemAt(place) for place in range(self._pills.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [each for each in widgets if isinstance(each, PublicationPill)]

    def show_day(
        self, day: date, told: Sequence[Publication], *, is_today: bool, is_within: bool
    ) -> None:
        """Show a day, quietly where it belongs to another month."""
        self.day = day
        self.number.setText(str(day.day))
        self.number.set_role("accent_text" if is_today else "text" if is_within else "muted")
        restyle(self, today="true" if is_today else "false")
        emptied(self._pills)
        for each in told[:MOST]:
            pill = PublicationPill(each)
            pill.clicked.connect(lambda _=False, number=each.activity_id: self.opened.emit(number))
            self._pills.addWidget(pill)
        self.more.setText(f"+{len(told) - MOST}")
        self.more.setVisible(len(told) > MOST)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take publications only."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped where."""
        number = int(bytes(event.mimeData().data(MIME).data()).decode())
        event.acceptProposedAction()
        self.dropped.emit(number, self.day)
