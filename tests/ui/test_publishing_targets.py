"""Publishing targets in Settings: added, tested, changed, removed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.projects import ListProjects, ProjectList
from marketer_desktop.services.publishing_targets import (
    AddTarget,
    CheckTarget,
    ListTargets,
    PublishingTargetList,
    TargetCheck,
)
from marketer_desktop.ui.pages.settings.publishing_section import PublishingSection
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.publishing.target_sheet import TargetSheet
from tests.factories.publications import a_target
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems
from tests.patience import becomes_true

STRIPPED = "The application password did not reach WordPress."


class Scene:
    """The section with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.main = QMainWindow()
        qtbot.addWidget(self.main)
        self.fake = FakeWindow(
            {
                ListTargets: PublishingTargetList(targets=[]),
                ListProjects: ProjectList(projects=[]),
                AddTarget: a_target(),
                CheckTarget: TargetCheck(ok=True, site="Harbour Coffee"),
            },
            self.main,
        )
        self.section = PublishingSection(self.fake.context)
        self.main.setCentralWidget(self.section)
        self.main.resize(800, 800)
        self.main.show()

    @property
    def card(self) -> Any:
        return self.section.card

    def stored(self) -> None:
        """From now on the engine has the target."""
        answers = self.fake.engine.answers
        answers[ListTargets] = PublishingTargetList(targets=[a_target()])

    async def until(self, condition: Any) -> None:
        async def holds() -> bool:
            await self.fake.settle()
            return bool(condition())

        await becomes_true(holds, 5.0)

    async def sheet(self) -> TargetSheet:
        await self.until(lambda: self.section.targets.sheet)
        assert self.section.targets.sheet is not None
        return self.section.targets.sheet


@pytest.fixture
async def scene(qtbot: QtBot, theme: Theme) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    made.section.read()
    await made.until(lambda: made.card.isVisible())
    yield made
    await made.fake.tasks.close()


async def test_a_site_is_added_and_tested_at_once(scene: Scene) -> None:
    assert scene.card.empty.isVisible()
    scene.card.empty.button.click()
    sheet = await scene.sheet()
    sheet.save.click()
    assert sheet.fields["name"].error == "Fill this in."
    sheet.name.setText("Blog")
    sheet.address.setText("https://blog.example.com")
    sheet.account.setText("ada")
    sheet.secret.setText("abcd efgh")
    scene.stored()
    sheet.save.click()
    await scene.until(lambda: scene.card.rows and scene.card.rows[1].result.isVisible())
    (call,) = scene.fake.engine.of(AddTarget)
    assert (call.kind, call.name, call.account) == ("wordpress", "Blog", "ada")
    assert scene.card.rows[1].result.text() == "“Harbour Coffee” takes texts."


async def test_a_folder_has_neither_account_nor_secret(scene: Scene) -> None:
    scene.card.add_asked.emit()
    sheet = await scene.sheet()
    sheet.kinds.set_value("folder")
    sheet.kinds.chosen.emit("folder")
    assert sheet.choose.isVisible()
    assert not sheet.fields["account"].isVisible()
    assert not sheet.fields["secret"].isVisible()


async def test_what_cannot_be_kept_is_said_in_the_sheet(
    scene: Scene, log_problems: Problems
) -> None:
    scene.fake.engine.answers[AddTarget] = ServiceError("There is no folder “/x”.")
    scene.card.add_asked.emit()
    sheet = await scene.sheet()
    sheet.kinds.set_value("folder")
    sheet.kinds.chosen.emit("folder")
    sheet.name.setText("Site")
    sheet.address.setText("/x")
    sheet.save.click()
    await scene.until(lambda: sheet.problem.isVisible())
    assert not sheet.save.is_loading
    log_problems.records.clear()


async def test_what_is_in_the_way_is_said_at_the_target(scene: Scene) -> None:
    scene.stored()
    answers = scene.fake.engine.answers
    answers[CheckTarget] = TargetCheck(ok=False, cause="header", problem=STRIPPED)
    scene.section.read()
    await scene.until(lambda: scene.card.rows)
    row = scene.card.rows[1]
    row.check.click()
    await scene.until(lambda: row.result.text() == STRIPPED)
    scene.section.read()
    await scene.fake.settle()
    assert scene.card.rows[1].result.text() == STRIPPED  # reading again takes nothing away
