"""What may happen to a request, each truly as it happens: before or after the server's commit."""

import asyncio
import gzip
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import httpx

from benchmarks.sync_faults.trap import Killed, disk_full, shut_down
from benchmarks.sync_faults.way import Fault, Way
from marketer_desktop.services.access import signing_secret
from marketer_desktop.system.tokens import AUDIENCE, _signed

FAULTS: dict[str, Fault] = {}
PAGE = "<html><body>Please sign in to the hotel's network.</body></html>"
AWAY_SECONDS, CLOSED_SECONDS, LATE_SECONDS = 90.0, 45.0, 120.0


def fault(name: str) -> Callable[[Fault], Fault]:
    """Enter a fault under its name."""

    def enter(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return enter


def _never_sent(name: str, error: type[httpx.RequestError], told: str) -> None:
    @fault(name)
    async def met(way: Way, request: httpx.Request) -> httpx.Response:
        raise error(told, request=request)


def _never_answered(name: str, error: type[httpx.RequestError], told: str) -> None:
    @fault(name)
    async def met(way: Way, request: httpx.Request) -> httpx.Response:
        await way.site.deliver(request)
        raise error(told, request=request)


def _answered_instead(name: str, *, delivered: bool, status: int, text: str = PAGE) -> None:
    @fault(name)
    async def met(way: Way, request: httpx.Request) -> httpx.Response:
        if delivered:
            await way.site.deliver(request)
        return httpx.Response(status, text=text)


_never_sent("connection refused", httpx.ConnectError, "refused")
_never_sent("name not found", httpx.ConnectError, "Name or service not known")
_never_sent("connecting takes too long", httpx.ConnectTimeout, "")
_never_sent("connection reset while sending", httpx.WriteError, "reset")
_never_sent("request lost on its way", httpx.ReadTimeout, "")
_never_answered("answer lost after commit", httpx.ReadError, "reset")
_never_answered("answer too late after commit", httpx.ReadTimeout, "")
_never_answered("body shorter than it says", httpx.RemoteProtocolError, "incomplete body")
_answered_instead("hotel's page instead of an answer", delivered=False, status=200)
_answered_instead("led away to another page", delivered=False, status=302)
_answered_instead("proxy refuses", delivered=False, status=403)
_answered_instead("proxy has another timeout", delivered=False, status=408)
_answered_instead("proxy finds it too large", delivered=False, status=413)
_answered_instead("500 before anything is done", delivered=False, status=500)
_answered_instead("502 before anything is done", delivered=False, status=502)
_answered_instead("500 after commit", delivered=True, status=500)
_answered_instead("504 after commit", delivered=True, status=504)
_answered_instead("empty body after commit", delivered=True, status=200, text="")
_answered_instead("another program's JSON", delivered=False, status=200, text='{"ok": true}')


@fault("body cut off in the middle")
async def cut_body(way: Way, request: httpx.Request) -> httpx.Response:
    """Without a length nobody notices but whoever reads it."""
    answer = await way.site.deliver(request)
    return httpx.Response(answer.status_code, content=answer.content[: len(answer.content) // 2])


@fault("damaged compression")
async def damaged_gzip(way: Way, request: httpx.Request) -> httpx.Response:
    """The body does not unpack."""
    packed = bytearray(gzip.compress((await way.site.deliver(request)).content))
    packed[len(packed) // 2] ^= 0xFF
    stream = httpx.ByteStream(bytes(packed))
    return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=stream)


@fault("delivered twice, the second answered")
async def twice(way: Way, request: httpx.Request) -> httpx.Response:
    """A proxy has repeated it."""
    await way.site.deliver(request)
    return await way.site.deliver(request)


@fault("delivered twice at once")
async def at_once(way: Way, request: httpx.Request) -> httpx.Response:
    """Two of them in two transactions."""
    answers = await asyncio.gather(way.site.deliver(request), way.site.deliver(request))
    return way.site.rng.choice(answers)


@fault("delivered again much later")
async def again_later(way: Way, request: httpx.Request) -> httpx.Response:
    """After others that were sent after it."""
    _deliver_later(way, request)
    return await way.site.deliver(request)


@fault("overtaken: arrives after it was given up")
async def overtaken(way: Way, request: httpx.Request) -> httpx.Response:
    """What is sent again arrives before it."""
    _deliver_later(way, request)
    raise httpx.ReadTimeout("", request=request)


def _deliver_later(way: Way, request: httpx.Request) -> None:
    async def deliver() -> None:
        await way.site.deliver(request)

    way.site.later(way.site.rng.uniform(1, LATE_SECONDS), deliver)


@fault("401 in the middle: the token has run out")
async def worn_token(way: Way, request: httpx.Request) -> httpx.Response:
    """The application itself refuses it."""
    if "Authorization" not in request.headers:
        return await way.site.deliver(request)
    secret = signing_secret(way.site.parts)
    worn = _signed({"sub": "1"}, AUDIENCE, timedelta(seconds=-5), secret)
    return await way.site.deliver(
        httpx.Request(
            request.method,
            request.url,
            headers={**request.headers, "Authorization": f"Bearer {worn}"},
            content=request.content,
        )
    )


@fault("429 with seconds")
async def asked_for_seconds(way: Way, request: httpx.Request) -> httpx.Response:
    """A number."""
    wait = str(way.site.rng.randint(0, 60))
    return httpx.Response(429, headers={"Retry-After": wait}, text="slowly")


@fault("429 with a date")
async def asked_for_a_date(way: Way, request: httpx.Request) -> httpx.Response:
    """By the server's clock."""
    clock = way.site.clock
    date = clock.date(timedelta(seconds=way.site.rng.randint(0, 60)))
    return httpx.Response(429, headers={"Retry-After": format_datetime(date, usegmt=True)})


@fault("503 with a date of yesterday")
async def asked_for_yesterday(way: Way, request: httpx.Request) -> httpx.Response:
    """A server whose clock is wrong."""
    date = format_datetime(way.site.clock.date(timedelta(days=-1)), usegmt=True)
    return httpx.Response(503, headers={"Retry-After": date})


@fault("server restarts")
async def restarting(way: Way, request: httpx.Request) -> httpx.Response:
    """For everybody, for a while."""
    site = way.site
    site.closed_until = site.clock.now + site.rng.uniform(1, CLOSED_SECONDS)
    raise httpx.RemoteProtocolError("Server disconnected", request=request)


@fault("network away for a while")
async def away(way: Way, request: httpx.Request) -> httpx.Response:
    """For this desktop."""
    way.away_until = way.site.clock.now + way.site.rng.uniform(1, AWAY_SECONDS)
    raise httpx.ConnectError("Network is unreachable", request=request)


@fault("small pages")
async def small_pages(way: Way, request: httpx.Request) -> httpx.Response:
    """The server hands out little at a time."""
    if "limit" not in request.url.params:
        return await way.site.deliver(request)
    url = request.url.copy_set_param("limit", 2)
    return await way.site.deliver(httpx.Request(request.method, url, headers=request.headers))


@fault("killed before it sends")
async def killed_before(way: Way, request: httpx.Request) -> httpx.Response:
    """What was to be sent is written down."""
    raise Killed


@fault("killed between commit and acknowledgement")
async def killed_after(way: Way, request: httpx.Request) -> httpx.Response:
    """The server has carried it out; nobody here knows."""
    await way.site.deliver(request)
    raise Killed


@fault("killed while it takes in the answer")
async def killed_within(way: Way, request: httpx.Request) -> httpx.Response:
    """Before the commit here."""
    answer = await way.site.deliver(request)
    way.trap.set(Killed())
    return answer


@fault("disk full while it takes in the answer")
async def full_disk(way: Way, request: httpx.Request) -> httpx.Response:
    """The commit here fails."""
    answer = await way.site.deliver(request)
    way.trap.set(disk_full())
    return answer


@fault("database stopped while it takes in the answer")
async def stopped_database(way: Way, request: httpx.Request) -> httpx.Response:
    """The commit here fails."""
    answer = await way.site.deliver(request)
    way.trap.set(shut_down())
    return answer


@fault("disk of the server full")
async def full_server(way: Way, request: httpx.Request) -> httpx.Response:
    """The commit there fails, and the server says what it says then."""
    way.site.trap.set(disk_full())
    try:
        return await way.site.deliver(request)
    finally:
        way.site.trap.clear()


@fault("server killed before its commit")
async def killed_server(way: Way, request: httpx.Request) -> httpx.Response:
    """Nothing was done there, and nobody says so."""
    way.site.trap.set(shut_down())
    try:
        await way.site.deliver(request)
    finally:
        way.site.trap.clear()
    raise httpx.ReadError("reset", request=request)
