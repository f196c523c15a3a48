"""What is said of a plan, and what of it first."""

from datetime import UTC, datetime
from typing import Any

import pytest

from marketer_desktop.domain.payment import PaymentNotice
from marketer_desktop.domain.plan_grace import Standing
from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.show_plan import PlanSheet
from marketer_desktop.ui.bridge.plan_summary import TONES, plan_news

HEARD, UNTIL, PAID = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 15, 31))


def sheet(**told: Any) -> PlanSheet:
    about = {"organization": "Kestrow", "plan": Plan.PRO, "uses": [], "is_local": False}
    return PlanSheet(**{**about, "heard_at": HEARD, "holds_until": UNTIL, **told})


def test_nothing_is_said_while_all_is_well() -> None:
    assert plan_news(sheet()) is None


@pytest.mark.parametrize(
    ("standing", "kind"), [(Standing.WAITING, "waiting"), (Standing.LAPSED, "lapsed")]
)
def test_a_server_that_is_not_heard_comes_before_what_it_last_said(
    standing: Standing, kind: str
) -> None:
    news = plan_news(sheet(standing=standing, notice=PaymentNotice.PAST_DUE, notice_at=PAID))
    assert news is not None
    assert (news.kind, news.at, news.heard_at, news.urgent) == (kind, UNTIL, HEARD, True)


@pytest.mark.parametrize("notice", [each for each in PaymentNotice if each.value != "ended"])
def test_trouble_with_the_payment_is_said_everywhere(notice: PaymentNotice) -> None:
    news = plan_news(sheet(notice=notice, notice_at=PAID))
    assert news is not None
    assert (news.kind, news.tone, news.at) == (notice.value, TONES[notice.value], PAID)
    assert news.urgent


def test_what_has_ended_is_said_in_the_settings_only_and_not_if_something_else_pays() -> None:
    ended = sheet(plan=Plan.FREE, notice=PaymentNotice.ENDED, notice_at=PAID)
    news = plan_news(ended)
    assert news is not None and not news.urgent
    assert plan_news(ended.model_copy(update={"plan": Plan.PRO})) is None
