"""Strokes shared by painted widgets and delegates: pills, rings, bars, tiles, focus rings."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from marketer_desktop.ui.theme.icons import badge, pixmap
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import font

PILL_HEIGHT, PILL_PADDING = 20, 8
GOOD, FAIR = 71, 41  # scores from here on are good, or fair
_PILL_ROLES = {
    "accent": ("accent_subtle", "accent_text"),
    "success": ("success_subtle", "success_text"),
    "warning": ("warning_subtle", "warning_text"),
    "error": ("error_subtle", "error_text"),
}
_FILL_ROLES = {
    "accent": "accent",
    "chart": "chart_1",
    "success": "success_icon",
    "warning": "warning_icon",
    "error": "error_icon",
    "neutral": "muted",
}


def score_tone(score: int) -> str:
    """The tone of a score from 0 to 100: success, warning or error."""
    if score >= GOOD:
        return "success"
    return "warning" if score >= FAIR else "error"


def fill_color(tone: str) -> QColor:
    """The colour of bars and rings of a tone."""
    return color(_FILL_ROLES[tone])


def track_color() -> QColor:
    """The ground that bars and rings run on."""
    return color("neutral" if current().tokens.dark else "pressed")


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """`first` with a `share` of `second` in it."""
    rest = 1 - share
    return QColor.fromRgbF(
        first.redF() * rest + second.redF() * share,
        first.greenF() * rest + second.greenF() * share,
        first.blueF() * rest + second.blueF() * share,
    )


def width_of(text: str, face: QFont) -> float:
    """The width of `text` in pixels."""
    return QFontMetricsF(face).horizontalAdvance(text)


def fill_rounded(painter: QPainter, rect: QRectF, radius: float, ground: QColor) -> None:
    """Fill a rounded rectangle without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)


def stroke_rounded(
    painter: QPainter, rect: QRectF, radius: float, edge: QColor, width: float = 1
) -> None:
    """Draw the edge of a rounded rectangle inside `rect`."""
    half = width / 2
    painter.setPen(QPen(edge, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def draw_focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The ring that shows where the keyboard is."""
    stroke_rounded(painter, rect, radius, color("focus"), 2)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """Draw one line, in the middle of the height, elided if it must be; True if it was."""
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(face)
    painter.setPen(ink)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return shown != text


def pill_width(text: str) -> float:
    """The width of a pill around `text`."""
    return width_of(text, font("caption_label")) + 2 * PILL_PADDING


def draw_pill(painter: QPainter, left: float, middle: float, text: str, tone: str) -> None:
    """Draw a pill from `left`, with its `middle` at that height."""
    ground, ink = _PILL_ROLES.get(tone, ("neutral", "secondary"))
    rect = QRectF(left, middle - PILL_HEIGHT / 2, pill_width(text), PILL_HEIGHT)
    fill_rounded(painter, rect, PILL_HEIGHT / 2, color(ground))
    draw_text(painter, rect, text, font("caption_label"), color(ink), Qt.AlignmentFlag.AlignHCenter)


def draw_arc(
    painter: QPainter, rect: QRectF, fraction: float, ink: QColor, width: float, start: float = 0
) -> None:
    """A clockwise arc inside `rect` from `start` turns past twelve o'clock."""
    half = width / 2
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(half, half, -half, -half)
    painter.drawArc(inner, round((0.25 - start) * 5760), round(-fraction * 5760))


def draw_ring(painter: QPainter, rect: QRectF, fraction: float, ink: QColor, width: float) -> None:
    """A ring that is filled clockwise from twelve o'clock, on its track."""
    draw_arc(painter, rect, 1, track_color(), width)
    if fraction > 0:
        draw_arc(painter, rect, min(fraction, 1), ink, width)


def draw_score(painter: QPainter, rect: QRectF, score: int) -> None:
    """The small ring around a score that lists show."""
    draw_ring(painter, rect, score / 100, fill_color(score_tone(score)), 3)
    face = QFont(font("caption", tabular=True))
    face.setPixelSize(11 if score < 100 else 10)
    face.setWeight(QFont.Weight.DemiBold)
    draw_text(painter, rect, str(score), face, color("text"), Qt.AlignmentFlag.AlignHCenter)


def draw_bar(painter: QPainter, rect: QRectF, fraction: float, ink: QColor) -> None:
    """A horizontal bar on its track, round at both ends."""
    radius = rect.height() / 2
    fill_rounded(painter, rect, radius, track_color())
    if fraction > 0:
        width = max(rect.width() * min(fraction, 1), rect.height())
        fill_rounded(painter, QRectF(rect.x(), rect.y(), width, rect.height()), radius, ink)


def draw_icon(painter: QPainter, center: QPointF, name: str, role: str, size: int) -> None:
    """An icon around `center`."""
    ratio = painter.device().devicePixelRatio()
    image = pixmap(name, role, size, ratio)
    painter.drawPixmap(QPointF(center.x() - size / 2, center.y() - size / 2), image)


def draw_badge(painter: QPainter, rect: QRectF, name: str, tint: str) -> None:
    """An icon on a tile of its own colour; `tint` is a role such as `chart_2`."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), badge(name, tint, round(rect.width()), ratio))
