"""The address of a server as a person types it."""

import pytest

from marketer_desktop.domain.server_address import server_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" team.example.com/ ", "https://team.example.com"),
        ("https://team.example.com:8443/marketer/", "https://team.example.com:8443/marketer"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:8000/", "http://localhost:8000"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    assert server_address(typed) == meant


@pytest.mark.parametrize("typed", ["http://team.example.com", "http://192.168.1.7:8000"])
def test_nothing_goes_in_the_clear_to_another_machine(typed: str) -> None:
    with pytest.raises(ValueError, match="in the clear"):
        server_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "ftp://team.example.com",
        "https://team example.com",
        "https://user:pass@team.example.com",
        "https://team.example.com?x=1",
        "https://team.example.com#x",
        "https://team.example.com:99999",
        "https://[::1",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(ValueError, match="not the address of a server"):
        server_address(typed)
