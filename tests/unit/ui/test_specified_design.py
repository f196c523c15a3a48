"""Section 9.1 of the specification: its sizes, its colours, and why some of these stand aside."""

import re
from pathlib import Path

import pytest

import marketer_desktop.ui
from marketer_desktop.system.places import packaged
from marketer_desktop.ui.theme.tokens import DARK, LIGHT
from marketer_desktop.ui.theme.type import FAMILY, STYLES
from marketer_desktop.ui.widgets.button import HEIGHT, INK
from tests.unit.ui.test_theme_contrast import TEXT, contrast

UI = Path(marketer_desktop.ui.__path__[0])
USED = {
    "gray-50": ("#f9fafb", "window"),
    "gray-100": ("#f3f4f6", "chrome"),
    "gray-200": ("#e5e7eb", "hairline"),
    "gray-300": ("#d1d5db", "button_border"),
    "gray-900": ("#111827", "text"),
    "primary-600": ("#2563eb", "accent"),
    "primary-700": ("#1d4ed8", "accent_hover"),
}
USED_BY_NIGHT = {
    "success-500": ("#10b981", "success_icon"),
    "warning-500": ("#f59e0b", "warning_icon"),
}
TOO_WEAK_BY_DAY = {
    "primary-500": "#3b82f6",
    "gray-500": "#6b7280",
    "success-500": "#10b981",
    "warning-500": "#f59e0b",
    "error-500": "#ef4444",
}


@pytest.mark.parametrize(
    ("style", "size"), [("display", 32), ("page", 24), ("dialog", 20), ("editor", 16), ("body", 14)]
)
def test_sizes_of_type(style: str, size: int) -> None:
    assert (FAMILY, STYLES[style].size) == ("Inter", size)


@pytest.mark.parametrize("name", USED)
def test_colours_by_day(name: str) -> None:
    value, role = USED[name]
    assert getattr(LIGHT, role) == value


@pytest.mark.parametrize("name", USED_BY_NIGHT)
def test_colours_by_night(name: str) -> None:
    value, role = USED_BY_NIGHT[name]
    assert getattr(DARK, role) == value


@pytest.mark.parametrize("name", TOO_WEAK_BY_DAY)
def test_what_stands_aside_would_not_be_read(name: str) -> None:
    assert contrast(TOO_WEAK_BY_DAY[name], LIGHT.chrome) < TEXT


def test_9_3_a_button_has_its_variants_and_sizes() -> None:
    assert {"primary", "secondary", "ghost", "danger"} <= INK.keys()
    assert HEIGHT.keys() == {"sm", "md", "lg"}


def test_corners_are_of_the_scale() -> None:
    sheets = (packaged("resources") / "qss").glob("*.qss")
    found = {
        int(size)
        for sheet in sheets
        for size in re.findall(r"border-radius:\s*(\d+)px", sheet.read_text("utf-8"))
    }
    assert {4, 8, 12} <= found <= {3, 4, 6, 8, 10, 12, 16}


def test_spaces_are_mostly_of_the_grid() -> None:
    found = [
        int(space)
        for path in UI.rglob("*.py")
        for space in re.findall(r"setSpacing\((\d+)\)", path.read_text("utf-8"))
    ]
    assert len([space for space in found if space % 4 == 0]) > 0.8 * len(found) > 100
