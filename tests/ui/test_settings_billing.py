"""Billing in the settings: plan, use, invoices, and what is wrong with the payment."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.payment import PaymentNotice
from marketer_desktop.domain.plan_grace import Standing
from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.billing_page import (
    Billing,
    InvoicePage,
    ShowInvoicePage,
    ShowSubscription,
)
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.pages import Pagination
from marketer_desktop.services.show_plan import PlanSheet, PlanUse, ShowPlan
from marketer_desktop.services.show_sync import SyncNow, SyncReport
from marketer_desktop.ui.widgets.plan_uses import percent_of, tone_of
from tests.factories.settings_scene import LOCAL_PLAN, Scene, plan_uses
from tests.guards import Problems
from tests.unit.ui.test_billing_presenter import invoice, subscription

HEARD, UNTIL = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 15, 12, tzinfo=UTC)
PAGE = "https://invoice.stripe.com/i/1"


PAID = PlanSheet(
    organization="Kestrow Coffee",
    plan=Plan.PRO,
    uses=plan_uses(50),
    is_local=False,
    server="https://team.example.com",
    billing_url="https://team.example.com/billing",
    heard_at=HEARD,
    holds_until=UNTIL,
    sees_bills=True,
    pays=True,
)


def invoices(*found: Any, total: int | None = None) -> InvoicePage:
    count = len(found) if total is None else total
    pages = Pagination(total=count, page=1, per_page=100, pages=1)
    return InvoicePage(invoices=list(found), pagination=pages)


def billing(**told: Any) -> Billing:
    about: dict[str, Any] = {"plan": "pro", "plan_started_at": None, "plan_expires_at": None}
    about |= {"max_users": 10, "max_projects": 50, "max_storage_gb": 50, "requests_per_day": 1000}
    return Billing(**about, subscription=subscription(**told))


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    scene = Scene(qtbot)
    scene.window.engine.answers |= {
        ShowPlan: PAID,
        ShowSubscription: billing(),
        ShowInvoicePage: invoices(invoice(id=1, hosted_url=PAGE), invoice(id=2, status="open")),
    }
    return scene


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def note(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return found


def cells(scene: Scene) -> list[list[str]]:
    model = scene.page.billing.invoices.table.model()
    columns = range(model.columnCount())
    rows = range(model.rowCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


async def test_an_organization_of_this_computer_says_that_it_has_no_limits(scene: Scene) -> None:
    scene.window.engine.answers[ShowPlan] = LOCAL_PLAN
    await scene.show("billing")
    texts = scene.texts(scene.page.billing)
    assert "Mine" in texts and "Local" in texts
    assert any("It has no limits" in text for text in texts)
    assert "3, no limit" in texts and "0.4 GB, no limit" in texts
    assert not scene.page.billing.invoices.isVisible() and not scene.page.billing.change.isVisible()
    assert scene.window.engine.of(ShowSubscription) == []


async def test_plan_use_and_price_are_shown(scene: Scene, opened: list[str]) -> None:
    await scene.show("billing")
    texts = scene.texts(scene.page.billing)
    assert "Pro" in texts and "29.00 EUR a month, renewed on 31 March 2026" in texts
    assert "3 of 50 used" in texts and "0.4 of 50 GB used" in texts
    assert not scene.page.billing.banner.isVisible()
    scene.page.billing.change.click()
    assert opened == ["https://team.example.com/billing"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"interval": "year"}, "29.00 EUR a year, renewed on 31 March 2026"),
        ({"status": "trialing"}, "A trial until 31 March 2026, then 29.00 EUR a month"),
        ({"canceled_at": HEARD}, "29.00 EUR a month, until 31 March 2026"),
        ({"status": "canceled"}, "There is no subscription."),
    ],
)
async def test_the_state_of_the_subscription_is_said(
    scene: Scene, told: dict[str, Any], said: str
) -> None:
    scene.window.engine.answers[ShowSubscription] = billing(**told)
    await scene.show("billing")
    assert said in scene.texts(scene.page.billing)


async def test_an_invoice_opens_in_the_browser_and_one_without_a_page_does_not(
    scene: Scene, opened: list[str]
) -> None:
    await scene.show("billing")
    assert [row[1:3] for row in cells(scene)] == [
        ["Paid", "29.00 EUR"],
        ["To be paid", "29.00 EUR"],
    ]
    assert [bool(row[3]) for row in cells(scene)] == [True, False]
    table = scene.page.billing.invoices.table
    table.activated_row.emit(2)
    assert opened == []
    table.activated_row.emit(1)
    assert opened == [PAGE]


async def test_without_invoices_it_says_when_they_come(scene: Scene) -> None:
    scene.window.engine.answers[ShowInvoicePage] = invoices()
    await scene.show("billing")
    assert scene.page.billing.invoices.empty.isVisible()
    assert not scene.page.billing.invoices.table.isVisible()


async def test_more_than_can_be_shown_are_counted(scene: Scene) -> None:
    scene.window.engine.answers[ShowInvoicePage] = invoices(invoice(), total=140)
    await scene.show("billing")
    assert "The newest 1 of 140" in scene.texts(scene.page.billing)


async def test_who_may_not_see_bills_is_told_who_does(scene: Scene) -> None:
    told = {"sees_bills": False, "pays": False}
    scene.window.engine.answers[ShowPlan] = PAID.model_copy(update=told)
    await scene.show("billing")
    assert "Owners and admins see the subscription and the invoices." in scene.texts(
        scene.page.billing
    )
    assert not scene.page.billing.change.isVisible()
    assert scene.window.engine.of(ShowInvoicePage) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"notice": PaymentNotice.PAST_DUE, "notice_at": UNTIL}, "The last payment failed."),
        ({"notice": PaymentNotice.ENDING, "notice_at": UNTIL}, "holds until 15 March 2026"),
        ({"standing": Standing.WAITING}, "last heard on 1 March 2026. Your plan holds until 15"),
        ({"standing": Standing.LAPSED}, "the limits of the Free plan hold"),
    ],
)
async def test_what_is_wrong_is_said_above_all(
    scene: Scene, told: dict[str, Any], said: str
) -> None:
    scene.window.engine.answers[ShowPlan] = PAID.model_copy(update=told)
    await scene.show("billing")
    section = scene.page.billing
    shown = [banner for banner in (section.banner, section.offline) if banner.isVisible()]
    assert len(shown) == 1 and any(said in text for text in scene.texts(shown[0]))


async def test_who_was_long_offline_can_sync_from_here(scene: Scene) -> None:
    lapsed = PAID.model_copy(update={"standing": Standing.LAPSED})
    scene.window.engine.answers |= {ShowPlan: lapsed, SyncNow: SyncReport(accounts=[])}
    await scene.show("billing")
    buttons = scene.page.billing.offline.findChildren(QPushButton)
    scene.window.engine.answers[ShowPlan] = PAID
    next(each for each in buttons if each.text() == "Sync now").click()
    await scene.window.settle()
    assert scene.window.engine.of(SyncNow) == [SyncNow()]
    assert not scene.page.billing.offline.isVisible()


async def test_it_is_read_again_after_a_sync(scene: Scene) -> None:
    await scene.show("billing")
    scene.window.engine.answers[ShowPlan] = PAID.model_copy(update={"plan": Plan.FREE})
    scene.window.engine.changed.emit("sync")
    await scene.window.settle()
    assert "Free" in scene.texts(scene.page.billing)


async def test_what_cannot_be_read_can_be_tried_again(scene: Scene, log_problems: Problems) -> None:
    scene.window.engine.answers[ShowPlan] = ServiceError("The database is restarting.")
    await scene.show("billing")
    assert "The database is restarting." in scene.texts(scene.page.billing)
    scene.window.engine.answers[ShowPlan] = PAID
    buttons = scene.page.billing.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Try again").click()
    await scene.window.settle()
    assert "Pro" in scene.texts(scene.page.billing)
    log_problems.records.clear()


@pytest.mark.parametrize(
    ("used", "limit", "percent", "tone"),
    [
        (0, 3, 0, "accent"),
        (39, 50, 78, "accent"),
        (40, 50, 80, "warning"),
        (3, 3, 100, "error"),
        (4, 3, 100, "error"),
        (0, 0, 100, "error"),
    ],
)
def test_a_bar_warns_before_it_is_full(used: float, limit: int, percent: float, tone: str) -> None:
    found = percent_of(PlanUse(name="projects", used=used, limit=limit))
    assert found == percent
    assert tone_of(percent) == tone
