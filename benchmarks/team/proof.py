"""Runs asked for over HTTP, and streams that follow them, while processes are killed."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
import psycopg

from benchmarks.team.processes import EMAIL, PASSWORD, Kind, Team

MAIL = {"content_type": "email", "target_word_count": 60}
WELL = ("completed", "needs_attention")
BETWEEN_TRIES = 0.2


@dataclass
class Outcome:
    """What came of it; `complaints` is empty when all is well."""

    runs: int = 0
    kills: dict[str, int] = field(default_factory=lambda: {"api": 0, "worker": 0})
    reconnects: int = 0
    complaints: list[str] = field(default_factory=list)


class Client:
    """Somebody who asks any living API, and another one when it dies."""

    def __init__(self, team: Team, chance: random.Random) -> None:
        self._team, self._chance = team, chance
        self._headers: dict[str, str] = {}

    def place(self) -> str:
        """The address of a living API."""
        return self._chance.choice(self._team.alive("api")).said

    async def sign_in(self) -> None:
        """As the administrator."""
        told = await self.ask("POST", "/api/login", {"email": EMAIL, "password": PASSWORD})
        self._headers = {"Authorization": f"Bearer {told['token']}"}

    async def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """The `data` of an answer. A request whose server dies is not made again."""
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            answer = await client.request(
                method, f"{self.place()}{path}", json=body, headers=self._headers
            )
        if answer.is_error:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        data: dict[str, object] = answer.json()["data"]
        return data

    async def follow(self, activity_id: int, outcome: Outcome) -> list[int]:
        """The numbers of all stored events, from as many servers as it takes."""
        heard: list[int] = []
        while True:
            try:
                if await self._listen(activity_id, heard):
                    return heard
            except httpx.HTTPError:
                await asyncio.sleep(BETWEEN_TRIES)
            outcome.reconnects += 1

    async def _listen(self, activity_id: int, heard: list[int]) -> bool:
        """True once there is nothing more to hear."""
        last = {"Last-Event-ID": str(heard[-1])} if heard else {}
        url = f"{self.place()}/api/activities/{activity_id}/stream"
        async with (
            httpx.AsyncClient(trust_env=False, timeout=60) as client,
            client.stream("GET", url, headers=self._headers | last) as answer,
        ):
            if answer.status_code == httpx.codes.NO_CONTENT:
                return True
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                if line.startswith("id: "):
                    heard.append(int(line.removeprefix("id: ")))
        return False


async def prove(
    team: Team,
    url: str,
    runs: int,
    kills: Sequence[Kind],
    seed: int,
    pause: float,
    patience: float,
) -> Outcome:
    """Have `runs` written by a team that runs; kill one of each of `kills` in turn meanwhile.

    What has not ended `patience` seconds after the last kill never will.
    """
    chance, outcome = random.Random(seed), Outcome(runs=runs)
    client = Client(team, chance)
    await client.sign_in()
    project = (await client.ask("POST", "/api/projects", {"name": "Kills"}))["id"]
    started = [
        await client.ask(
            "POST",
            "/api/workflows/execute",
            {**MAIL, "project_id": project, "topic": f"Fresh coffee, letter {number}"},
        )
        for number in range(runs)
    ]
    numbers = [int(str(each["activity_id"])) for each in started]
    streams = [asyncio.create_task(client.follow(number, outcome)) for number in numbers]
    for kind in kills:
        await asyncio.sleep(pause)
        await _strike(team, kind, chance, outcome)
    await asyncio.wait(streams, timeout=patience)
    outcome.complaints += [
        f"the stream of run {number} has not ended"
        for number, stream in zip(numbers, streams, strict=True)
        if not stream.done()
    ]
    heard = await _heard(streams)
    outcome.complaints += await asyncio.to_thread(
        _examined, url, dict(zip(numbers, heard, strict=True))
    )
    return outcome


async def _heard(streams: Sequence["asyncio.Task[list[int]]"]) -> list[list[int]]:
    for stream in streams:
        stream.cancel()
    found = await asyncio.gather(*streams, return_exceptions=True)
    return [[] if isinstance(each, BaseException) else each for each in found]


async def _strike(team: Team, kind: Kind, chance: random.Random, outcome: Outcome) -> None:
    """Kill one, and start another in its place."""
    victim = chance.choice(team.alive(kind))
    replacement = asyncio.create_task(asyncio.to_thread(team.start, kind))
    if len(team.alive(kind)) == 1:
        await replacement
    await asyncio.to_thread(victim.kill)
    outcome.kills[kind] += 1
    await replacement


def _examined(url: str, heard: dict[int, list[int]]) -> list[str]:
    """What the database says is wrong."""
    complaints = []
    with psycopg.connect(url) as connection:
        for number, ids in heard.items():
            (status, message) = connection.execute(
                "SELECT status, error_message FROM activities WHERE id = %s", (number,)
            ).fetchone() or ("gone", None)
            events = connection.execute(
                "SELECT seq, kind FROM run_events WHERE activity_id = %s ORDER BY seq", (number,)
            ).fetchall()
            endings = sum(kind == "ended" for _, kind in events)
            stored = [seq for seq, _ in events]
            if status not in WELL:
                complaints.append(f"run {number} is {status}: {message}")
            if endings != 1:
                complaints.append(f"run {number} ended {endings} times")
            if stored != list(range(1, len(stored) + 1)):
                complaints.append(f"run {number} has a gap in its events: {stored}")
            if ids != stored:
                complaints.append(f"the stream of run {number} told {ids}, stored are {stored}")
    return complaints
