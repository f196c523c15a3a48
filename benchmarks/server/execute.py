"""`POST /api/workflows/execute` beside one INSERT and its commit."""

import json
import time
from statistics import median

import psycopg
from psycopg.types.json import Jsonb

from benchmarks.engine.figures import Figure, percentile
from benchmarks.server.load import one_by_one
from benchmarks.server.place import Place, Tell

HEAD = "POST /api/workflows/execute"
LIMIT = 3.0
ALONE = """
INSERT INTO activities (campaign_id, owner_id, type, topic, keywords, brief)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""


async def measure(place: Place, tell: Tell, rounds: int = 10, requests: int = 50) -> list[Figure]:
    """One request at a time, on all sides in turn: each ends with a commit."""
    brief = {
        "campaign_id": place.campaign,
        "topic": "How fresh coffee is roasted",
        "content_type": "blog",
        "keywords": ["coffee", "roasting"],
    }
    body = json.dumps(brief).encode()
    ours = place.asking(place.ours, HEAD, body)
    peer = place.asking(place.peer, "POST /insert", body)
    taken: dict[str, list[float]] = {"ours": [], "peer": [], "alone": []}
    for asked in (ours, peer):
        await one_by_one(asked, requests)
    for _ in range(rounds):
        taken["ours"] += await one_by_one(ours, requests)
        taken["peer"] += await one_by_one(peer, requests)
        taken["alone"] += await _alone(place, brief, requests)
        last = {name: median(times[-requests:]) for name, times in taken.items()}
        tell("execute: " + ", ".join(f"{name} {1000 * s:.1f} ms" for name, s in last.items()))
    return _figures(**taken)


def _figures(ours: list[float], peer: list[float], alone: list[float]) -> list[Figure]:
    p95 = percentile(ours, 95)
    return [
        Figure(
            f"{HEAD}: beside a route by hand with one INSERT and commit",
            f"{1000 * median(ours):.2f} ms (p95 {1000 * p95:.2f})",
            f"{1000 * median(peer):.2f} ms",
            median(ours) / median(peer),
            "≤",
            LIMIT,
        ),
        Figure(
            f"{HEAD}: beside psycopg alone with one INSERT and commit",
            f"{1000 * median(ours):.2f} ms",
            f"{1000 * median(alone):.2f} ms",
            median(ours) / median(alone),
        ),
    ]


async def _alone(place: Place, brief: dict[str, object], count: int) -> list[float]:
    """Seconds of each INSERT and commit by psycopg, on one connection."""
    words = (brief["content_type"], brief["topic"], brief["keywords"], Jsonb(brief))
    values = (place.campaign, place.owner, *words)
    times = []
    async with await psycopg.AsyncConnection.connect(place.database_url) as connection:
        for _ in range(count):
            began = time.perf_counter()
            await connection.execute(ALONE, values)
            await connection.commit()
            times.append(time.perf_counter() - began)
    return times
