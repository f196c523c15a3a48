"""The theme changes live, and knows every role that a style sheet names."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme import motion, type
from marketer_desktop.ui.theme import theme as theme_module
from marketer_desktop.ui.theme.sheet import PLACE, restyle, set_plane, style_sheet
from marketer_desktop.ui.theme.theme import Theme, color, current
from marketer_desktop.ui.theme.tokens import DARK, LIGHT


def test_a_change_is_told_and_reaches_what_is_open(qtbot: QtBot, theme: Theme) -> None:
    plane = QFrame()
    qtbot.addWidget(plane)
    set_plane(plane, "surface")
    assert plane.grab().toImage().pixelColor(5, 5).name() == LIGHT.surface
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert (theme.mode, theme.tokens) == ("dark", DARK)
    assert plane.grab().toImage().pixelColor(5, 5).name() == DARK.surface
    assert color("text").name() == DARK.text
    assert current() is theme


def test_palette_follows(theme: Theme) -> None:
    theme.set_mode("dark")
    palette = QApplication.palette()
    assert palette.window().color().name() == DARK.window
    assert palette.placeholderText().color().name() == DARK.muted


def test_system_follows_the_desktop(theme: Theme) -> None:
    theme.set_mode("system")
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.tokens is (DARK if is_dark else LIGHT)


def test_system_hears_of_the_desktops_change(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no desktop here: its answer is put in its place, its signal is the real one."""
    hints = QGuiApplication.styleHints()
    theme.set_mode("system")
    monkeypatch.setattr(theme_module, "_desktop_is_dark", lambda: True)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK
    theme.set_mode("light")
    with qtbot.assertNotEmitted(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is LIGHT, "a chosen theme stays"


def test_every_place_in_the_templates_is_a_role() -> None:
    templates = sorted((packaged("resources") / "qss").glob("*.qss"))
    assert templates
    for template in templates:
        assert re.match(r"\d\d_", template.name), template
        for role in PLACE.findall(template.read_text(encoding="utf-8")):
            assert hasattr(LIGHT, role), f"{template.name} names {role}"
    assert "{{" not in style_sheet(DARK)


def test_style_sheets_for_all_leave_fonts_alone() -> None:
    """Qt prefers their fonts to `setFont`, and then weights and text sizes are lost."""
    for template in (packaged("resources") / "qss").glob("[0-4]*.qss"):
        assert "font" not in template.read_text(encoding="utf-8"), template


def test_restyle_looks_at_the_property_again(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.resize(80, 36)
    restyle(button, variant="primary")
    assert button.grab().toImage().pixelColor(40, 8).name() == LIGHT.accent
    restyle(button, variant="danger")
    assert button.grab().toImage().pixelColor(40, 8).name() == LIGHT.danger


@pytest.mark.parametrize("style", type.STYLES)
def test_each_style_is_inter_in_its_real_weight(style: str) -> None:
    wanted, found = type.STYLES[style], QFontInfo(type.font(style))
    assert found.family() == "Inter"
    assert found.pixelSize() == wanted.size
    assert found.weight() == wanted.weight.value


def test_tabular_figures_are_of_one_width(qtbot: QtBot) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(type.font("body", tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    proportional = QFontMetricsF(type.font("body"))
    assert proportional.horizontalAdvance("1111") < proportional.horizontalAdvance("0000")


def test_text_size_reaches_what_is_open(qtbot: QtBot, theme: Theme) -> None:
    button = QPushButton("Text")
    qtbot.addWidget(button)
    type.set_font(button, "label")
    theme.set_text_scale(1.5)
    try:
        assert button.font().pixelSize() == 21
        assert button.font().weight() == 500
        assert type.line_height("body") == 30
    finally:
        theme.set_text_scale(1.0)
    assert button.font().pixelSize() == 14


def test_nothing_moves_for_whoever_asked_for_calm() -> None:
    motion.set_reduced(False)
    assert motion.duration(160) == 160
    motion.set_reduced(True)
    assert motion.duration(160) == 0
