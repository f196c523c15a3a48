"""The sidebar leads to the pages by mouse and keyboard, in each of its forms."""

import gc
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.ui.shell.drawer import Drawer
from marketer_desktop.ui.shell.frame import Frame
from marketer_desktop.ui.shell.model_line import ModelLine
from marketer_desktop.ui.shell.nav_item import NavItem
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.run_card import RunCard
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.widgets.page import Page

PAGES = ["dashboard", "projects", "calendar", "documents", "team", "settings"]

Kind = TypeVar("Kind", bound=QWidget)


def only(parent: QWidget, kind: type[Kind]) -> Kind:
    (found,) = parent.findChildren(kind)
    return found


def run(number: int = 1, **more: object) -> LiveRun:
    told = {
        "activity_id": number,
        "title": f"Run {number}",
        "type": "blog",
        "status": "generating",
        "step": "writing",
        "progress": 60,
        "eta_seconds": 41,
        "position": 0,
    }
    return LiveRun.model_validate({**told, **more})


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Sidebar())
    row.addStretch(1)
    made.show()
    return made


@pytest.fixture
def sidebar(window: QWidget) -> Sidebar:
    return only(window, Sidebar)


def items(sidebar: Sidebar) -> list[NavItem]:
    return sidebar.window().findChildren(NavItem)


def test_a_click_asks_for_its_page(sidebar: Sidebar, qtbot: QtBot) -> None:
    asked: list[str] = []
    sidebar.page_asked.connect(asked.append)
    for item in items(sidebar):
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert asked == PAGES


def test_arrows_move_and_enter_asks(sidebar: Sidebar, qtbot: QtBot) -> None:
    first, *_, last = items(sidebar)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    focused = sidebar.window().focusWidget()
    assert focused is items(sidebar)[1]
    with qtbot.waitSignal(sidebar.page_asked) as asked:
        qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert asked.args == ["projects"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert sidebar.window().focusWidget() is last


@pytest.mark.parametrize(
    ("page", "entry"),
    [("dashboard", "dashboard"), ("project", "projects"), ("editor", "projects"), ("welcome", "")],
)
def test_the_entry_of_a_page_is_marked(sidebar: Sidebar, page: str, entry: str) -> None:
    sidebar.set_current("settings")
    sidebar.set_current(page)
    marked = [item.page for item in items(sidebar) if item.isChecked()]
    assert marked == ([entry] if entry else [])


def test_a_click_alone_does_not_mark(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.set_current("dashboard")
    qtbot.mouseClick(items(sidebar)[2], Qt.MouseButton.LeftButton)
    assert [item.page for item in items(sidebar) if item.isChecked()] == ["dashboard"]


def test_the_rail_keeps_names_in_tooltips(sidebar: Sidebar) -> None:
    sidebar.set_mode("rail")
    assert sidebar.width() == 56
    assert [item.toolTip() for item in items(sidebar)][1] == "Projects  Ctrl+2"
    sidebar.set_mode("wide")
    assert (sidebar.width(), items(sidebar)[1].toolTip()) == (216, "")


def test_one_run_is_shown_and_opened(sidebar: Sidebar, qtbot: QtBot) -> None:
    card = only(sidebar, RunCard)
    assert not card.isVisible()
    sidebar.set_runs([run(5), run(6, status="completed")])
    assert card.isVisible()
    assert (card.title, card.percent, card.caption) == ("Run 5", 60, "Writing · 40 s left")
    with qtbot.waitSignal(sidebar.run_asked) as asked:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert asked.args == [5]
    sidebar.set_runs([])
    assert not card.isVisible()


def test_several_runs_are_counted(sidebar: Sidebar) -> None:
    waiting = run(2, status="waiting", step=None, progress=0, eta_seconds=None, position=1)
    sidebar.set_runs([run(1), waiting])
    card = only(sidebar, RunCard)
    assert (card.title, card.percent, card.caption) == ("2 runs", 30, "1 running · 1 waiting")


@pytest.mark.parametrize(
    ("more", "caption"),
    [
        ({"eta_seconds": 2}, "Writing · 5 s left"),
        ({"eta_seconds": 58}, "Writing · 1 min left"),
        ({"eta_seconds": 290}, "Writing · 5 min left"),
        ({"eta_seconds": None}, "Writing"),
        ({"step": None, "eta_seconds": None}, "Getting ready"),
        ({"status": "waiting", "position": 0}, "Waiting"),
        ({"status": "waiting", "position": 1}, "Waiting · 1 run ahead"),
        ({"status": "waiting", "position": 3}, "Waiting · 3 runs ahead"),
    ],
)
def test_what_a_run_is_doing(sidebar: Sidebar, more: dict[str, object], caption: str) -> None:
    sidebar.set_runs([run(1, **more)])
    assert only(sidebar, RunCard).caption == caption


def test_the_model_leads_to_its_settings(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.set_model("Starter model", "ready")
    line = only(sidebar, ModelLine)
    assert line.accessibleName() == "Starter model · Ready"
    with qtbot.waitSignal(sidebar.models_asked):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def test_the_drawer_opens_over_the_window_and_closes(
    window: QWidget, sidebar: Sidebar, qtbot: QtBot
) -> None:
    sidebar.set_current("team")
    sidebar.set_mode("drawer")
    assert not sidebar.isVisible()
    sidebar.open_drawer()
    drawer = only(window, Drawer)
    assert drawer.isVisible()
    assert drawer.size() == window.size()
    assert isinstance(window.focusWidget(), NavItem)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    sidebar.open_drawer()
    qtbot.mouseClick(drawer, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
    assert not drawer.isVisible()
    sidebar.open_drawer()
    with qtbot.waitSignal(sidebar.page_asked):
        qtbot.mouseClick(items(sidebar)[0], Qt.MouseButton.LeftButton)
    assert not drawer.isVisible()


def test_tab_stays_in_the_drawer(window: QWidget, sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.set_mode("drawer")
    sidebar.open_drawer()
    drawer = only(window, Drawer)
    seen = []
    for _ in range(8):
        focused = window.focusWidget()
        assert focused is not None and drawer.isAncestorOf(focused)
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert len(set(seen)) == 7  # the cross and six pages, then round again


def test_the_bar_comes_back_from_the_drawer(window: QWidget, sidebar: Sidebar) -> None:
    sidebar.set_mode("drawer")
    sidebar.open_drawer()
    sidebar.set_mode("wide")
    assert not only(window, Drawer).isVisible()
    assert sidebar.isVisible()
    assert all(item.isVisible() and sidebar.isAncestorOf(item) for item in items(sidebar))


def test_a_window_can_go_while_the_keyboard_is_in_its_bar(qtbot: QtBot) -> None:
    pages = PageStack({"page": lambda: Page("A page")})
    frame = Frame(Topbar(), Sidebar(), pages)
    pages.go("page", {})
    frame.show()
    frame.findChildren(NavItem)[2].setFocus(Qt.FocusReason.TabFocusReason)
    frame.hide()
    del frame, pages  # freed twice, the ring around the focus took the process with it
    gc.collect()
    qtbot.wait(1)
