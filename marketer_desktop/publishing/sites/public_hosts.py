"""For members of a server: their requests reach public addresses only, whatever a name means."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable

import httpx

from marketer_desktop.publishing.sites.problems import SiteProblem

Look = Callable[[str, int], Awaitable[list[str]]]
PRIVATE = (
    "{host} lies in a private network, which this server does not reach into. Use a site with a "
    "public address."
)


async def addresses_of(host: str, port: int) -> list[str]:
    """What a name means just now. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[4][0]) for place in found]


class PublicHosts(httpx.AsyncBaseTransport):
    """Connects to the address that was looked at: a name may mean another one a moment later."""

    def __init__(self, inner: httpx.AsyncBaseTransport, look: Look = addresses_of) -> None:
        self._inner, self._look = inner, look

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As the transport inside. Raises `SiteProblem` for a private address."""
        host = request.url.host
        try:
            found = await self._look(host, request.url.port or 443)
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        if not found or not all(is_public(each) for each in found):
            raise SiteProblem("address", PRIVATE.format(host=host))
        # The certificate is still that of the name, and so is the Host header, set before.
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=found[0])
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the transport inside."""
        await self._inner.aclose()


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, also one that is mapped into IPv6."""
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None) or number
    return bool(inner.is_global and not inner.is_multicast)
