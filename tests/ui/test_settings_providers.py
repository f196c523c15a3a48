"""Models in the cloud on the settings page: their keys, and what is said of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.models import ListModels, ModelEntry, ModelList
from marketer_desktop.services.providers import (
    CheckProvider,
    ListProviders,
    ProviderCheck,
    ProviderList,
    ProviderState,
    RemoveProviderKey,
    SetProviderKey,
)
from marketer_desktop.ui.pages.settings.provider_row import ProviderRow
from marketer_desktop.ui.shell.device_state import DeviceState
from tests.factories.settings_scene import MODELS, Scene
from tests.guards import Problems

LEAVES = "Briefs are sent to OpenAI."


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


def state(source: str | None = None, *, installed: bool = True) -> ProviderState:
    return ProviderState.model_validate(
        {
            "provider": "openai",
            "title": "OpenAI",
            "installed": installed,
            "source": source,
            "variable": "OPENAI_API_KEY",
            "models": [],
            "leaves": LEAVES,
        }
    )


async def shown(scene: Scene, told: ProviderState, *, keyring: bool = True) -> ProviderRow:
    scene.window.engine.answers[ListProviders] = ProviderList(providers=[told], keyring=keyring)
    await scene.show("models")
    return scene.page.models.providers.rows["openai"]


def visible(row: ProviderRow) -> list[bool]:
    return [button.isVisible() for button in (row.add, row.check, row.remove)]


async def test_each_state_offers_what_can_be_done(scene: Scene) -> None:
    row = await shown(scene, state())
    assert (row.pill.text(), visible(row)) == ("No key", [True, False, False])
    row = await shown(scene, state("keyring"))
    assert (row.pill.text(), visible(row)) == ("Key set", [False, True, True])
    row = await shown(scene, state("environment"))
    assert visible(row) == [False, True, False]
    assert "OPENAI_API_KEY" in row.note.text()
    row = await shown(scene, state("keyring", installed=False))
    assert (row.pill.text(), visible(row)) == ("Not installed", [False, False, False])
    assert "pip install" in row.note.text()
    row = await shown(scene, state(), keyring=False)
    assert visible(row) == [False, False, False] and "OPENAI_API_KEY" in row.note.text()
    assert any("no password store" in text for text in scene.texts(scene.page.models.providers))


async def test_a_key_is_typed_unseen_and_kept(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    scene.window.window.show()
    row = await shown(scene, state())
    qtbot.mouseClick(row.add, Qt.MouseButton.LeftButton)
    sheet = scene.page.models.providers.sheet
    assert sheet is not None and sheet.key.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.field.error == "Enter the key." and scene.saved(SetProviderKey) == []
    scene.window.engine.answers[SetProviderKey] = ServiceError("The keyring is locked.")
    qtbot.keyClicks(sheet.key, "sk-test")
    assert sheet.field.error == ""
    qtbot.keyClick(sheet.key, Qt.Key.Key_Return)
    await scene.window.settle()
    assert sheet.field.error == "The keyring is locked." and sheet.isVisible()
    log_problems.records.clear()
    scene.window.engine.answers[SetProviderKey] = state("keyring")
    scene.window.engine.answers[ListProviders] = ProviderList(
        providers=[state("keyring")], keyring=True
    )
    qtbot.keyClick(sheet.key, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.saved(SetProviderKey)[-1].key == "sk-test"
    row = scene.page.models.providers.rows["openai"]
    assert row.pill.text() == "Key set"
    assert not isValid(sheet) or sheet.isHidden()


async def test_a_check_says_what_the_cloud_says(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    row = await shown(scene, state("keyring"))
    scene.window.engine.answers[CheckProvider] = ProviderCheck(provider="openai", models=["a"] * 41)
    qtbot.mouseClick(row.check, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert row.note.text() == "The key is accepted. It may use 41 models."
    scene.window.engine.answers[CheckProvider] = ServiceError("OpenAI did not accept the key.")
    qtbot.mouseClick(row.check, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert row.note.text() == "OpenAI did not accept the key." and row.check.isEnabled()
    log_problems.records.clear()


async def test_a_key_is_removed(scene: Scene, qtbot: QtBot) -> None:
    row = await shown(scene, state("keyring"))
    scene.window.engine.answers[RemoveProviderKey] = state()
    scene.window.engine.answers[ListProviders] = ProviderList(providers=[state()], keyring=True)
    qtbot.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.saved(RemoveProviderKey) == [RemoveProviderKey(provider="openai")]
    assert scene.page.models.providers.rows["openai"].pill.text() == "No key"


@pytest.mark.parametrize("chosen", [True, False])
async def test_a_chosen_cloud_model_says_what_leaves(scene: Scene, chosen: bool) -> None:
    entry = ModelEntry(
        name="openai:a", description="", cloud="OpenAI", leaves=LEAVES, chosen=chosen
    )
    scene.window.engine.answers[ListModels] = ModelList(
        models=[MODELS.models[0], entry], ollama="", warnings=["Ollama 0.1 is not safe."]
    )
    await scene.show("models")
    models = scene.page.models
    assert models.leaves.isVisible() is chosen
    assert (LEAVES in scene.texts(models)) is chosen
    assert "OpenAI, in the cloud" in scene.texts(models)
    assert "Ollama 0.1 is not safe." in scene.texts(models)


def test_the_bar_says_whether_texts_leave_this_device(qtbot: QtBot) -> None:
    device = DeviceState()
    qtbot.addWidget(device)
    assert "Nothing you write leaves" in device.toolTip()
    device.set_cloud("OpenAI")
    assert device.accessibleName() == "Sends to OpenAI" and "leaves" not in device.toolTip()
    device.set_cloud("")
    assert device.accessibleName() == "On this device"
