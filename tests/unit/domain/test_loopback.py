"""What is this computer, and what only looks like it."""

import pytest

from marketer_desktop.domain.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_this_computer(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "chroma", "localhost.example", "a.localhost", "::", "0.0.0.0", "10.0.0.1"],  # noqa: S104
)
def test_what_may_be_elsewhere(host: str) -> None:
    assert not is_loopback(host)
