"""The page that desktops send people to who want another plan."""

import pytest
from pydantic import ValidationError

from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from tests.factories.pages import seen
from tests.factories.serving import client_of

PORTAL = "https://billing.stripe.com/p/login/test"


async def test_it_leads_to_where_plans_are_sold(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "billing_url", PORTAL)
    async with client_of(parts) as browser:
        answer = await browser.get("/billing", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, PORTAL)


async def test_without_such_a_place_it_says_whom_to_ask(parts: Parts) -> None:
    async with client_of(parts) as browser:
        page = seen(await browser.get("/billing"))
    assert page.title == "Plans and payment"
    assert "whoever runs this server" in page.text


@pytest.mark.parametrize("url", ["http://pay.example.com", "javascript:alert(1)", "pay"])
def test_only_a_secure_address_is_taken(url: str, parts: Parts) -> None:
    with pytest.raises(ValidationError):
        Settings(data_dir=parts.data_dir, billing_url=url)
