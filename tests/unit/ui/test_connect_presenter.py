"""Connecting step by step: what a server offers decides what is asked for."""

import pytest

from marketer_desktop.services.servers import ServerWays, Way
from marketer_desktop.ui.pages.settings.connect_presenter import Connecting


def offering(*ways: Way, issuer: str | None = None) -> ServerWays:
    return ServerWays(
        server="https://team.example.com", host="team.example.com", ways=list(ways), issuer=issuer
    )


def test_the_browser_comes_first_and_the_password_is_asked_for_on_wish() -> None:
    at = Connecting()
    at.found_server(offering("password", "browser"))
    assert (at.step, at.host) == ("ways", "team.example.com")
    assert at.offers_browser and at.offers_password and not at.with_password


def test_without_a_page_the_password_is_asked_for_at_once() -> None:
    at = Connecting()
    at.found_server(offering("password"))
    assert at.with_password and not at.offers_browser
    at.begin()
    assert (at.step, at.with_password, at.host) == ("server", False, "")


@pytest.mark.parametrize(
    ("ways", "named"), [(("oidc",), "Clerk"), (("oidc", "browser"), ""), (("browser",), "")]
)
def test_who_vouches_is_named_where_there_is_no_other_page(
    ways: tuple[Way, ...], named: str
) -> None:
    at = Connecting()
    at.found_server(offering(*ways, issuer="Clerk"))
    assert at.issuer == named and at.offers_browser


def test_a_server_that_lets_nobody_in() -> None:
    at = Connecting()
    assert not at.offers_nothing
    at.found_server(offering())
    assert at.offers_nothing


def test_giving_up_leads_back_to_the_ways_of_the_same_server() -> None:
    at = Connecting()
    at.begin("ada@example.com")
    at.found_server(offering("password", "browser"))
    at.wait()
    at.url = "https://team.example.com/sign-in?state=1"
    assert at.step == "browser"
    at.cancel()
    assert (at.step, at.email) == ("ways", "ada@example.com")
    at.wait()
    assert at.url == ""  # the page of another attempt is not opened again
