"""Where an activity is shown: in the editor if it has a text that is at rest, else its progress."""

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.activities import ActivityDetails, ShowActivity
from marketer_desktop.ui.app.navigator import WindowNavigator
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.window import MainWindow
from tests.fakes.fake_bridge import FakeWindow


class NotedStack:
    def __init__(self) -> None:
        self.went: list[str] = []

    def go(self, page: str, arguments: object) -> None:
        self.went.append(page)


@pytest.fixture
async def fake(qtbot: QtBot) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    fake = FakeWindow({}, window)
    yield fake
    await fake.tasks.close()


@pytest.mark.parametrize(
    ("told", "page"),
    [
        ({"status": "completed", "path": "text.md", "word_count": 300}, "editor"),
        ({"status": "approved", "word_count": 24}, "editor"),  # imported, or of another desktop
        ({"status": "published", "word_count": 24}, "editor"),
        ({"status": "draft"}, "editor"),
        ({"status": "generating", "path": "text.md", "word_count": 300}, "progress"),
        ({"status": "failed"}, "progress"),
    ],
)
async def test_a_text_opens_in_the_editor(
    fake: FakeWindow, told: dict[str, Any], page: str
) -> None:
    fake.engine.answers[ShowActivity] = ActivityDetails(
        activity_id=9, executions=[], events=[], **told
    )
    stack = NotedStack()
    go = WindowNavigator(cast(MainWindow, fake.window), cast(EngineBridge, fake.engine), fake.tasks)
    go.connect(cast(PageStack, stack), lambda **prefill: None)
    go.to("activity", activity_id=9)
    await fake.settle()
    assert stack.went == [page]
