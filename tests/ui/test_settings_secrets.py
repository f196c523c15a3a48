"""Where keys are kept, on the settings page, and the sheet that takes their passphrase."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.kept_secrets import (
    SecretsPlace,
    SetPassphrase,
    ShowSecrets,
    StartSecretsAnew,
    UnlockSecrets,
)
from marketer_desktop.ui.pages.settings.passphrase_sheet import PassphraseSheet
from marketer_desktop.ui.pages.settings.secrets_card import SecretsCard
from marketer_desktop.ui.widgets.button import Button
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

PATH = "/data/marketer/secrets/kept.json"
NONE = SecretsPlace(kind="none", name="", problem="There is no keyring.")
OPEN = SecretsPlace(kind="file", name=PATH)
LOCKED = SecretsPlace(kind="file", name=PATH, problem="It is locked.", locked=True)
DAMAGED = SecretsPlace(kind="file", name=PATH, problem="It is damaged.")
REFUSING = SecretsPlace(kind="keyring", name="SecretService", problem="It is locked.")
PASSPHRASE = "words that open it"


class Scene:
    """The card alone, in a window whose engine answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        frame = QWidget()
        qtbot.addWidget(frame)
        frame.resize(1000, 700)
        self.window = FakeWindow({}, frame)
        self.card = SecretsCard(self.window.context, frame)
        frame.show()

    def saved(self, kind: Any) -> list[Any]:
        return self.window.engine.of(kind)


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def card(scene: Scene, place: SecretsPlace) -> SecretsCard:
    scene.window.engine.answers[ShowSecrets] = place
    scene.card.read()
    await scene.window.settle()
    return scene.card


def sheet(scene: Scene) -> PassphraseSheet:
    found = scene.window.window.findChildren(PassphraseSheet)
    return next(each for each in found if each.isVisible())


def offered(card: SecretsCard) -> list[str]:
    return [each.text() for each in card.findChildren(Button) if each.isVisibleTo(card)]


@pytest.mark.parametrize(
    ("place", "says", "pill", "buttons"),
    [
        (NONE, "without one nothing of them is kept", "", ["Set a passphrase…"]),
        (OPEN, PATH, "In use", ["Change passphrase…"]),
        (LOCKED, PATH, "Locked", ["Start anew…", "Unlock…"]),
        (DAMAGED, "your content is not", "Cannot be used", ["Start anew…"]),
        (REFUSING, "(SecretService). It is locked.", "Cannot be used", []),
    ],
    ids=["none", "open", "locked", "damaged", "keyring"],
)
async def test_it_says_which_place_is_in_use(
    scene: Scene, place: SecretsPlace, says: str, pill: str, buttons: list[str]
) -> None:
    shown = await card(scene, place)
    assert says in shown.row.hint.text()
    assert (shown.pill.text() if shown.pill.isVisible() else "") == pill
    assert offered(shown) == buttons


async def test_it_reads_again_what_has_changed(scene: Scene) -> None:
    shown = await card(scene, LOCKED)
    scene.window.engine.answers[ShowSecrets] = OPEN
    scene.window.engine.changed.emit("secrets")
    await scene.window.settle()
    assert shown.pill.text() == "In use"


async def test_a_passphrase_is_typed_twice(scene: Scene, qtbot: QtBot) -> None:
    shown = await card(scene, NONE)
    scene.window.engine.answers[SetPassphrase] = OPEN
    qtbot.mouseClick(shown.set, Qt.MouseButton.LeftButton)
    asked = sheet(scene)
    qtbot.mouseClick(asked.action, Qt.MouseButton.LeftButton)
    assert asked.new_field.error == "Enter the passphrase."
    qtbot.keyClicks(asked.new, PASSPHRASE)
    qtbot.keyClicks(asked.again, "words that opne it")
    qtbot.keyClick(asked.again, Qt.Key.Key_Return)
    assert asked.again_field.error == "The two are not the same."
    assert scene.saved(SetPassphrase) == []
    asked.again.clear()
    qtbot.keyClicks(asked.again, PASSPHRASE)
    qtbot.keyClick(asked.again, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.saved(SetPassphrase) == [SetPassphrase(new=PASSPHRASE)]
    assert not asked.isVisible() and PASSPHRASE not in repr(scene.saved(SetPassphrase))


async def test_a_wrong_passphrase_is_said_in_the_sheet(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    shown = await card(scene, LOCKED)
    scene.window.engine.answers[UnlockSecrets] = WrongUse("This is not the passphrase.")
    qtbot.mouseClick(shown.unlock, Qt.MouseButton.LeftButton)
    asked = sheet(scene)
    qtbot.keyClicks(asked.old, "wrong")
    qtbot.keyClick(asked.old, Qt.Key.Key_Return)
    await scene.window.settle()
    assert asked.old_field.error == "This is not the passphrase." and asked.isVisible()
    scene.window.engine.answers[UnlockSecrets] = OPEN
    qtbot.keyClick(asked.old, Qt.Key.Key_Return)
    await scene.window.settle()
    assert not asked.isVisible()
    log_problems.records.clear()


async def test_a_forgotten_one_leads_to_a_new_beginning(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    shown = await card(scene, LOCKED)
    qtbot.mouseClick(shown.unlock, Qt.MouseButton.LeftButton)
    sheet(scene).anew_asked.emit()
    asked = sheet(scene)
    said = " ".join(label.text() for label in asked.findChildren(QLabel) if label.isVisible())
    assert "Your projects, texts and documents stay as they are." in said
    scene.window.engine.answers[StartSecretsAnew] = ServiceError("The disk is full.")
    for line in (asked.new, asked.again):
        qtbot.keyClicks(line, PASSPHRASE)
    qtbot.mouseClick(asked.action, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert asked.new_field.error == "The disk is full."
    assert scene.saved(StartSecretsAnew) == [StartSecretsAnew(passphrase=PASSPHRASE)]
    log_problems.records.clear()


async def test_changing_needs_the_old_one(scene: Scene, qtbot: QtBot) -> None:
    shown = await card(scene, OPEN)
    scene.window.engine.answers[SetPassphrase] = OPEN
    qtbot.mouseClick(shown.change, Qt.MouseButton.LeftButton)
    asked = sheet(scene)
    for line, text in ((asked.old, "the old one"), (asked.new, "anew"), (asked.again, "anew")):
        qtbot.keyClicks(line, text)
    qtbot.mouseClick(asked.action, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.saved(SetPassphrase) == [SetPassphrase(old="the old one", new="anew")]
