"""The settings page: every change is saved at once and seen at once."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.services.choose_database import (
    ChooseDatabase,
    DatabaseAnswer,
    DatabaseChoice,
    ShowDatabaseChoice,
    TryDatabase,
)
from marketer_desktop.services.diagnose import Diagnose
from marketer_desktop.services.models import ListModels, ModelList, UseModel
from marketer_desktop.services.profile import (
    SavePreferences,
    SaveProfile,
)
from marketer_desktop.services.pull_model import (
    PullModel,
)
from marketer_desktop.ui.pages.settings.presenter import SECTIONS
from marketer_desktop.ui.theme import motion, type
from marketer_desktop.ui.theme.theme import Theme
from tests.factories.settings_scene import LLAMA, MODELS, PARTS, STARTER, Scene
from tests.guards import Problems

URL = "postgresql://me@db.example.org/marketer"


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    yield Scene(qtbot)


async def test_one_section_is_shown_at_a_time(scene: Scene, qtbot: QtBot) -> None:
    for section in SECTIONS:
        await scene.show(section)
        assert [key for key, part in scene.page._parts.items() if part.isVisible()] == [section]
    scene.page.shown()
    assert scene.page.about.isVisible()
    await scene.rest()
    scene.page.resize(700, 700)
    assert scene.page.menu.isVisible() and not scene.page.sections.isVisible()
    scene.page.menu.set_value("privacy")
    scene.page.menu.chosen.emit("privacy")
    await scene.window.settle()
    assert scene.page.privacy.isVisible()


async def test_names_are_saved_when_the_field_is_left(scene: Scene, qtbot: QtBot) -> None:
    await scene.show("general")
    name = scene.page.general.name
    assert name.text() == "Ada"
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Ada Berg")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.saved(SaveProfile) == [SaveProfile(name="Ada Berg")]
    assert scene.page.saved.text() == "Saved"


async def test_an_organization_keeps_its_name_rather_than_none(scene: Scene) -> None:
    await scene.show("general")
    line = scene.page.general.organization
    line.setText("  ")
    line.editingFinished.emit()
    await scene.window.settle()
    assert line.text() == "Northwind" and scene.saved(SaveProfile) == []


async def test_choices_of_general_are_preferences(scene: Scene) -> None:
    await scene.show("general")
    scene.page.general.start_page.set_value("projects")
    scene.page.general.start_page.chosen.emit("projects")
    await scene.window.settle()
    assert scene.saved(SavePreferences) == [SavePreferences(values={"start_page": "projects"})]


async def test_the_theme_changes_at_once_and_is_kept(scene: Scene, theme: Theme) -> None:
    await scene.show("appearance")
    scene.page.appearance.theme.set_value("dark")
    scene.page.appearance.theme.chosen.emit("dark")
    await scene.window.settle()
    assert theme.tokens.dark
    assert scene.saved(SavePreferences)[-1].values == {"theme": "dark"}
    theme.set_mode("light")
    assert scene.page.appearance.theme.value() == "light"


async def test_text_size_and_motion_apply_live(scene: Scene, qtbot: QtBot, theme: Theme) -> None:
    await scene.show("appearance")
    try:
        scene.page.appearance.text_size.chosen.emit("115")
        await scene.window.settle()
        assert type.scale() == 1.15
    finally:
        theme.set_text_scale(1.0)
    qtbot.mouseClick(scene.page.appearance.motion, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert not motion.is_reduced()
    kept = [call.values for call in scene.saved(SavePreferences)]
    assert kept == [{"text_size": 115}, {"reduced_motion": False}]


async def test_another_model_is_chosen_by_its_radio(scene: Scene, qtbot: QtBot) -> None:
    await scene.show("models")
    models = scene.page.models
    assert models.radios["ollama:llama3.2:3b"].isChecked()
    assert "2.0 GB" in scene.texts(models)
    assert "Built in, writes samples · 61 tokens/s" in scene.texts(models)
    scene.window.engine.answers[UseModel] = STARTER
    qtbot.mouseClick(models.radios["starter"], Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.saved(UseModel) == [UseModel(name="starter")]


async def test_a_model_is_pulled_with_its_progress_and_cancelled(
    scene: Scene, qtbot: QtBot
) -> None:
    await scene.show("models")
    row = scene.page.models.rows["qwen3:8b"]
    assert row.get.isVisible() and not scene.page.models.rows["llama3.2:3b"].get.isVisible()
    told: list[Any] = []

    async def call(call: Any, on_event: Any = None) -> Any:
        if isinstance(call, PullModel):
            event = {"status": "pulling a", "completed": 1.3e9, "total": 5.2e9, "percent": 25}
            on_event(event)
            try:
                await asyncio.Event().wait()
            finally:
                told.append("stopped")
        return scene.window.engine.answers[type_of(call)]

    scene.window.engine.call = call  # type: ignore[method-assign]
    qtbot.mouseClick(row.get, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert row.bar.isVisible() and row.bar.value() == 25
    assert row.state.text() == "1.3 of 5.2 GB · 25%"
    qtbot.mouseClick(row.cancel, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert told == ["stopped"] and row.get.isVisible() and not row.bar.isVisible()


def type_of(call: Any) -> Any:
    return call.__class__


async def test_a_download_that_failed_says_why_and_can_be_tried_again(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    await scene.show("models")
    row = scene.page.models.rows["qwen3:8b"]
    scene.window.engine.answers[PullModel] = RuntimeError("The download was cut off.")
    qtbot.mouseClick(row.get, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert row.state.text() == "The download was cut off." and row.get.text() == "Try again"
    scene.window.engine.answers[PullModel] = LLAMA
    qtbot.mouseClick(row.get, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    (toast,) = scene.window.go.toasts
    assert toast[:2] == ("qwen3:8b is there.", "Use it")
    log_problems.records.clear()


async def test_without_ollama_the_way_to_it_is_said(scene: Scene, qtbot: QtBot) -> None:
    alone = ModelList(models=[STARTER], ollama="Nothing answers")
    scene.window.engine.answers[ListModels] = alone
    await scene.show("models")
    assert "Ollama not found" in scene.texts(scene.page.models)
    assert not scene.page.models.rows["qwen3:8b"].isVisible()
    scene.window.engine.answers[ListModels] = MODELS
    qtbot.mouseClick(scene.page.models.look_again, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.page.models.rows["qwen3:8b"].isVisible()


async def test_every_part_says_how_it_is_and_what_to_do(scene: Scene) -> None:
    await scene.show("services")
    texts = scene.texts(scene.page.services)
    assert {"Data folder", "Works", "Ollama", "Not in use", "Start."} <= set(texts)
    assert {"Password store", "Does not work", "Unlock it."} <= set(texts)


async def test_a_database_is_tested_and_used_from_the_next_start(
    scene: Scene, qtbot: QtBot
) -> None:
    await scene.show("services")
    card = scene.page.services.database
    assert not card.test.isVisible() and not card.later.isVisible()
    card.kind.set_value("url")
    card.kind.chosen.emit("url")
    card.url.setText(URL)
    engine = scene.window.engine
    engine.answers |= {
        TryDatabase: DatabaseAnswer(version="PostgreSQL 17.1"),
        ChooseDatabase: DatabaseChoice(in_use="embedded", next_start=URL),
    }
    qtbot.mouseClick(card.test, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert "PostgreSQL 17.1 answers." in scene.texts(card.result)
    qtbot.mouseClick(card.use, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert engine.of(ChooseDatabase) == [ChooseDatabase(url=URL)]
    assert f"{URL} is used from the next start." in scene.texts(card.later)


async def test_a_database_that_does_not_answer_is_not_used(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    await scene.show("services")
    card = scene.page.services.database
    card.kind.set_value("docker")
    card.kind.chosen.emit("docker")
    assert card.url.text().startswith("postgresql://postgres:")
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("docker run ")
    scene.window.engine.answers[TryDatabase] = RuntimeError("No connection: refused.")
    qtbot.mouseClick(card.use, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert "No connection: refused." in scene.texts(card.result)
    assert scene.window.engine.of(ChooseDatabase) == []
    log_problems.records.clear()


async def test_privacy_says_what_leaves(scene: Scene) -> None:
    await scene.show("privacy")
    assert "Nothing leaves this machine." in scene.texts(scene.page.privacy)
    away = DatabaseChoice(in_use=URL, next_start=URL)
    scene.window.engine.answers[ShowDatabaseChoice] = away
    await scene.show("privacy")
    texts = scene.texts(scene.page.privacy)
    assert "Some of your texts leave this machine." in texts
    assert any(URL in text for text in texts)


async def test_about_names_version_licences_and_the_log(scene: Scene) -> None:
    await scene.show("about")
    about = scene.page.about
    assert about.table.model().rowCount() > 20
    assert "/data/marketer/logs" in scene.texts(about) and about.open_logs.isEnabled()


async def test_what_cannot_be_read_can_be_tried_again(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    scene.window.engine.answers[Diagnose] = RuntimeError("The database is restarting.")
    await scene.show("services")
    assert "The database is restarting." in scene.texts(scene.page.services)
    scene.window.engine.answers[Diagnose] = PARTS
    buttons = scene.page.services.findChildren(QPushButton)
    retry = next(b for b in buttons if b.text() == "Try again")
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.page.services.error is None
    log_problems.records.clear()


async def test_every_control_has_a_name(scene: Scene) -> None:
    for section in SECTIONS:
        await scene.show(section)
    named = [scene.page.menu, scene.page.sections, scene.page.appearance.motion]
    named += [
        scene.page.general.name,
        scene.page.general.language,
        scene.page.models.rows["qwen3:8b"].get,
    ]
    assert all(control.accessibleName() for control in named)
