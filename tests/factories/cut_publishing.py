"""Texts on their way to a site whose connections are cut at random moments."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from marketer_desktop.services.parts import Parts
from tests.factories.contents import add_content
from tests.factories.publishing import ARTICLE, add_site, put_image, sent
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.ghost_server import GhostServer
from tests.fakes.wordpress_server import WordPressServer

LONGEST_PAUSE = 0.06  # seconds between two cuts: a text takes about as long
AT_ONCE = 4


@dataclass(frozen=True)
class Outcome:
    """How often connections were cut, and how often each piece is public; drafts that are left."""

    cuts: int
    attempts: int
    public: Counter[str]
    drafts: int


async def publish_while_cut(
    parts: Parts, site: WordPressServer | GhostServer, count: int, seed: int
) -> Outcome:
    """Publish `count` texts with the slugs `piece-1` and so on, until each is said to be there."""
    chance, cuts, attempts = random.Random(seed), [0], [0]
    port = urlsplit(site.address).port
    assert port is not None
    async with CuttingProxy(port) as proxy:
        secret = {"secret": site.key} if isinstance(site, GhostServer) else _account(site)
        kind = "ghost" if isinstance(site, GhostServer) else "wordpress"
        target = await add_site(parts, kind, proxy.address, **secret)
        places = asyncio.Semaphore(AT_ONCE)

        async def publish(number: int) -> None:
            text = await add_content(parts, ARTICLE.replace("40", str(number)))
            put_image(parts, text)
            async with places:
                state = ""
                while state != "published":
                    attempts[0] += 1
                    told = await sent(parts, text, target.id, slug=f"piece-{number}", tags=["Tea"])
                    state = told.state

        async with _cutting(proxy, chance, cuts):
            await asyncio.gather(*(publish(number) for number in range(1, count + 1)))
    return Outcome(cuts[0], attempts[0], *_found(site))


def _account(site: WordPressServer) -> dict[str, str]:
    return {"account": "admin", "secret": site.password}


@asynccontextmanager
async def _cutting(
    proxy: CuttingProxy, chance: random.Random, cuts: list[int]
) -> AsyncIterator[None]:
    async def cut() -> None:
        while True:
            await asyncio.sleep(chance.uniform(0, LONGEST_PAUSE))
            proxy.cut()
            cuts[0] += 1

    task = asyncio.create_task(cut())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _found(site: WordPressServer | GhostServer) -> tuple[Counter[str], int]:
    """The slugs of what is public, and how many drafts there are."""
    if isinstance(site, GhostServer):
        posts = [(str(row.words["slug"]), row.status) for row in site.posts.rows.values()]
    else:
        posts = [(row.slug, row.status) for row in site.posts.rows.values()]
    public = [slug for slug, status in posts if status in ("publish", "published")]
    return Counter(public), len(posts) - len(public)
