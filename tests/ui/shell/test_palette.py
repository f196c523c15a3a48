"""The palette: typed, chosen, remembered."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.activities import ActivityList, ActivitySummary, ListActivities
from marketer_desktop.services.document_library import DocumentList, ListDocuments
from marketer_desktop.services.profile import Profile, SavePreferences, ShowProfile
from marketer_desktop.services.projects import ListProjects, ProjectList, ProjectSummary
from marketer_desktop.ui.shell.palette import Palette
from marketer_desktop.ui.theme.theme import Theme
from tests.fakes.fake_bridge import FakeWindow

NOW = datetime(2026, 3, 18, tzinfo=UTC)


def profile(*recent: str) -> Profile:
    kept = {"palette_recent": list(recent)}
    return Profile(
        user_id=1, name="", organization_id=1, organization="Northwind", preferences=kept
    )


@pytest.fixture
def fake(qtbot: QtBot) -> FakeWindow:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    QPushButton("before", window).setFocus()
    window.show()
    activity = ActivitySummary(
        activity_id=5,
        type="blog",
        topic="Fresh coffee",
        status="completed",
        word_count=9,
        created_at=NOW,
    )
    project = ProjectSummary(
        project_id=3,
        name="Spring launch",
        is_archived=False,
        campaigns=[],
        activity_count=0,
        published_count=0,
        document_count=0,
        updated_at=NOW,
    )
    answers: dict[Any, Any] = {
        ShowProfile: profile(),
        SavePreferences: profile(),
        ListActivities: ActivityList(activities=[activity]),
        ListProjects: ProjectList(projects=[project]),
        ListDocuments: DocumentList(documents=[], tags=[]),
    }
    return FakeWindow(answers, window)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
async def palette(fake: FakeWindow, asked: list[str]) -> Palette:
    made = Palette(fake.context, lambda: asked.append("keys"), lambda: asked.append("quit"))
    made.open_palette()
    await fake.settle()
    return made


def titles(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


async def test_before_typing_it_offers_actions_pages_and_what_there_is(palette: Palette) -> None:
    shown = titles(palette)
    assert shown[:2] == ["Actions", "New activity"]
    assert {"Go to", "Dashboard", "Activities", "Fresh coffee", "Spring launch"} <= set(shown)


async def test_letters_and_enter_lead_to_a_page(
    palette: Palette, fake: FakeWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.field, "team")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    await fake.settle()
    assert fake.go.went == [("team", {})]
    assert not palette.isVisible()
    assert fake.window.focusWidget() is fake.window.findChild(QPushButton)


@pytest.mark.parametrize(
    ("query", "went"),
    [
        ("fresh", ("activity", {"activity_id": 5})),
        ("spring", ("project", {"project_id": 3})),
        ("optimise", ("optimise", {})),
        ("from a csv", ("batch", {})),
    ],
)
async def test_everything_found_leads_somewhere(
    palette: Palette, fake: FakeWindow, qtbot: QtBot, query: str, went: object
) -> None:
    qtbot.keyClicks(palette.field, query)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    await fake.settle()
    assert fake.go.went == [went]


async def test_what_the_window_does_is_asked_of_it(
    palette: Palette, fake: FakeWindow, qtbot: QtBot, asked: list[str]
) -> None:
    for query in ("shortcuts", "quit"):
        palette.open_palette()
        qtbot.keyClicks(palette.field, query)
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        await fake.settle()
    assert asked == ["keys", "quit"]
    palette.open_palette()
    qtbot.keyClicks(palette.field, "new act")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert fake.go.wizards == [{}]


async def test_the_theme_changes(palette: Palette, qtbot: QtBot, theme: Theme) -> None:
    qtbot.keyClicks(palette.field, "dark")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert theme.mode == "dark"


async def test_arrows_go_round_and_pass_the_names_of_groups(palette: Palette, qtbot: QtBot) -> None:
    first = palette.list.current
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.current is not first
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    last = palette.list.current
    assert last is not None and last.title == titles(palette)[-1]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.current is first


async def test_what_was_chosen_stands_first_next_time(
    palette: Palette, fake: FakeWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.field, "spring")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    await fake.settle()
    (saved,) = fake.engine.of(SavePreferences)
    assert saved.values == {"palette_recent": ["project/3"]}
    fake.engine.answers[ShowProfile] = profile("project/3")
    palette.open_palette()
    await fake.settle()
    assert titles(palette)[:2] == ["Recent", "Spring launch"]


async def test_nothing_found_is_said(palette: Palette, fake: FakeWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "zzz")
    assert titles(palette) == []
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert fake.go.went == []


async def test_escape_and_a_click_beside_it_close(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open_palette()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(10, 500))
    assert not palette.isVisible()


async def test_the_windows_shortcuts_rest_meanwhile(palette: Palette, fake: FakeWindow) -> None:
    palette.close_palette()
    shortcut = QShortcut(QKeySequence("Ctrl+N"), fake.window)
    palette.open_palette()
    assert shortcut.keys() == []
    palette.close_palette()
    assert shortcut.keys() == [QKeySequence("Ctrl+N")]


async def test_it_stays_inside_a_narrow_window(palette: Palette, fake: FakeWindow) -> None:
    fake.window.resize(720, 560)
    await fake.settle()
    panel = palette.field.parentWidget()
    assert panel is not None
    assert palette.rect().contains(panel.geometry())
