"""The team page: the members, oneself under another name, and being alone."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.profile import Profile, SaveProfile
from marketer_desktop.services.team import ListMembers, Member, MemberList
from marketer_desktop.ui.pages.team.name_sheet import NameSheet
from marketer_desktop.ui.pages.team.page import TeamPage
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

PROFILE = Profile(user_id=1, name="", organization_id=1, organization="N", preferences={})


def members(*names: str | None) -> MemberList:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return MemberList(
        members=[
            Member(user_id=n, name=name, email=None, role="owner", joined_at=at, is_you=n == 1)
            for n, name in enumerate(names, 1)
        ]
    )


class Scene:
    """The page in a window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.frame = QWidget()
        self.frame.resize(1064, 748)
        qtbot.addWidget(self.frame)
        self.frame.show()
        self.window = FakeWindow({ListMembers: members("Ada"), SaveProfile: PROFILE}, self.frame)
        self.page = TeamPage(self.window.context)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()

    async def show(self, found: MemberList) -> None:
        self.window.engine.answers[ListMembers] = found
        self.page.shown()
        await self.window.settle()

    def cells(self) -> list[str]:
        model = self.page.table.model()
        return [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def test_someone_alone_is_told_how_to_have_a_team(scene: Scene) -> None:
    await scene.show(members(None))
    assert scene.cells() == ["You", "Owner", "1 Mar 2026"]
    assert scene.page.alone.isVisible()


async def test_members_are_listed_with_their_roles(scene: Scene) -> None:
    await scene.show(members("Ada", "Björn"))
    assert scene.cells()[0::3] == ["Ada (you)", "Björn"]
    assert not scene.page.alone.isVisible()


async def test_people_rename_themselves_and_nobody_else(scene: Scene, qtbot: QtBot) -> None:
    await scene.show(members("Ada", "Björn"))
    scene.page.table.activated_row.emit(2)
    assert scene.frame.findChild(NameSheet) is None
    scene.page.table.activated_row.emit(1)
    sheet = scene.frame.findChild(NameSheet)
    assert sheet is not None and sheet.name.text() == "Ada"
    sheet.name.clear()
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.field.error == "Enter a name." and sheet.isVisible()
    qtbot.keyClicks(sheet.name, " Ada Berg ")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.window.engine.of(SaveProfile) == [SaveProfile(name="Ada Berg")]
    assert len(scene.window.engine.of(ListMembers)) == 2


async def test_what_cannot_be_read_can_be_tried_again(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    scene.window.engine.answers[ListMembers] = ServiceError("The database is restarting.")
    scene.page.shown()
    await scene.window.settle()
    scene.window.engine.answers[ListMembers] = members("Ada")
    buttons = scene.page.findChildren(QPushButton)
    qtbot.mouseClick(next(b for b in buttons if b.text() == "Try again"), Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.page.table.isVisible() and scene.cells()[0] == "Ada (you)"
    log_problems.records.clear()
