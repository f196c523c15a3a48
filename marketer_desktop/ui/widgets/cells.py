"""What a table may hold besides plain text, and how it is painted."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, line_height
from marketer_desktop.ui.widgets.painting import (
    draw_bar,
    draw_icon,
    draw_pill,
    draw_text,
    fill_color,
    fill_rounded,
    pill_width,
    width_of,
)

CHIP, CHIP_GAP, BAR_MAX = 24, 6, 120
Align = Qt.AlignmentFlag


@dataclass(frozen=True)
class TitleCell:
    """The name of the thing: stronger, with an icon and a second line if it has one."""

    text: str
    subtitle: str = ""
    icon: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.text}, {self.subtitle}" if self.subtitle else self.text

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint icon and lines."""
        left = rect.left()
        if self.icon:
            middle = QPointF(left + 10, rect.center().y())
            draw_icon(painter, middle, self.icon, "secondary", 20)
        lines = rect.adjusted(self._shift(), 0, 0, 0)
        if not self.subtitle:
            draw_text(painter, lines, self.text, font("label"), color("text"))
            return
        first, second = line_height("label"), line_height("secondary")
        top = rect.center().y() - (first + second - 2) / 2
        title = QRectF(lines.left(), top, lines.width(), first)
        draw_text(painter, title, self.text, font("label"), color("text"))
        subtitle = QRectF(lines.left(), top + first - 1, lines.width(), second)
        draw_text(painter, subtitle, self.subtitle, font("secondary"), color("secondary"))

    def cut(self, width: float) -> str:
        """What does not fit into `width`."""
        room = width - self._shift()
        lines = ((self.text, font("label")), (self.subtitle, font("secondary")))
        return "\n".join(text for text, face in lines if width_of(text, face) > room)

    def _shift(self) -> int:
        return 32 if self.icon else 0


@dataclass(frozen=True)
class TextCell:
    """Plain text; `role` is its colour."""

    text: str
    role: str = "secondary"

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.text

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint the text; figures line up."""
        face = font("secondary", tabular=True)
        draw_text(painter, rect, self.text, face, color(self.role), align)

    def cut(self, width: float) -> str:
        """What does not fit into `width`."""
        return self.text if width_of(self.text, font("secondary", tabular=True)) > width else ""


@dataclass(frozen=True)
class PillCell:
    """A state in its tone: accent, success, warning, error or neutral."""

    text: str
    tone: str = "neutral"

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.text

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint the pill."""
        right = align & Align.AlignRight
        left = rect.right() - pill_width(self.text) if right else rect.left()
        draw_pill(painter, left, rect.center().y(), self.text, self.tone)

    def cut(self, width: float) -> str:
        """What does not fit into `width`."""
        return self.text if pill_width(self.text) > width else ""


@dataclass(frozen=True)
class ProgressCell:
    """How far something is, from 0 to 100, with a word beside the bar if it has one."""

    percent: float
    text: str = ""
    tone: str = "chart"

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.text or f"{self.percent:.0f}%"

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint the bar, then the word."""
        face = font("caption", tabular=True)
        word = width_of(self.text, face) + 9 if self.text else 0
        width = min(rect.width() - word, BAR_MAX)
        left = rect.right() - width - word if align & Align.AlignRight else rect.left()
        bar = QRectF(left, rect.center().y() - 3, width, 6)
        draw_bar(painter, bar, self.percent / 100, fill_color(self.tone))
        place = QRectF(bar.right() + 8, rect.top(), word, rect.height())
        draw_text(painter, place, self.text, face, color("secondary"))

    def cut(self, width: float) -> str:
        """Bars always fit."""
        return ""


@dataclass(frozen=True)
class ChipsCell:
    """Words such as tags; those that do not fit are counted."""

    values: list[str] = field(default_factory=list)

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(self.values)

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint as many chips as fit."""
        x, face = rect.left(), font("caption_label")
        shown = self._fitting(rect.width())
        words = list(self.values[:shown])
        if shown < len(self.values):
            words.append(f"+{len(self.values) - shown}")
        for word in words:
            width = min(width_of(word, face) + 16, rect.right() - x)
            chip = QRectF(x, rect.center().y() - CHIP / 2, width, CHIP)
            fill_rounded(painter, chip, 6, color("neutral"))
            inner = chip.adjusted(8, 0, -7, 0)
            draw_text(painter, inner, word, face, color("secondary"))
            x += width + CHIP_GAP

    def cut(self, width: float) -> str:
        """All words, when some do not fit."""
        return self.spoken() if self._fitting(width) < len(self.values) else ""

    def _fitting(self, width: float) -> int:
        face, used = font("caption_label"), 0.0
        for place, word in enumerate(self.values):
            used += width_of(word, face) + 16 + (CHIP_GAP if place else 0)
            more = 34 if place < len(self.values) - 1 else 0
            if used + more > width:
                return place
        return len(self.values)


@dataclass(frozen=True)
class IconCell:
    """An icon; `name` is what a screen reader says."""

    icon: str
    name: str = ""
    role: str = "secondary"

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.name

    def paint(self, painter: QPainter, rect: QRectF, align: Align) -> None:
        """Paint the icon."""
        x = rect.right() - 9 if align & Align.AlignRight else rect.left() + 9
        draw_icon(painter, QPointF(x, rect.center().y()), self.icon, self.role, 18)

    def cut(self, width: float) -> str:
        """The name is told, as the icon does not say it."""
        return self.name


Cell = TitleCell | TextCell | PillCell | ProgressCell | ChipsCell | IconCell


def cell_of(value: object) -> Cell:
    """A cell as it is; anything else as plain text."""
    if isinstance(value, TitleCell | TextCell | PillCell | ProgressCell | ChipsCell | IconCell):
        return value
    return TextCell("" if value is None else str(value))
