"""The progress page on real services: the same picture live, afterwards, and after a restart."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brief import Brief
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.services.generate_content import start
from marketer_desktop.services.parts import Parts
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.pages.progress.page import ProgressPage
from tests.factories.engines import running_parts
from tests.fakes.fake_bridge import FakeWindow
from tests.fakes.near_bridge import NearBridge
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true


class Scene:
    """A page on an engine."""

    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        frame = QWidget()
        qtbot.addWidget(frame)
        self.window = FakeWindow({}, frame)
        self.bridge = NearBridge(parts)
        self.page = ProgressPage(
            PageContext(cast(EngineBridge, self.bridge), self.window.tasks, self.window.go)
        )
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()

    async def until(self, holds: Callable[[], bool]) -> None:
        async def settled() -> bool:
            await self.window.settle()
            return holds()

        await becomes_true(settled)

    @property
    def text(self) -> str:
        return self.page.draft.toPlainText()

    async def rest(self) -> None:
        """Wait for what is being read: a query that is cut off is a warning in the log."""
        await self.until(lambda: not self.window.tasks._running)

    async def close(self) -> None:
        await self.bridge.close()
        await self.rest()


@pytest.fixture
async def model() -> AsyncIterator[ScriptedChatModel]:
    yield ScriptedChatModel(about="coffee", pause=0.05)


async def test_a_run_is_watched_to_its_end_and_taken_up_after_a_restart(
    qtbot: QtBot,
    migrated_url: str,
    tmp_path: Path,
    model: ScriptedChatModel,
    shared_embeddings: MiniLmEmbeddings,
) -> None:
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        async with parts.database.unit_of_work() as work:
            place = await work.workspaces.local_workspace()
            await work.commit()
        number = await start(parts, place, Brief(topic="fresh coffee", words=250), STARTER)
        scene = Scene(qtbot, parts)
        scene.page.shown(activity_id=number)
        await scene.until(lambda: scene.page.words.text() > "" and len(scene.text) > 400)
        assert scene.page.card.headline.text().startswith(("About", "Generating"))
        before = scene.text.split("\n")[0]
        await scene.close()
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        scene = Scene(qtbot, parts)
        scene.page.shown()
        await scene.until(lambda: scene.page.card.headline.text() == "Interrupted")
        assert scene.text.split("\n")[0] == before and "Writing" in _steps(scene)
        scene.page._resume()
        await scene.until(lambda: scene.page.open.isVisible())
        await scene.rest()
        live, steps = scene.text, _steps(scene)
        assert live.startswith(before) and steps.count("done") == 5
        await scene.close()
        again = Scene(qtbot, parts)
        again.page.shown(activity_id=number)
        await again.until(lambda: again.text == live)
        assert _steps(again) == steps
        await again.close()


def _steps(scene: Scene) -> str:
    return scene.page.card.stepper.accessibleDescription()
