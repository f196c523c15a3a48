"""An upload of 100 MB beside copying and hashing the same file, and what the process grows by."""

import asyncio
import hashlib
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.engine.figures import Figure
from benchmarks.server.load import lines, request
from benchmarks.server.place import PATIENCE, Place, Side, Tell, process
from tests.patience import becomes_true

MB = 1024 * 1024
LIMIT, LIMIT_MB = 1.5, 64.0
LOOK = 0.01
UNDER_WAY = ("pending", "processing")
BOUNDARY = "bench-server"
BEFORE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="report.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n"
).encode()
AFTER = f"\r\n--{BOUNDARY}--\r\n".encode()


class Peak:
    """The most memory that a process had."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self.before = self.most = side.rss()

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            self.most = max(self.most, self._side.rss())
            await asyncio.sleep(LOOK)

    @property
    def growth_mb(self) -> float:
        """Since the beginning."""
        return (self.most - self.before) / MB


@asynccontextmanager
async def _watched(side: Side) -> AsyncIterator[Peak]:
    peak = Peak(side)
    watching = asyncio.create_task(peak.watch())
    try:
        yield peak
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def measure(place: Place, tell: Tell, rounds: int = 9, size: int = 100 * MB) -> list[Figure]:
    """Each round uploads to ours, to a route that does nothing else, to a socket, and copies."""
    taken: dict[str, list[float]] = {"ours": [], "peer": [], "bare": [], "alone": []}
    growth = []
    with (
        TemporaryDirectory(dir=place.folder) as name,
        process("benchmarks.server.bare_upload", name) as bare,
    ):
        file = Path(name) / "report.pdf"
        await asyncio.to_thread(_write, file, size)
        for _ in range(rounds):
            async with _watched(place.ours) as peak:
                taken["ours"].append(await _upload(place, file, size))
            growth.append(peak.growth_mb)
            taken["peer"].append((await _sent(place, place.peer, "POST /copy", file, size))[0])
            taken["bare"].append((await _sent(place, bare, "POST /copy", file, size))[0])
            taken["alone"].append(await asyncio.to_thread(_copy_and_hash, file))
            last = ", ".join(f"{name} {times[-1]:.2f} s" for name, times in taken.items())
            tell(f"upload: {last}, {growth[-1]:.1f} MB more")
    return _figures(f"upload of {size // MB} MB", taken, growth)


def _figures(name: str, taken: dict[str, list[float]], growth: list[float]) -> list[Figure]:
    def beside(what: str, one: str, other: str, limit: float | None = None) -> Figure:
        ours, peer = (f"{median(taken[side]):.3f} s" for side in (one, other))
        ratio = median(a / b for a, b in zip(taken[one], taken[other], strict=True))
        return Figure(what, ours, peer, ratio, limit=limit)

    return [
        beside(f"{name} beside copy and hash", "ours", "alone", LIMIT),
        beside(f"{name} beside a route that copies and hashes", "ours", "peer"),
        beside(f"{name} beside a socket whose bytes are copied and hashed", "ours", "bare"),
        beside("that socket beside copy and hash: what sending costs by itself", "bare", "alone"),
        Figure(
            f"{name}: growth of the process, MiB",
            f"{max(growth):.1f} MiB",
            "–",
            max(growth),
            "≤",
            LIMIT_MB,
        ),
    ]


def _write(file: Path, size: int) -> None:
    """A PDF by its first bytes, which nobody can read: what comes after the upload is soon over."""
    begin = b"%PDF-1.7\n"
    with file.open("wb") as opened:
        opened.write(begin)
        for start in range(len(begin), size, MB):
            opened.write(os.urandom(min(MB, size - start)))


def _copy_and_hash(file: Path) -> float:
    """Seconds of what has to be done with the content, by the same pieces."""
    began, digest = time.perf_counter(), hashlib.sha256()
    copy = file.with_suffix(".copy")
    with file.open("rb") as source, copy.open("wb") as target:
        while piece := source.read(MB):
            digest.update(piece)
            target.write(piece)
    seconds = time.perf_counter() - began
    copy.unlink()
    return seconds


async def _sent(place: Place, side: Side, head: str, file: Path, size: int) -> tuple[float, bytes]:
    """How many seconds it took, and the answer."""
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    length = len(BEFORE) + size + len(AFTER)
    headers = {**place.headers, "Content-Type": kind, "Content-Length": str(length)}
    begun = request(side.port, head, headers)
    asked = replace(begun, data=begun.data + BEFORE)
    async with lines(side.port, 1) as (line,):
        began = time.perf_counter()
        answer = await line.send(asked, file, AFTER)
        return time.perf_counter() - began, answer


async def _upload(place: Place, file: Path, size: int) -> float:
    """Seconds until it is there; then it is looked at, and deleted so that it can come anew."""
    seconds, answer = await _sent(place, place.ours, "POST /api/documents", file, size)
    url = f"/api/documents/{json.loads(answer)['data']['id']}"
    async with place.client(place.ours) as client:

        async def looked_at() -> bool:
            told = (await client.get(url)).raise_for_status().json()
            return told["data"]["status"] not in UNDER_WAY

        await becomes_true(looked_at, PATIENCE)
        (await client.delete(url)).raise_for_status()
    return seconds
