"""Lending models on the settings page: a form, how the connection stands, and what came over it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.lend_model import EndLending, LendModels, PauseLending, ShowLending
from marketer_desktop.services.lending import Lending, ServedRequest
from marketer_desktop.ui.pages.settings.lending_section import LendingSection
from tests.factories.settings_scene import Scene
from tests.guards import Problems

SERVER = "https://team.example.com"
CONNECTED = Lending(
    state="connected",
    server=SERVER,
    models=["llama3.2:3b", "starter"],
    capacity=4,
    answered=7,
)
WAITING = Lending(
    state="waiting", server=SERVER, problem="The server does not answer.", retry_seconds=12.4
)


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


def done() -> ServedRequest:
    return ServedRequest(
        id=uuid4(),
        model="llama3.2:3b",
        state="done",
        began_at=datetime.now(UTC),
        seconds=4.21,
        prompt_tokens=300,
        completion_tokens=120,
    )


async def shown(scene: Scene, told: Lending | None = None) -> LendingSection:
    if told is not None:
        scene.window.engine.answers[ShowLending] = told
    await scene.show("agent")
    return scene.page.lending


def fill(section: LendingSection, qtbot: QtBot) -> None:
    qtbot.keyClicks(section.form.server, SERVER)
    qtbot.keyClicks(section.form.key, "agnt_secret")
    qtbot.keyClick(section.form.key, Qt.Key.Key_Return)


async def test_a_form_while_nothing_is_lent(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene)
    assert section.form.isVisible() and not section.pill.isVisible()
    assert "Your own runs go first." in " ".join(scene.texts(section))
    qtbot.mouseClick(section.form.connect_button, Qt.MouseButton.LeftButton)
    assert section.form.server_field.error == "Enter the address of the server."
    qtbot.keyClicks(section.form.server, SERVER)
    qtbot.keyClick(section.form.server, Qt.Key.Key_Return)
    assert "Enter the key" in section.form.key_field.error
    assert scene.saved(LendModels) == []


async def test_lent_it_shows_the_connection_and_what_came(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene)
    scene.window.engine.answers[LendModels] = CONNECTED.model_copy(update={"requests": [done()]})
    fill(section, qtbot)
    await scene.window.settle()
    assert scene.saved(LendModels) == [LendModels(server=SERVER, key="agnt_secret")]
    assert section.pill.text() == "Connected" and not section.form.isVisible()
    said = scene.texts(section)
    assert "llama3.2:3b, starter · 4 at once" in said and "7 answered" in said
    assert "just now · 4.2 s · 420 tokens" in said
    assert section.form.key.text() == ""


async def test_what_cannot_be_is_said_at_the_address(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    section = await shown(scene)
    scene.window.engine.answers[LendModels] = WrongUse("Use https://.")
    fill(section, qtbot)
    await scene.window.settle()
    assert section.form.server_field.error == "Use https://."
    assert section.form.key.text() == "agnt_secret" and not section.form.connect_button.is_loading
    log_problems.records.clear()


async def test_it_is_paused_and_goes_on(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene, CONNECTED)
    paused = CONNECTED.model_copy(update={"state": "paused"})
    scene.window.engine.answers[PauseLending] = paused
    qtbot.mouseClick(section.pause, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert section.pill.text() == "Paused" and section.pause.isChecked()
    scene.window.engine.answers[PauseLending] = CONNECTED
    qtbot.mouseClick(section.pause, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert [call.action for call in scene.saved(PauseLending)] == ["pause", "go_on"]
    assert section.pill.text() == "Connected"


async def test_a_lost_server_is_tried_again_at_once_when_told(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene, WAITING)
    assert section.pill.text() == "Again in 12 s"
    assert "The server does not answer." in scene.texts(section)
    scene.window.engine.answers[PauseLending] = CONNECTED
    section._connect_now()
    await scene.window.settle()
    assert not section.problem.isVisible()


async def test_disconnected_the_form_is_back(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene, CONNECTED)
    scene.window.engine.answers[EndLending] = Lending(state="off")
    qtbot.mouseClick(section.end, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert section.form.isVisible() and not section.served.isVisible()


async def test_no_request_yet_says_what_will_be_kept(scene: Scene) -> None:
    section = await shown(scene, CONNECTED.model_copy(update={"answered": 0}))
    assert any("Texts are not kept" in text for text in scene.texts(section.served))
    assert section.served.findChildren(QLabel)


async def test_privacy_tells_of_it(scene: Scene) -> None:
    scene.window.engine.answers[ShowLending] = CONNECTED
    await scene.show("privacy")
    said = scene.texts(scene.page.privacy)
    assert "None of your texts leaves this machine." in said
    assert any(f"Your models are lent to {SERVER}" in text for text in said)
