"""The window around the pages: widths, places it remembers, second starts, shortcuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.app.shortcut_binding import first_control, to_next_region
from marketer_desktop.ui.app.single_instance import WindowServer, raise_other_window
from marketer_desktop.ui.shell.frame import Frame, mode_for
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from marketer_desktop.ui.widgets.button import Button


class Paper(QWidget):
    """A page that notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.button = Button("On the page", parent=self)

    def shown(self, **arguments: object) -> None:
        self.heard.append(arguments)

    def left(self) -> None:
        self.heard.append("left")


@pytest.mark.parametrize(
    ("width", "page", "mode"),
    [
        (700, "dashboard", "drawer"),
        (767, "editor", "drawer"),
        (768, "dashboard", "rail"),
        (1023, "dashboard", "rail"),
        (1024, "dashboard", "wide"),
        (1280, "editor", "rail"),
        (1440, "editor", "wide"),
    ],
)
def test_the_sidebar_fits_width_and_page(width: int, page: str, mode: str) -> None:
    assert mode_for(width, page) == mode


def test_pages_are_made_on_their_first_visit_and_there_is_a_way_back(qtbot: QtBot) -> None:
    made: list[Paper] = []

    def make() -> Paper:
        made.append(Paper())
        return made[-1]

    stack = PageStack({"one": make, "two": make})
    qtbot.addWidget(stack)
    assert not stack.back()
    stack.go("one", {})
    stack.go("two", {"number": 7})
    stack.go("two", {"number": 7})
    assert (len(made), stack.current_page) == (2, "two")
    assert made[1].heard == [{"number": 7}, {"number": 7}]
    assert stack.back()
    assert stack.current_page == "one"
    assert made[0].heard == [{}, "left", {}]
    assert not stack.back()
    stack.leave_all()
    assert made[0].heard[-1] == "left"


def test_the_frame_follows_the_width(qtbot: QtBot) -> None:
    stack = PageStack({"dashboard": Paper})
    frame = Frame(Topbar(), Sidebar(), stack)
    qtbot.addWidget(frame)
    stack.go("dashboard", {})
    frame.show()
    for width, mode in ((1280, "wide"), (900, "rail"), (700, "drawer")):
        frame.resize(width, 800)
        QCoreApplication.processEvents()
        assert frame.sidebar.mode == mode


def test_the_focus_goes_from_region_to_region(qtbot: QtBot) -> None:
    paper = Paper()
    stack = PageStack({"dashboard": lambda: paper})
    frame = Frame(Topbar(), Sidebar(), stack)
    qtbot.addWidget(frame)
    frame.resize(1280, 800)
    stack.go("dashboard", {})
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    visited = []
    for _ in range(4):
        to_next_region(frame)
        focused = frame.focusWidget()
        assert focused is not None
        regions = {"top": frame.topbar, "side": frame.sidebar, "page": frame.pages}
        visited += [name for name, region in regions.items() if region.isAncestorOf(focused)]
    round_trip = ["top", "side", "page"]
    start = round_trip.index(visited[0])  # where the focus was before decides
    assert visited == [round_trip[(start + step) % 3] for step in range(4)]
    assert first_control(QWidget()) is None


def test_the_window_remembers_its_place_and_looks(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(WindowStore(tmp_path))
    qtbot.addWidget(window)
    window.show_view(QLabel("Hello"))
    window.show()
    window.resize(760, 600)
    asked: list[bool] = []
    window.close_asked.connect(lambda: asked.append(True))
    assert not window.close()
    assert asked == [True]
    window.close_for_good()
    assert not window.isVisible()

    store = WindowStore(tmp_path)
    assert (store.theme, store.text_size, store.knows_the_tray) == ("system", 100, False)
    store.theme, store.text_size = "dark", 120
    store.knows_the_tray = store.reduced_motion = True
    again = WindowStore(tmp_path)
    assert (again.theme, again.text_size) == ("dark", 120)
    assert (again.knows_the_tray, again.reduced_motion) == (True, True)
    second = MainWindow(again)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (760, 600)


def test_a_second_start_raises_the_window_there_is(
    qtbot: QtBot, tmp_path: Path, short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    assert not raise_other_window(tmp_path)
    raised: list[bool] = []
    server = WindowServer(tmp_path, lambda: raised.append(True))
    assert raise_other_window(tmp_path)
    qtbot.waitUntil(lambda: raised == [True])
    server.close()
    assert not raise_other_window(tmp_path)
