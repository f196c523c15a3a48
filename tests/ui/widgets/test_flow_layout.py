from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.flow_layout import FlowLayout


class Box(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def sizeHint(self) -> QSize:
        return QSize(self._width, 20)


@dataclass
class Shown:
    place: QWidget
    flow: FlowLayout
    boxes: list[Box]


def laid_out(qtbot: QtBot, width: int, *, right_to_left: bool = False) -> Shown:
    place = QWidget()
    qtbot.addWidget(place)
    if right_to_left:
        place.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = FlowLayout(8, place)
    boxes = [Box(100), Box(60), Box(80)]
    for box in boxes:
        flow.addWidget(box)
    place.resize(width, 100)
    place.show()
    return Shown(place, flow, boxes)


def test_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    shown = laid_out(qtbot, 180)

    assert [(box.x(), box.y()) for box in shown.boxes] == [(0, 0), (108, 0), (0, 28)]


def test_height_depends_on_width(qtbot: QtBot) -> None:
    shown = laid_out(qtbot, 180)

    assert [shown.flow.heightForWidth(width) for width in (300, 180, 100)] == [20, 48, 76]


def test_begins_at_the_right_where_the_language_does(qtbot: QtBot) -> None:
    shown = laid_out(qtbot, 180, right_to_left=True)

    assert [box.geometry().right() for box in shown.boxes] == [179, 179 - 108, 179]


def test_part_wider_than_the_place_is_cut_to_it(qtbot: QtBot) -> None:
    shown = laid_out(qtbot, 90)

    assert [box.width() for box in shown.boxes] == [90, 60, 80]


def test_hidden_parts_take_no_room(qtbot: QtBot) -> None:
    shown = laid_out(qtbot, 190)

    shown.boxes[1].hide()
    shown.flow.activate()

    assert (shown.boxes[2].x(), shown.boxes[2].y()) == (108, 0)
    assert shown.flow.count() == 3
