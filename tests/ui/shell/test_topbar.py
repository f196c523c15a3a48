"""The topbar tells what it is asked for, and fits the width."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.shell.account_menu import WorkspaceEntry
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.widgets.menu import MenuItem


@pytest.fixture
def topbar(qtbot: QtBot) -> Topbar:
    bar = Topbar()
    qtbot.addWidget(bar)
    bar.resize(1280, 52)
    bar.set_projects([(1, "Q1 Campaign"), (2, "Q2 & Planning")], 1)
    bar.set_organizations([WorkspaceEntry(1, "Northwind"), WorkspaceEntry(2, "Kestrow")], 1)
    bar.set_sync("")
    bar.show()
    return bar


def choose(items: list[MenuItem | None], text: str) -> None:
    next(item for item in items if item is not None and item.text == text).chosen()


def test_the_search_field_asks_for_the_palette(topbar: Topbar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(topbar.palette_asked):
        qtbot.mouseClick(topbar.search, Qt.MouseButton.LeftButton)
    topbar.search.setFocus()
    with qtbot.waitSignal(topbar.palette_asked):
        qtbot.keyClick(topbar.search, Qt.Key.Key_Return)


def test_a_project_or_all_of_them_are_chosen(topbar: Topbar) -> None:
    chosen: list[object] = []
    topbar.project_chosen.connect(chosen.append)
    choose(topbar.projects.items(), "Q2 && Planning")
    choose(topbar.projects.items(), "All projects")
    assert chosen == [2, None]
    assert [item.checked for item in topbar.projects.items()[:3] if item] == [False, True, False]


def test_an_unknown_project_counts_as_all(topbar: Topbar) -> None:
    topbar.set_projects([(1, "Q1 Campaign")], 7)
    assert topbar.projects.text() == "All projects"


def test_projects_are_managed_on_their_page(topbar: Topbar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(topbar.page_asked) as asked:
        choose(topbar.projects.items(), "Manage projects…")
    assert asked.args == ["projects"]


def test_unread_messages_are_counted(topbar: Topbar) -> None:
    topbar.set_unread(3)
    assert topbar.bell.accessibleName() == "Notifications, 3 unread"
    topbar.set_unread(0)
    assert topbar.bell.accessibleName() == "Notifications"


def test_the_account_menu(topbar: Topbar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(topbar.organization_chosen) as chosen:
        choose(topbar.account.items(), "Kestrow")
    assert chosen.args == [2]
    with qtbot.waitSignal(topbar.page_asked) as page:
        choose(topbar.account.items(), "Settings")
    assert page.args == ["settings"]
    for text, signal in (
        ("New organization…", topbar.new_organization_asked),
        ("Keyboard shortcuts", topbar.shortcuts_asked),
        ("Quit", topbar.quit_asked),
    ):
        with qtbot.waitSignal(signal):
            choose(topbar.account.items(), text)


def test_organizations_of_an_account_stand_under_its_name(topbar: Topbar, qtbot: QtBot) -> None:
    listed = [
        WorkspaceEntry(1, "Northwind"),
        WorkspaceEntry(3, "Team & Co", "team.example.com"),
        WorkspaceEntry(2, "Kestrow"),
    ]
    topbar.set_organizations(listed, 3)
    items = topbar.account.items()
    told = [item.text if item else None for item in items]
    own = ["Northwind", "Kestrow", "New organization…"]
    assert told[:7] == [*own, None, "team.example.com", "Team && Co", None]
    assert [item.checked for item in items[:6] if item] == [False, False, None, None, True]
    assert topbar.account.toolTip() == "Team & Co · team.example.com"
    with qtbot.waitSignal(topbar.organization_chosen) as signal:
        choose(items, "Team && Co")
    assert signal.args == [3]
    with qtbot.waitSignal(topbar.account_asked):
        choose(items, "team.example.com")


def test_with_an_account_the_sync_takes_the_place_of_the_device(
    topbar: Topbar, qtbot: QtBot
) -> None:
    assert topbar.device.isVisible() and not topbar.sync.isVisible()
    topbar.set_sync("waiting", 3, "Last sync 2 minutes ago")
    assert topbar.sync.isVisible() and not topbar.device.isVisible()
    assert topbar.sync.accessibleName() == "Sync: 3 waiting"
    assert topbar.sync.toolTip() == "3 waiting · Last sync 2 minutes ago"
    topbar.device.set_cloud("OpenAI")
    assert topbar.device.isVisible() and topbar.device.width() == 16
    topbar.set_sync("")
    assert topbar.device.isVisible() and not topbar.sync.isVisible()
    topbar.device.set_cloud("")
    assert topbar.device.isVisible()


def test_before_anything_is_known_nothing_is_claimed(qtbot: QtBot) -> None:
    bar = Topbar()
    qtbot.addWidget(bar)
    bar.show()
    bar.device.set_cloud("")
    assert not bar.device.isVisible() and not bar.sync.isVisible()
    bar.set_sync("")
    assert bar.device.isVisible()


def test_the_menu_opens_and_goes_away(topbar: Topbar, qtbot: QtBot) -> None:
    qtbot.mouseClick(topbar.account, Qt.MouseButton.LeftButton)
    (opened,) = topbar.account.findChildren(QMenu)
    assert opened.isVisible()
    opened.close()
    qtbot.waitUntil(lambda: topbar.account.findChildren(QMenu) == [])


@pytest.mark.parametrize("sync", ["", "needs_attention"])
@pytest.mark.parametrize("width", [1280, 900, 720])
def test_nothing_overlaps_or_is_cut(topbar: Topbar, width: int, sync: str) -> None:
    topbar.set_sync(sync)
    topbar.set_projects([(1, "A project with a name that is far too long for its place")], 1)
    topbar.resize(width, 52)
    topbar.set_compact(width < 1024)
    layout = topbar.layout()
    assert layout is not None
    layout.activate()
    parts: list[QWidget] = [
        topbar.projects,
        topbar.search,
        topbar.sync if sync else topbar.device,
        topbar.bell,
        topbar.account,
    ]
    edges = [(p.mapTo(topbar, QPoint(0, 0)).x(), p.width()) for p in parts]
    for (left, span), (following, _) in pairwise(edges):
        assert left + span <= following
    assert sum(edges[-1]) <= width


def test_the_drawer_is_offered_where_there_is_no_sidebar(topbar: Topbar, qtbot: QtBot) -> None:
    topbar.resize(720, 52)
    (button,) = (b for b in topbar.findChildren(QWidget) if b.accessibleName() == "Menu")
    assert button.isVisible()
    with qtbot.waitSignal(topbar.drawer_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    topbar.resize(1280, 52)
    assert not button.isVisible()


def test_every_part_that_takes_the_keyboard_has_a_name(topbar: Topbar) -> None:
    stops = [w for w in topbar.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) >= 4
    assert all(widget.accessibleName() for widget in stops)
