"""Requests for members of a server reach public addresses only."""

import httpx
import pytest

from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.public_hosts import PublicHosts, is_public

PUBLIC = "93.184.216.34"


class Heard(httpx.AsyncBaseTransport):
    """Notes what would be sent."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.7",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.7",
        "2002:0a00:0007::1",
    ],
)
def test_addresses_of_private_networks_are_known(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_the_internet_are_known() -> None:
    assert is_public(PUBLIC)
    assert is_public("2606:4700::6810:1")


async def get(found: list[str], heard: Heard) -> httpx.Response:
    async def look(host: str, port: int) -> list[str]:
        return found

    transport = PublicHosts(heard, look)
    async with httpx.AsyncClient(transport=transport) as client:
        return await client.get("https://blog.example.com/wp-json/")


async def test_the_address_that_was_looked_at_is_the_one_that_is_asked() -> None:
    heard = Heard()
    await get([PUBLIC], heard)
    (request,) = heard.requests
    assert request.url.host == PUBLIC
    assert request.headers["Host"] == "blog.example.com"
    assert request.extensions["sni_hostname"] == "blog.example.com"


@pytest.mark.parametrize("found", [["10.0.0.7"], [PUBLIC, "127.0.0.1"], []])
async def test_a_name_that_leads_inside_is_refused(found: list[str]) -> None:
    heard = Heard()
    with pytest.raises(SiteProblem, match="private network"):
        await get(found, heard)
    assert heard.requests == []
