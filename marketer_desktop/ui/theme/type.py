"""The styles of text: Inter in the sizes and weights that the window uses, and no others."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from marketer_desktop.system.places import packaged

FAMILY = "Inter"
TIGHT_FROM = 20  # px; large type is set closer
TIGHT_PERCENT = 98.0
STYLE_PROPERTY = "textStyle"

Weight = QFont.Weight


@dataclass(frozen=True)
class TextStyle:
    """A size and its line in px, and a weight."""

    size: int
    line: int
    weight: QFont.Weight = Weight.Normal


STYLES = {
    "display": TextStyle(32, 40, Weight.Bold),
    "page": TextStyle(24, 32, Weight.DemiBold),
    "dialog": TextStyle(20, 28, Weight.DemiBold),
    "figure": TextStyle(20, 28, Weight.DemiBold),
    "section": TextStyle(16, 24, Weight.DemiBold),
    "body": TextStyle(14, 20),
    "label": TextStyle(14, 20, Weight.Medium),
    "strong": TextStyle(14, 20, Weight.DemiBold),
    "secondary": TextStyle(13, 18),
    "secondary_label": TextStyle(13, 18, Weight.Medium),
    "caption": TextStyle(12, 16),
    "caption_label": TextStyle(12, 16, Weight.Medium),
    "editor": TextStyle(16, 26),
    "editor_h1": TextStyle(28, 34, Weight.Bold),
    "editor_h2": TextStyle(22, 28, Weight.DemiBold),
    "editor_h3": TextStyle(18, 24, Weight.DemiBold),
}

_scale = 1.0


def load_fonts() -> None:
    """Make Inter known to Qt."""
    for path in sorted((packaged("resources") / "fonts").glob("*.ttf")):
        _load(path)


def _load(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise FileNotFoundError(f"Qt cannot read the font {path}")


def font(style: str, *, tabular: bool = False) -> QFont:
    """The font of `style`; `tabular` figures are all of one width, for counters and columns."""
    wanted = STYLES[style]
    made = QFont(FAMILY)
    made.setPixelSize(round(wanted.size * _scale))
    made.setWeight(wanted.weight)
    if wanted.size >= TIGHT_FROM:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, TIGHT_PERCENT)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def code_font() -> QFont:
    """The system's fixed font, in the size of code."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(round(STYLES["body"].size * _scale))
    return made


def line_height(style: str) -> int:
    """The height of one line of `style` in px."""
    return round(STYLES[style].line * _scale)


def set_font(widget: QWidget, style: str, *, tabular: bool = False) -> None:
    """Give `widget` the font of `style`, and a new one whenever the text size changes."""
    widget.setProperty(STYLE_PROPERTY, [style, tabular])
    widget.setFont(font(style, tabular=tabular))


def scale() -> float:
    """How much larger than designed text is."""
    return _scale


def set_scale(value: float, widgets: list[QWidget]) -> None:
    """Set all text `value` times as large, in `widgets` too."""
    global _scale
    _scale = value
    for widget in widgets:
        kept = widget.property(STYLE_PROPERTY)
        if kept:
            widget.setFont(font(kept[0], tabular=kept[1]))
