"""What is being written now: title, percent, and how long it still takes."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.shell.popup_menu import literal, open_above
from marketer_desktop.ui.shell.run_words import RunWords
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, set_font
from marketer_desktop.ui.widgets.menu import MenuItem
from marketer_desktop.ui.widgets.painting import draw_bar, draw_ring, stroke_rounded

HEIGHT, RADIUS, PADDING = 69, 12, 13
BAR_TOP, BAR = 33, 4
RAIL_SIZE, RING, RING_WIDTH = 40, 22, 3
UNDER_WAY = frozenset({"generating", "waiting", OUTLINE_REVIEW})


class RunCard(ChromeButton):
    """Hidden while nothing runs; a ring on the rail."""

    run_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, radius=RADIUS)
        self._runs: list[LiveRun] = []
        self._words = RunWords()
        self._is_narrow = False
        set_font(self, "secondary_label")
        self.clicked.connect(self._open)
        self.set_narrow(False)
        self.hide()

    def set_runs(self, runs: Sequence[LiveRun]) -> None:
        """Show those under way."""
        self._runs = [run for run in runs if run.status in UNDER_WAY]
        self.setVisible(bool(self._runs))
        if self._runs:
            told = f"{self.title} · {self.percent} % · {self.caption}"
            self.setAccessibleName(told)
            self.setToolTip(told)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Be a ring, or a card."""
        self._is_narrow = narrow
        self.setFixedHeight(RAIL_SIZE if narrow else HEIGHT)
        self.update()

    @property
    def title(self) -> str:
        """The one run's title, or how many there are."""
        if len(self._runs) == 1:
            return self._runs[0].title
        return self.tr("{0} runs").format(len(self._runs))

    @property
    def percent(self) -> int:
        """How far the runs are, on average."""
        return round(sum(run.progress for run in self._runs) / max(1, len(self._runs)))

    @property
    def caption(self) -> str:
        """What is going on, or how long all of it takes."""
        if len(self._runs) == 1:
            return self._words.state(self._runs[0])
        running = [run for run in self._runs if run.status == "generating"]
        asking = [run for run in self._runs if run.status == OUTLINE_REVIEW]
        waiting = len(self._runs) - len(running) - len(asking)
        told = [self.tr("{0} running").format(len(running))] if running else []
        told += [self.tr("{0} waiting").format(waiting)] if waiting else []
        told += [self.tr("{0} for you").format(len(asking))] if asking else []
        return " · ".join(told)

    def sizeHint(self) -> QSize:
        """A square on the rail."""
        return QSize(RAIL_SIZE, RAIL_SIZE) if self._is_narrow else QSize(200, HEIGHT)

    def ground(self) -> str | None:
        """A card lies on the plane; a ring does not."""
        if self._is_narrow:
            return super().ground()
        return "hover" if self.underMouse() or self.isDown() else "surface"

    def paint_content(self, painter: QPainter) -> None:
        """A card, or a ring."""
        if not self._runs:
            return
        if self._is_narrow:
            self._paint_ring(painter)
        else:
            self._paint_card(painter)

    def _paint_card(self, painter: QPainter) -> None:
        stroke_rounded(painter, QRectF(self.rect()), RADIUS, color("hairline"))
        inner = self.width() - 2 * PADDING
        percent = self._paint_percent(painter, inner)
        painter.setFont(self.font())
        painter.setPen(color("text"))
        room = QRect(PADDING, 10, inner - percent - 8, 18)
        title = self.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(font("caption", tabular=True))
        painter.setPen(color("secondary"))
        room = QRect(PADDING, 43, inner, 16)
        text = painter.fontMetrics().elidedText(self.caption, Qt.TextElideMode.ElideRight, inner)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        self._paint_bar(painter, inner)

    def _paint_percent(self, painter: QPainter, inner: int) -> int:
        """The percent at the right; returns its width."""
        painter.setFont(font("caption", tabular=True))
        painter.setPen(color("secondary"))
        text = f"{self.percent}%"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(PADDING, 10, inner, 18), right, text)
        return painter.fontMetrics().horizontalAdvance(text)

    def _paint_bar(self, painter: QPainter, inner: int) -> None:
        bar = QRectF(PADDING, BAR_TOP, inner, BAR)
        draw_bar(painter, bar, self.percent / 100, color("accent"))

    def _paint_ring(self, painter: QPainter) -> None:
        box = QRectF(0, 0, RING, RING)
        box.moveCenter(QRectF(self.rect()).center())
        draw_ring(painter, box, self.percent / 100, color("accent"), RING_WIDTH)

    def _open(self) -> None:
        if len(self._runs) == 1:
            self.run_asked.emit(self._runs[0].activity_id)
        else:
            open_above(self, [self._item(run) for run in self._runs])

    def _item(self, run: LiveRun) -> MenuItem:
        text = f"{literal(run.title)} · {run.progress} %"
        return MenuItem(text, lambda: self.run_asked.emit(run.activity_id))
