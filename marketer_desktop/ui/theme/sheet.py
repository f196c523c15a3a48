"""One style sheet out of the numbered templates in `resources/qss` and the colours of a theme."""

import re
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme.tokens import Tokens

PLACE = re.compile(r"\{\{(\w+)\}\}")


def style_sheet(tokens: Tokens) -> str:
    """All templates in order, with every `{{role}}` replaced; an unknown role is a `KeyError`."""
    colours = asdict(tokens)
    templates = sorted((packaged("resources") / "qss").glob("*.qss"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in templates)
    return PLACE.sub(lambda found: str(colours[found[1]]), text)


def set_plane(widget: QWidget, plane: str) -> None:
    """Let `widget` lie on `chrome`, `window`, `surface`, `raised` or `sunken`; hovers follow it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # a subclass has none by itself
    restyle(widget, plane=plane)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at, and have it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
