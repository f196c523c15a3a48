"""Every text and every part of a control is told from what it lies on, in both themes (WCAG 2)."""

import pytest

from marketer_desktop.ui.theme.tokens import DARK, LIGHT, Tokens

TEXT, PART = 4.5, 3.0
PLANES = ["chrome", "window", "surface", "raised", "sunken"]
STATES = ["hover", "hover_chrome", "hover_raised", "pressed", "selected", "neutral"]
TONES = ["accent", "success", "warning", "error"]
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("role", ["text", "secondary", "muted"])
def test_text_is_read_on_every_plane_in_every_state(tokens: Tokens, role: str) -> None:
    too_weak = weak(tokens, role, PLANES + STATES, TEXT)
    assert not too_weak


@BOTH
def test_links_are_read_on_every_plane(tokens: Tokens) -> None:
    assert not weak(tokens, "accent_text", [*PLANES, "selected", "hover"], TEXT)


@BOTH
@pytest.mark.parametrize("tone", TONES)
def test_tones_are_read_on_planes_and_on_their_own_ground(tokens: Tokens, tone: str) -> None:
    assert not weak(tokens, f"{tone}_text", [*PLANES, f"{tone}_subtle"], TEXT)


@BOTH
@pytest.mark.parametrize("tone", TONES[1:])
def test_signs_are_seen_on_planes_and_on_their_own_ground(tokens: Tokens, tone: str) -> None:
    assert not weak(tokens, f"{tone}_icon", [*PLANES, f"{tone}_subtle"], PART)


@BOTH
@pytest.mark.parametrize("fill", ["accent", "danger"])
def test_white_is_read_on_filled_buttons(tokens: Tokens, fill: str) -> None:
    assert not weak(tokens, "on_accent", [fill, f"{fill}_hover", f"{fill}_pressed"], TEXT)


@BOTH
@pytest.mark.parametrize("role", ["control", "focus", "accent", "danger", "chart_1", "chart_6"])
def test_parts_are_seen_on_planes(tokens: Tokens, role: str) -> None:
    assert not weak(tokens, role, PLANES, PART)


@BOTH
@pytest.mark.parametrize("ground", ["selection", "code", "mark", "tooltip"])
def test_special_grounds_carry_their_own_text(tokens: Tokens, ground: str) -> None:
    assert not weak(tokens, f"{ground}_text", [ground], TEXT)


@BOTH
def test_planes_are_told_apart_in_dark(tokens: Tokens) -> None:
    order = [tokens.chrome, tokens.window, tokens.surface, tokens.raised]
    if tokens.dark:
        assert [luminance(plane) for plane in order] == sorted(luminance(p) for p in order)
        assert len(set(order)) == len(order)
    assert tokens.surface != tokens.window


def weak(tokens: Tokens, ink: str, grounds: list[str], least: float) -> dict[str, float]:
    """The grounds on which `ink` falls short."""
    found = {ground: contrast(getattr(tokens, ink), getattr(tokens, ground)) for ground in grounds}
    return {ground: round(ratio, 2) for ground, ratio in found.items() if ratio < least}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
