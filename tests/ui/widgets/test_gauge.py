from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme, color
from marketer_desktop.ui.widgets.gauge import Gauge
from marketer_desktop.ui.widgets.painting import score_tone
from marketer_desktop.ui.widgets.ring import ScoreRing


def image_of(gauge: Gauge) -> QImage:
    return gauge.grab().toImage()


def test_arc_fills_clockwise_from_the_top(qtbot: QtBot) -> None:
    gauge = Gauge(72)
    qtbot.addWidget(gauge)
    gauge.set(50, "success")

    image = image_of(gauge)

    assert image.pixelColor(68, 36) == color("success_icon")
    assert image.pixelColor(3, 36) == color("pressed")
    assert gauge.accessibleDescription() == "50 of 100"


def test_without_a_score_there_is_only_the_track(qtbot: QtBot) -> None:
    gauge = Gauge(72)
    qtbot.addWidget(gauge)
    gauge.set(50, "success")

    gauge.set(None)

    assert image_of(gauge).pixelColor(68, 36) == color("pressed")
    assert gauge.accessibleDescription() == "No score yet"


def test_required_score_has_a_tick(qtbot: QtBot) -> None:
    gauge = Gauge(72)
    qtbot.addWidget(gauge)
    gauge.set(10, "error")

    gauge.set_required(75)

    assert image_of(gauge).pixelColor(4, 35) == color("text")


def test_colours_follow_the_theme(qtbot: QtBot, theme: Theme) -> None:
    gauge = Gauge(72)
    qtbot.addWidget(gauge)
    gauge.set(50, "success")
    gauge.show()

    theme.set_mode("dark")

    assert image_of(gauge).pixelColor(68, 36) == QColor(theme.tokens.success_icon)


def test_tones_change_at_the_bounds() -> None:
    assert [score_tone(score) for score in (100, 71, 70, 41, 40, 0)] == [
        "success",
        "success",
        "warning",
        "warning",
        "error",
        "error",
    ]


def test_ring_shows_nothing_without_a_score(qtbot: QtBot) -> None:
    ring = ScoreRing(84)
    qtbot.addWidget(ring)
    shown = ring.grab().toImage()
    assert ring.accessibleName() == "Score 84"

    ring.set(None)

    assert ring.grab().toImage() != shown
    assert ring.accessibleName() == ""
