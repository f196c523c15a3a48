"""`GET /api/projects` beside a route written by hand, and beside psycopg alone."""

import json
import time
from dataclasses import dataclass, field
from statistics import median

import psycopg

from benchmarks.engine.figures import Figure, percentile
from benchmarks.server.load import Request, keep_pace, lines, saturate
from benchmarks.server.place import Place, Side, Tell

HEAD = "GET /api/projects"
CONNECTIONS, RATE = 16, 200.0
LIMIT = 0.8
BARE = """
SELECT p.id, p.name, p.description, u.id, u.email, p.created_at,
  (SELECT count(*) FROM campaigns c WHERE c.project_id = p.id AND NOT c.is_archived),
  (SELECT count(*) FROM activities a JOIN campaigns c ON c.id = a.campaign_id
    WHERE c.project_id = p.id AND NOT c.is_archived AND a.status <> 'archived')
FROM projects p JOIN users u ON u.id = p.owner_id
WHERE p.organization_id = %s AND NOT p.is_archived
ORDER BY p.created_at DESC, p.id DESC LIMIT 20
"""


@dataclass
class Taken:
    """What one side has reached in the rounds so far; times in seconds."""

    side: Side
    asked: Request
    rates: list[float] = field(default_factory=list)
    cpu: float = 0.0
    count: int = 0
    saturated: list[float] = field(default_factory=list)
    paced: list[float] = field(default_factory=list)

    async def round(self, requests: int) -> None:
        """As fast as it goes."""
        before = self.side.cpu()
        rate, times = await saturate(self.asked, CONNECTIONS, requests)
        self.rates.append(rate)
        self.cpu += self.side.cpu() - before
        self.count += requests
        self.saturated += times

    async def pace(self, seconds: float) -> None:
        """At a steady rate."""
        self.paced += await keep_pace(self.asked, CONNECTIONS, RATE, int(RATE * seconds))

    @property
    def cpu_ms(self) -> float:
        """The processor time of one request."""
        return 1000 * self.cpu / self.count


async def measure(
    place: Place, tell: Tell, rounds: int = 10, requests: int = 400, seconds: float = 5.0
) -> list[Figure]:
    """Rounds of both sides in turn: what drifts, drifts for both."""
    ours = Taken(place.ours, place.asking(place.ours, HEAD))
    peer = Taken(place.peer, place.asking(place.peer, HEAD))
    if await _data(ours) != await _data(peer):
        raise ValueError("The two sides do not say the same.")
    for side in (ours, peer):
        await saturate(side.asked, CONNECTIONS, requests)
    for number in range(rounds):
        for side in (ours, peer) if number % 2 else (peer, ours):
            await side.round(requests)
        tell(f"projects: ours {ours.rates[-1]:.0f}/s, by hand {peer.rates[-1]:.0f}/s")
    for side in (ours, peer, peer, ours):
        await side.pace(seconds / 2)
    return _figures(ours, peer, await _alone(place, requests))


def _figures(ours: Taken, peer: Taken, alone: float) -> list[Figure]:
    ratios = [a / b for a, b in zip(ours.rates, peer.rates, strict=True)]
    return [
        Figure(
            f"{HEAD}: requests a second",
            f"{median(ours.rates):.0f}",
            f"{median(peer.rates):.0f} by hand; {1 / alone:.0f} psycopg alone",
            median(ratios),
            "≥",
            LIMIT,
        ),
        Figure(
            f"{HEAD}: processor time of the server (by hand / ours)",
            f"{ours.cpu_ms:.2f} ms",
            f"{peer.cpu_ms:.2f} ms",
            peer.cpu_ms / ours.cpu_ms,
            "≥",
        ),
        _p95("at saturation", ours.saturated, peer.saturated),
        _p95(f"at {RATE:.0f} a second", ours.paced, peer.paced),
    ]


def _p95(when: str, ours: list[float], peer: list[float]) -> Figure:
    one, other = percentile(ours, 95), percentile(peer, 95)
    told = (f"{1000 * one:.1f} ms", f"{1000 * other:.1f} ms")
    return Figure(f"{HEAD}: p95 {when}", *told, one / other)


async def _data(side: Taken) -> object:
    async with lines(side.asked.port, 1) as opened:
        _, body = await opened[0].ask(side.asked)
    told = json.loads(body)
    assert told.keys() == {"success", "data", "error", "metadata"}
    return told["data"]


async def _alone(place: Place, count: int) -> float:
    """Seconds that psycopg alone takes for the page, on one connection."""
    async with await psycopg.AsyncConnection.connect(
        place.database_url, autocommit=True
    ) as connection:
        began = time.perf_counter()
        for _ in range(count):
            found = await connection.execute(BARE, [place.organization])
            await found.fetchall()
        return (time.perf_counter() - began) / count
