"""A model that can be chosen, and one that can be got."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from marketer_desktop.services.pull_model import Recommendation
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import draw_text, fill_rounded, stroke_rounded
from marketer_desktop.ui.widgets.progress_bar import ProgressBar

HEIGHT, EDGE, RADIUS, CIRCLE, DOT, TEXT_LEFT = 64, 16, 12, 18, 8, 46
BAR = 120


class ModelChoice(QAbstractButton):
    """A card with a round mark; checked while this model writes."""

    def __init__(self, name: str, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._about = name, about
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ring_on_focus(self, RADIUS)

    def sizeHint(self) -> QSize:
        """As wide as its place."""
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the mark and two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, on = QRectF(self.rect()), self.isChecked()
        ground = "hover" if self.underMouse() and not on else "surface"
        fill_rounded(painter, rect, RADIUS, color(ground))
        edge = "accent" if on else "button_border" if self.underMouse() else "hairline"
        stroke_rounded(painter, rect, RADIUS, color(edge), 2 if on else 1)
        self._paint_mark(painter, on)
        room = QRectF(TEXT_LEFT, HEIGHT / 2 - 20, self.width() - TEXT_LEFT - EDGE, 20)
        draw_text(painter, room, self.text(), font("label"), color("text"))
        below = room.translated(0, 21).adjusted(0, 0, 0, -2)
        draw_text(painter, below, self._about, font("secondary"), color("secondary"))

    def _paint_mark(self, painter: QPainter, on: bool) -> None:
        circle = QRectF(EDGE, (HEIGHT - CIRCLE) / 2, CIRCLE, CIRCLE)
        if not on:
            stroke_rounded(painter, circle, CIRCLE / 2, color("control"), 1.5)
            return
        fill_rounded(painter, circle, CIRCLE / 2, color("accent"))
        dot = QRectF(0, 0, DOT, DOT)
        dot.moveCenter(QPointF(circle.center()))
        fill_rounded(painter, dot, DOT / 2, color("on_accent"))


class ModelOffer(QWidget):
    """A model that would suit this machine, with a button that gets it."""

    get_asked = Signal(str)
    stop_asked = Signal(str)

    def __init__(self, offer: Recommendation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        size = self.tr("Get · {0} GB").format(f"{offer.download_gb:.1f}")
        self.get = Button(size, size="sm", icon="download")
        self.get.setAccessibleName(self.tr("Get {0}").format(offer.name))
        self.get.clicked.connect(lambda: self.get_asked.emit(offer.name))
        self.bar = ProgressBar()
        self.bar.setFixedWidth(BAR)
        self.bar.setAccessibleName(self.tr("{0} is being downloaded").format(offer.name))
        self._percent = Label("", "secondary", "secondary", tabular=True)
        self._stop = IconButton("x", self.tr("Stop the download"), size=28)
        self._stop.clicked.connect(lambda: self.stop_asked.emit(offer.name))
        self._arrange()
        self.set_running(False)

    def set_running(self, running: bool) -> None:
        """Show the button, or how far the download is."""
        self.get.setVisible(not running)
        for part in (self.bar, self._percent, self._stop):
            part.setVisible(running)
        self.bar.set(None)
        self._percent.setText("")

    def set_percent(self, percent: int | None) -> None:
        """How far it is; None while the size is not known."""
        self.bar.set(percent)
        self._percent.setText("" if percent is None else f"{percent} %")

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(self.offer.name, "label", elide=True))
        words.addWidget(Label(self.offer.about, "secondary", "secondary", elide=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        row.addLayout(words, 1)
        for part in (self.bar, self._percent, self._stop, self.get):
            row.addWidget(part)
