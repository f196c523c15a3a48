import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.bar_chart import BarChart
from marketer_desktop.ui.widgets.horizontal_bars import Bar, HorizontalBars
from marketer_desktop.ui.widgets.progress_bar import ProgressBar


def moves(bar: ProgressBar) -> bool:
    return bar._timer != 0


def chart_of(qtbot: QtBot, values: list[float]) -> BarChart:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.set(values, [str(day + 1) for day in range(len(values))])
    return chart


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 2), (1, 2), (11, 12), (13, 16), (145, 160), (2300, 4000)]
)
def test_axis_ends_at_an_even_figure(qtbot: QtBot, highest: float, top: float) -> None:
    assert chart_of(qtbot, [highest])._top() == top


def test_highest_bar_reaches_as_far_as_its_value(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, [6, 12])
    plot = chart._plot()
    image = chart.grab().toImage()
    first, second = (round(plot.left() + plot.width() * share) for share in (0.25, 0.75))

    assert image.pixelColor(second, round(plot.top()) + 4) == color("chart_1")
    assert image.pixelColor(first, round(plot.top()) + 4) != color("chart_1")
    assert image.pixelColor(first, round(plot.center().y()) + 4) == color("chart_1")


def test_days_are_told_to_screen_readers(qtbot: QtBot) -> None:
    assert chart_of(qtbot, [3, 0, 1200]).accessibleDescription() == "1: 3, 3: 1,200"


def test_hovered_bar_tells_its_figure(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, [3, 5])
    chart.show()
    place = QPoint(round(chart._plot().right()) - 5, 100)

    QApplication.sendEvent(
        chart, QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place))
    )

    assert QToolTip.text() == "2: 5"
    QToolTip.hideText()


def test_longest_bar_fills_its_track(qtbot: QtBot) -> None:
    bars = HorizontalBars()
    qtbot.addWidget(bars)
    bars.set([Bar("Outline", 2, "2.0 s"), Bar("Write", 40, "40.0 s")])
    bars.resize(400, bars.sizeHint().height())
    image = bars.grab().toImage()

    inked = [sum(image.pixelColor(x, y) == color("chart_1") for x in range(400)) for y in (16, 48)]

    assert bars.sizeHint().height() == 64
    assert inked[1] > 200
    assert 6 <= inked[0] < inked[1] / 10
    assert bars.accessibleDescription() == "Outline: 2.0 s, Write: 40.0 s"


def test_progress_bar_stays_within_its_bounds(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set(140)
    assert bar.value() == 100
    bar.set(-3)
    assert bar.value() == 0
    assert bar.height() == 6


def test_unknown_end_moves_only_while_seen(qtbot: QtBot) -> None:
    motion.set_reduced(False)
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set(None)
    assert bar.maximum() == 0
    assert not moves(bar)

    bar.show()
    assert moves(bar)

    bar.hide()
    assert not moves(bar)

    bar.show()
    bar.set(30)
    assert not moves(bar)


def test_unknown_end_stands_still_without_motion(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set(None)
    bar.resize(100, 6)
    bar.show()

    assert not moves(bar)
    assert bar.grab().toImage().pixelColor(10, 3) == color("accent")
