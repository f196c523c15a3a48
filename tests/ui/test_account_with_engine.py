"""A project is shared, changed on both sides and decided, by clicks, on a real server's rows."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.sync import Entity
from marketer_desktop.hybrid.sync.runner import Runner
from marketer_desktop.services.organizations import ListOrganizations, SwitchOrganization
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.ui.app.sync_watch import ROUND, SyncWatch
from marketer_desktop.ui.pages.project.page import ProjectPage
from marketer_desktop.ui.pages.settings.account_section import AccountSection
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.widgets.button import Button
from tests.factories.mirrors import Copy, bare_parts, join, over, told_by
from tests.factories.near_window import NearWindow
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A window on the services of a desktop whose server is in the same process."""

    def __init__(self, qtbot: QtBot, copy: Copy, owner: Teammate) -> None:
        self.qtbot, self.copy, self.owner = qtbot, copy, owner
        self.window = NearWindow(qtbot, copy.parts)
        self.topbar = Topbar()
        column = QVBoxLayout(self.window.frame)
        column.addWidget(self.topbar)
        self.section = AccountSection(self.window.context)
        self.project = ProjectPage(self.window.context)
        for page in (self.section, self.project):
            column.addWidget(page)
        self.project.hide()
        self.watch = SyncWatch(self.window.context, self.topbar)

    async def call(self, call: Any) -> Any:
        return await self.window.bridge.call(call)

    async def says(self, word: str) -> None:
        """Wait until the bar at the top says so."""
        await self.window.until(lambda: self.topbar.sync.text() == word)

    async def sync(self) -> None:
        """Ask for it in the bar at the top, once the round before has ended."""
        await self.window.until(lambda: not self.window.context.tasks.is_running(ROUND))
        self.watch.popover.sync_asked.emit()

    async def there(self) -> list[str]:
        """The names of the projects that the server has."""
        rows = await told_by(self.copy.line.server, self.owner)
        return [row["name"] for (entity, _), row in rows.items() if entity == Entity.PROJECT]

    def button(self, name: str) -> Button:
        buttons = [b for b in self.section.findChildren(Button) if b.isVisible()]
        return next(b for b in buttons if b.accessibleName() == name)


@pytest.fixture
async def desk(
    qtbot: QtBot, migrated_url: str, second_url: str, tmp_path: Path
) -> AsyncIterator[Desk]:
    async with (
        bare_parts(migrated_url, tmp_path / "data") as server,
        over(server, second_url) as own,
    ):
        organization = await add_organization(server, "My Company")
        owner = await add_teammate(server, "user@example.com", organization)
        copy = await join(own, server, owner)

        async def opened(account_id: int) -> Any:
            return copy.line

        async def synced() -> Runner:
            return Runner(own, opened)

        own.syncer.learn(synced)
        await own.queue.open()
        desk = Desk(qtbot, copy, owner)
        yield desk
        await desk.window.close()
        await own.syncer.close()
        await own.queue.stop()


async def test_shared_changed_on_both_sides_and_decided(desk: Desk) -> None:
    desk.watch.read()
    desk.section.read()
    await desk.window.until(lambda: bool(desk.section.cards))
    (card,) = desk.section.cards.values()
    desk.qtbot.mouseClick(card.sync_now, LEFT)
    await desk.says("Up to date")
    listed = (await desk.call(ListOrganizations())).organizations
    team = next(each for each in listed if each.account is not None)
    await desk.call(SwitchOrganization(organization_id=team.organization_id))
    made = await desk.call(CreateProject(name="Spring"))

    desk.project.show()
    desk.project.shown(project_id=made.project_id, tab="settings")
    switch = desk.project.settings.sharing.switch
    await desk.window.until(switch.isVisible)
    desk.qtbot.mouseClick(switch, LEFT)
    await desk.window.until(lambda: bool(desk.window.fake.go.toasts))
    await desk.window.until(lambda: desk.topbar.sync.text().endswith(" waiting"))
    assert await desk.there() == []
    await desk.sync()
    await desk.says("Up to date")
    assert await desk.there() == ["Spring"]

    async with client_of(desk.copy.line.server, desk.owner) as colleague:
        (project,) = (await colleague.get("/api/projects")).json()["data"]["projects"]
        path = f"/api/projects/{project['id']}"
        assert (await colleague.patch(path, json={"name": "Summer"})).status_code == 200
    await desk.call(UpdateProject(project_id=made.project_id, name="Autumn"))
    await desk.sync()
    await desk.says("Needs attention")
    await desk.window.until(desk.section.deciding.conflicts.isVisible)
    desk.qtbot.mouseClick(desk.button("Name: Keep mine"), LEFT)
    await desk.window.until(lambda: not desk.section.deciding.isVisible())
    await desk.sync()
    await desk.says("Up to date")
    assert await desk.there() == ["Autumn"]
