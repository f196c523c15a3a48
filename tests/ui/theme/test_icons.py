"""Icons are sharp, of one stroke, and in the colours of the theme."""

import gc
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.theme.tokens import DARK, LIGHT


def strongest(pixmap: QPixmap) -> str:
    """The colour of the pixel that covers most."""
    image = pixmap.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha).name()


@pytest.mark.parametrize("name", ["search", "letter:in", "letter:X"])
def test_an_icon_has_the_colour_of_its_role_in_the_theme_of_now(theme: Theme, name: str) -> None:
    made = icons.icon(name, "text", 20)
    assert strongest(made.pixmap(QSize(20, 20))) == LIGHT.text
    theme.set_mode("dark")
    assert strongest(made.pixmap(QSize(20, 20))) == DARK.text


def test_states_have_colours_of_their_own() -> None:
    made, size = icons.icon("square"), QSize(18, 18)
    assert strongest(made.pixmap(size, QIcon.Mode.Disabled)) == LIGHT.disabled
    assert strongest(made.pixmap(size, QIcon.Mode.Selected)) == LIGHT.accent_text
    on = made.pixmap(size, QIcon.Mode.Normal, QIcon.State.On)
    assert strongest(on) == LIGHT.accent_text


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(ratio: float) -> None:
    made = icons.pixmap("bell", "text", 18, ratio)
    assert made.size() == QSize(18, 18) * ratio
    assert made.deviceIndependentSize().toSize() == QSize(18, 18)


def test_an_icon_outlives_its_copies() -> None:
    made = icons.icon("bell")
    for _ in range(200):
        copy = QIcon(made)
        copy.addPixmap(QPixmap(4, 4))  # a copy that is changed is cloned
        assert not copy.pixmap(QSize(18, 18)).isNull()
    del copy
    gc.collect()
    assert strongest(made.pixmap(QSize(18, 18))) == LIGHT.secondary


def test_small_icons_have_a_stronger_stroke() -> None:
    def ink(size: int) -> float:
        image = icons.pixmap("square", "text", size, 1).toImage()
        total = sum(image.pixelColor(x, y).alphaF() for x in range(size) for y in range(size))
        return total / size  # per px of length

    assert ink(16) / 16 > ink(48) / 48 * 1.1


def test_a_badge_is_a_soft_ground_with_the_icon_in_its_tint() -> None:
    made = icons.badge("mail", "chart_3", 36, 1)
    image = made.toImage()
    assert made.size() == QSize(36, 36)
    assert image.pixelColor(0, 0).alpha() < 20, "the corners are round"
    assert 0 < image.pixelColor(4, 18).alpha() < 60
    assert strongest(made) == LIGHT.chart_3


def test_a_wrong_name_fails_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_all_icons_are_of_one_family() -> None:
    """Recolouring relies on it."""
    for path in (packaged("resources") / "icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        if "lucide" not in text:
            continue
        assert 'stroke="currentColor"' in text, path
        assert re.search(r'stroke-width="2"', text), path
