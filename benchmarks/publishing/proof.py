"""Publishes pieces while connections are cut, and looks at the sites what has come of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from uuid import uuid4

from benchmarks.publishing.places import Place, places
from marketer_desktop.publishing.sites.ghost_api import GhostApi
from marketer_desktop.publishing.sites.wordpress_api import WordPressApi
from marketer_desktop.services.parts import Parts
from tests.factories.contents import add_content, make_content
from tests.factories.publishing import add_site, sent

ARTICLE = """# Piece {number}

Coffee brings **people** together, here for the {number}th time.

![A cup on a desk](assets/cup.png)
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
ORDERS: list[list[dict[str, Any]]] = [
    [{}],
    [{"as_draft": True}, {}],
    [{}, {"update": True, "categories": ["News"]}],
    [{}],
]
SENDING = "marketer_desktop.services.send_publication"


@dataclass
class Outcome:
    """What came of one kind of site."""

    kind: str
    pieces: int = 0
    orders: int = 0
    requests: int = 0
    cuts: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


async def published(
    parts: Parts, pieces: int, seed: int, *, is_control: bool = False
) -> list[Outcome]:
    """So many pieces, each at one of the three sites in turn."""
    with places(seed) as all_places, quick(), _careless(is_control):
        outcomes = {each.kind: Outcome(each.kind) for each in all_places}
        targets = {each.kind: await _target(parts, each) for each in all_places}
        titles: dict[str, list[str]] = {each.kind: [] for each in all_places}
        for number in range(pieces):
            place = all_places[number % len(all_places)]
            outcome = outcomes[place.kind]
            titles[place.kind] += await _order(parts, place, targets[place.kind], number, outcome)
        for place in all_places:
            _judge(place, outcomes[place.kind], titles[place.kind])
    return list(outcomes.values())


@contextmanager
def quick() -> Iterator[None]:
    """Without the pauses between attempts."""
    with mock.patch(f"{SENDING}.pause_after", lambda attempts: 0.0):
        yield


@contextmanager
def _careless(is_control: bool) -> Iterator[None]:
    """A control: nobody looks whether an earlier attempt got through."""
    if not is_control:
        yield
        return
    many, ask = WordPressApi.many, GhostApi.ask

    async def none_there(api: WordPressApi, route: str, params: dict[str, Any]) -> Any:
        return [] if route.endswith("/posts") else await many(api, route, params)

    async def nothing_there(api: GhostApi, method: str, route: str, **parts: Any) -> Any:
        is_look_up = (method, route) == ("GET", "posts")
        return {"posts": []} if is_look_up else await ask(api, method, route, **parts)

    with (
        mock.patch.object(WordPressApi, "many", none_there),
        mock.patch.object(GhostApi, "ask", nothing_there),
        mock.patch("marketer_desktop.publishing.sites.webhook.uuid5", lambda *named: uuid4()),
    ):
        yield


async def _target(parts: Parts, place: Place) -> int:
    address = place.site.address
    added = await add_site(parts, place.kind, address, name=f"At {address}", **place.opens)
    return added.id


async def _piece(parts: Parts, number: int) -> int:
    """A text with a title and a picture of its own."""
    markdown = ARTICLE.format(number=number)
    text = await add_content(parts)
    async with parts.database.unit_of_work() as work:
        await work.activities.save_content(
            text,
            content=make_content(markdown, title=f"Piece {number}"),
            report={"checks": []},
            status="completed",
            tokens=0,
            duration_ms=0,
        )
        await work.commit()
    folder = parts.data_dir / "content" / str(text) / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cup.png").write_bytes(PNG + number.to_bytes(4, "big"))
    return text


async def _order(
    parts: Parts, place: Place, target: int, number: int, outcome: Outcome
) -> list[str]:
    """One piece, every second one as a draft first or updated afterwards; what must be there."""
    text = await _piece(parts, number)
    usual: dict[str, Any] = {"slug": f"piece-{number}", "tags": ["Tea", f"Tag {number % 7}"]}
    orders = ORDERS[number % len(ORDERS)]
    before = len(place.site.requests)
    for more in orders:
        place.fate.begin()
        told = await sent(parts, text, target, **usual, **more)
        place.fate.rest()
        wanted = "draft" if more.get("as_draft") else "published"
        if told.state != wanted:
            outcome.complaints.append(f"piece {number} is {told.state}: {told.problem}")
    outcome.pieces += 1
    outcome.orders += len(orders)
    outcome.requests += len(place.site.requests) - before
    title = f"Piece {number}"
    # A webhook hears of each order; a site has one post, whatever was ordered.
    is_hook = place.kind == "webhook"
    return [f"{title}{' again' * each}" for each in range(len(orders))] if is_hook else [title]


def _judge(place: Place, outcome: Outcome, titles: list[str]) -> None:
    outcome.cuts, outcome.struck = Counter(place.fate.cuts), place.fate.struck
    there, public = place.pieces(), place.public()
    for title in titles:
        if there[title] != 1:
            outcome.complaints.append(f"{title} is there {there[title]} times")
        elif title not in public:
            outcome.complaints.append(f"{title} is not public")
    foreign = set(there) - set(titles)
    if foreign:
        outcome.complaints.append(f"nobody ordered {sorted(foreign)}")
    if doubled := place.doubled_pictures():
        outcome.complaints.append(f"{doubled} pictures are there more than once")
