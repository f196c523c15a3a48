"""Addresses are found however they are written."""

import pytest

from marketer_desktop.domain.addresses import addresses, foreign_addresses


@pytest.mark.parametrize(
    "text",
    [
        "See https://www.Evil.example/Offer.",
        "See (http://evil.example/offer/)",
        "See evil.example/offer, today",
        "See hxxps://evil[.]example/offer",
        "See evil dot example/offer",
        "See [this](https://evil.example/offer)",
    ],
)
def test_an_address_is_found_in_every_guise(text: str) -> None:
    assert addresses(text) == {"evil.example/offer"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to Anna.Berg@shop.example!", {"anna.berg@shop.example"}),
        ("javascript:alert(1)", {"javascript:alert(1"}),
        ("visit shop.co.uk or shop.de", {"shop.co.uk", "shop.de"}),
    ],
)
def test_mail_and_bare_domains_are_addresses(text: str, found: set[str]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We roast coffee.It is good, e.g. in the morning at 9.30.",
        "The U.S. and Ph.D. students use Node.js and either/or.",
        "Put the dot on the line.",
    ],
)
def test_ordinary_full_stops_are_none(text: str) -> None:
    assert addresses(text) == set()


def test_what_the_brief_names_is_not_foreign() -> None:
    text = "Order at www.shop.example/tea or at evil.example."
    assert foreign_addresses(text, ["our shop: https://shop.example/tea"]) == {"evil.example"}
    assert foreign_addresses(text, ["shop.example"]) == {"shop.example/tea", "evil.example"}
