"""Icons of one family, drawn sharp in the colours of the theme that holds now."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import FAMILY

LETTER = "letter:"  # `letter:in` and `letter:X` stand for brands, which have no icon
LETTER_SHARE = 0.8
STROKE, SMALL_STROKE, SMALL, LARGE = 1.75, 2.0, 16, 32
GRID = 24  # the square that the strokes are measured on
BADGE_RADIUS = 8
BADGE_ALPHA = {False: 26, True: 44}  # of a badge's ground, in light and in dark
BADGE_ICON = {32: 18, 36: 20}


def icon(name: str, role: str = "secondary", size: int = 18) -> QIcon:
    """An icon that follows the theme; `accent_text` when checked or selected."""
    return QIcon(_ThemedEngine(name, role, size))


def pixmap(name: str, role: str, size: int, ratio: float) -> QPixmap:
    """The icon in the colour of `role`, `size` px wide on a screen with that pixel ratio."""
    return _drawn(name, color(role), size, ratio)


def badge(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    """The icon in the colour of the role `tint`, on a soft rounded square of that colour."""
    colour = color(tint)
    made = _blank(size, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(colour)
    ground.setAlpha(BADGE_ALPHA[current().tokens.dark])
    painter.setBrush(ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, size, size), BADGE_RADIUS, BADGE_RADIUS)
    inner = BADGE_ICON.get(size, round(size * 0.56))
    edge = (size - inner) / 2
    painter.drawPixmap(
        QRectF(edge, edge, inner, inner).toRect(), _drawn(name, colour, inner, ratio)
    )
    painter.end()
    return made


def _drawn(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    key = f"{name} {colour.name()} {size} {ratio}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = _blank(size, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name.startswith(LETTER):
        _draw_letters(painter, name.removeprefix(LETTER), colour, size)
    else:
        _renderer(name, colour, size).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def _blank(size: int, ratio: float) -> QPixmap:
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _draw_letters(painter: QPainter, letters: str, colour: QColor, size: int) -> None:
    made = QFont(FAMILY)
    made.setPixelSize(round(size * LETTER_SHARE))
    made.setWeight(QFont.Weight.Bold)
    painter.setFont(made)
    painter.setPen(colour)
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, letters)


def _renderer(name: str, colour: QColor, size: int) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour.name())
    text = text.replace('stroke-width="2"', f'stroke-width="{_stroke(size)}"')
    return QSvgRenderer(QByteArray(text.encode()))


def _stroke(size: int) -> float:
    """A large icon keeps the line of a small one: it would look heavy beside its title."""
    if size >= LARGE:
        return STROKE * GRID / size
    return SMALL_STROKE if size <= SMALL else STROKE


@cache
def _source(name: str) -> str:
    return (packaged("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


# Qt owns a clone, which PySide does not know: without a reference here it would be freed twice.
_clones: list[QIconEngine] = []


class _ThemedEngine(QIconEngine):
    """Asks the theme for the colour each time it draws."""

    def __init__(self, name: str, role: str, size: int) -> None:
        super().__init__()
        _ = None if name.startswith(LETTER) else _source(name)  # a wrong name fails here
        self._name, self._role, self._size = name, role, size

    def clone(self) -> QIconEngine:
        made = _ThemedEngine(self._name, self._role, self._size)
        _clones.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        made = pixmap(self._name, self._role_in(mode, state), side, ratio)
        left, top = (rect.width() - side) // 2, (rect.height() - side) // 2
        painter.drawPixmap(rect.left() + left, rect.top() + top, made)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())  # of the device's pixels
        made = pixmap(self._name, self._role_in(mode, state), self._size, side / self._size)
        made.setDevicePixelRatio(1.0)
        return made

    def _role_in(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "disabled"
        chosen = mode == QIcon.Mode.Selected or state == QIcon.State.On
        return "accent_text" if chosen else self._role
