"""What the specification's sections 9.2 and 9.3 draw, and no other test looks at."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.overview import ShowOverview
from marketer_desktop.ui.pages.dashboard.page import DashboardPage
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.label import Label
from tests.factories.editor_window import Opened, Store
from tests.factories.project_views import make_line, make_overview
from tests.factories.wizard_window import Scene
from tests.fakes.fake_bridge import FakeWindow


@pytest.fixture
async def dashboard(qtbot: QtBot) -> AsyncIterator[tuple[DashboardPage, FakeWindow]]:
    window = QWidget()
    qtbot.addWidget(window)
    fake = FakeWindow({ShowOverview: make_overview(make_line(1, "completed"))}, window)
    page = DashboardPage(fake.context, window)
    window.show()
    page.shown()
    await fake.settle()
    yield page, fake
    await fake.tasks.close()


async def test_the_dashboard_offers_a_new_activity_and_tells_the_use(
    dashboard: tuple[DashboardPage, FakeWindow],
) -> None:
    page, fake = dashboard
    buttons = [each for each in page.findChildren(Button) if each.isVisible()]
    (new,) = [each for each in buttons if each.text() == "New activity"]
    new.click()
    assert fake.go.wizards == [{}]
    said = [label.text() for label in page.usage.findChildren(Label)]
    told = {"Requests": "1,450", "Credits": "2,300", "Storage": "2.3 GB"}
    assert {name: said[said.index(name) - 1] for name in told} == told


async def test_the_wizard_asks_whom_it_is_for(qtbot: QtBot) -> None:
    scene = Scene(qtbot)
    sheet = await scene.open(topic="Roasting at home", keywords=["roast"])
    sheet.go_on()
    QTest.keyClicks(sheet.content.audience, "Marketing managers")
    sheet.go_on()
    await scene.click(sheet.next)
    assert scene.sent().audience == "Marketing managers"
    await scene.window.tasks.close()


async def test_the_editor_has_a_way_back(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    buttons = opened.page.head.findChildren(IconButton)
    (back,) = [each for each in buttons if each.accessibleName().startswith("Back")]
    back.click()
    await opened.fake.settle()
    assert opened.fake.go.went == [("back", {})]
    await opened.close()


def test_a_button_fills_its_place_where_it_should(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    rows = QVBoxLayout(form)
    rows.setContentsMargins(0, 0, 0, 0)
    button = Button("Generate")
    rows.addWidget(button)
    rows.setGeometry(QRect(0, 0, 400, 100))
    assert button.width() == 400
