"""Buttons keep their sizes, say what they do, and take keys as well as clicks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.theme.tokens import DARK, LIGHT
from marketer_desktop.ui.widgets.button import Button, IconButton, LinkButton

Put = Callable[..., QWidget]


def ground(button: Button) -> str:
    """Its colour beside the text."""
    return button.grab().toImage().pixelColor(5, button.height() // 2).name()


@pytest.mark.parametrize(("size", "height"), [("sm", 28), ("md", 36), ("lg", 44)])
def test_heights_are_those_of_the_design(put: Put, size: str, height: int) -> None:
    button = Button("Generate", size=size)
    put(button)
    assert button.height() == height


@pytest.mark.parametrize(
    ("variant", "role"),
    [
        ("primary", "accent"),
        ("secondary", "surface"),
        ("soft", "accent_subtle"),
        ("danger", "danger"),
    ],
)
def test_variants_have_their_colours_in_both_themes(
    put: Put, theme: Theme, variant: str, role: str
) -> None:
    button = Button("Go", variant=variant)
    put(button)
    assert ground(button) == getattr(LIGHT, role)
    theme.set_mode("dark")
    assert ground(button) == getattr(DARK, role)
    button.setEnabled(False)
    assert ground(button) == DARK.sunken


def test_loading_keeps_the_width_and_the_focus_and_takes_no_clicks(put: Put, qtbot: QtBot) -> None:
    button = Button("Generate", variant="primary", icon="sparkles")
    put(button)
    button.setFocus()
    width = button.sizeHint().width()
    button.set_loading(True)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(button, Qt.Key.Key_Space)
        button.click()
    assert button.is_loading
    assert button.sizeHint().width() == width
    assert button.hasFocus()
    assert ground(button) == LIGHT.accent
    button.set_loading(False)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("button", [Button, LinkButton])
def test_keys_press_it(put: Put, qtbot: QtBot, key: Qt.Key, button: type[Button]) -> None:
    made = button("View all")
    put(made)
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


def test_enter_with_a_modifier_is_left_to_the_form(put: Put, qtbot: QtBot) -> None:
    button = Button("Add")
    put(button)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_an_icon_makes_room_for_itself(qtbot: QtBot) -> None:
    button = Button("Download")
    qtbot.addWidget(button)
    plain = button.sizeHint().width()
    button.set_icon("download")
    assert button.sizeHint().width() == plain + 18 + 8


def test_an_icon_button_tells_name_and_shortcut(put: Put, qtbot: QtBot) -> None:
    button = IconButton("bold", "Bold", shortcut="Ctrl+B", size=28)
    put(button)
    assert button.accessibleName() == "Bold"
    assert button.toolTip() == "Bold (Ctrl+B)"
    assert (button.width(), button.height()) == (28, 28)
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
