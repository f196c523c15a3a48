"""Addresses are found however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain import addresses as module
from marketer_desktop.domain.addresses import addresses, foreign_addresses

PIECES = st.sampled_from(
    "http s hxxps :// : / www . evil example .com uk 9 [.] (.) [DOT] (dot) Dot @ mailto data ? "
    "\u0130 \u017f ftp .i \n -".split(" ")
)


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


@pytest.mark.parametrize(
    "text", "file:x x@y.9 www.9 x.com x[.]com x(.)com x[DOT]com x(dot)com x.ab/9".split()
)
def test_each_sign_of_an_address_counts(text: str) -> None:
    assert addresses(text)


@given(st.lists(PIECES | st.sampled_from([" ", "x"]) | st.characters(), max_size=12).map("".join))
def test_what_has_no_sign_of_an_address_has_none(text: str) -> None:
    plain = module._DISGUISED_DOT.sub(".", text)
    assert bool(addresses(text)) == bool(module._ADDRESS.search(plain))
