"""A limit of the plan is said in one way, whatever runs into it; and what is wrong with a plan."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.payment import PaymentNotice
from marketer_desktop.domain.plan_grace import Standing
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.show_plan import ShowPlan
from marketer_desktop.ui.app.limit_prompt import LimitPrompt
from marketer_desktop.ui.app.limit_sheet import LimitSheet
from marketer_desktop.ui.app.plan_banner import PlanBanner
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems
from tests.ui.test_settings_billing import PAID

MESSAGE = "The plan has room for 3 projects. Archive one, or upgrade the plan."
DAY = datetime(2026, 3, 15, 12, tzinfo=UTC)


class Scene:
    """A window over an engine whose plan is known."""

    def __init__(self, qtbot: QtBot, **told: Any) -> None:
        frame = QWidget()
        frame.resize(900, 700)
        qtbot.addWidget(frame)
        frame.show()
        self.window = FakeWindow({ShowPlan: PAID.model_copy(update=told)}, frame)
        self.prompt = LimitPrompt(self.window.context)

    async def run_into_a_limit(self) -> LimitSheet:
        self.window.engine.limit_reached.emit(MESSAGE)
        await self.window.settle()
        (sheet,) = self.sheets()
        return sheet

    def sheets(self) -> list[LimitSheet]:
        found = self.window.window.findChildren(LimitSheet)
        return [sheet for sheet in found if sheet.isVisible()]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(QUrl(url).toString()))
    return found


async def test_it_names_the_limit_and_leads_to_the_servers_page(
    qtbot: QtBot, opened: list[str]
) -> None:
    sheet = await Scene(qtbot).run_into_a_limit()
    assert sheet.message.text() == MESSAGE
    assert sheet.title.text() == "The Pro plan has no room for this"
    assert len(sheet.uses.said()) == 4 and sheet.uses.said()[0] == "Projects: 3 of 50 used"
    sheet.change.click()
    assert opened == ["https://team.example.com/billing"]


async def test_who_does_not_pay_is_told_whom_to_ask(qtbot: QtBot) -> None:
    sheet = await Scene(qtbot, pays=False).run_into_a_limit()
    assert not sheet.change.isVisible()
    assert sheet.advice.text().startswith("Owners of Kestrow Coffee can change the plan.")


async def test_after_a_long_time_offline_a_sync_is_advised_and_no_purchase(qtbot: QtBot) -> None:
    sheet = await Scene(qtbot, standing=Standing.LAPSED).run_into_a_limit()
    assert not sheet.change.isVisible()
    assert "Sync once" in sheet.advice.text()


async def test_several_at_once_open_one_sheet_and_a_later_one_opens_another(qtbot: QtBot) -> None:
    scene = Scene(qtbot)
    scene.window.engine.limit_reached.emit(MESSAGE)
    sheet = await scene.run_into_a_limit()
    scene.window.engine.limit_reached.emit(MESSAGE)
    await scene.window.settle()
    assert scene.sheets() == [sheet]
    sheet.see.click()
    assert scene.window.go.went == [("settings", {"section": "billing"})]
    await scene.window.settle()
    assert scene.sheets() == []
    assert await scene.run_into_a_limit() is not sheet


async def test_a_task_leaves_it_to_the_window_unless_it_has_its_own_way(
    qtbot: QtBot, log_problems: Problems
) -> None:
    scene = Scene(qtbot)
    told: list[str] = []

    async def fail(error: Exception) -> None:
        raise error

    tasks = scene.window.tasks
    tasks.start("silent", fail(PlanExceeded(MESSAGE)))
    tasks.start("own", fail(PlanExceeded(MESSAGE)), lambda text, _: told.append(text))
    tasks.start("other", fail(ServiceError("The database is restarting.")))
    await scene.window.settle()
    assert told == [MESSAGE]
    assert [text for text, _ in scene.window.go.errors] == ["The database is restarting."]
    log_problems.records.clear()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, ""),
        ({"notice": PaymentNotice.ENDED, "notice_at": DAY}, ""),
        ({"notice": PaymentNotice.PAST_DUE, "notice_at": DAY}, "The last payment failed."),
        ({"standing": Standing.LAPSED}, "Everything here stays."),
    ],
)
async def test_trouble_with_the_plan_stands_above_all_pages(
    qtbot: QtBot, told: dict[str, Any], said: str
) -> None:
    scene = Scene(qtbot, **told)
    banner = PlanBanner(scene.window.context, scene.window.window)
    banner.read()
    await scene.window.settle()
    assert banner.isVisible() is bool(said)
    texts = [label.text() for label in banner.findChildren(QLabel)]
    assert any(said in text for text in texts)
    banner.on_page("settings")
    assert not banner.isVisible(), "the settings say it at length"
    banner.on_page("dashboard")
    assert banner.isVisible() is bool(said)
    scene.window.engine.answers[ShowPlan] = PAID
    scene.window.engine.changed.emit("sync")
    await scene.window.settle()
    assert not banner.isVisible()
