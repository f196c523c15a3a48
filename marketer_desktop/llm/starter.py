"""The built-in starter model: its child process, and threads and slots chosen by measuring."""

import asyncio
import json
import os
import secrets
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from marketer_desktop.llm.errors import ModelUnavailable
from marketer_desktop.llm.starter_calls import StarterCalls
from marketer_desktop.observability.logs import log
from marketer_desktop.system.children import start_child
from marketer_desktop.system.threads import run_to_the_end

SLOT_TOKENS = 2048  # the context SmolLM2-135M was trained with
MOST_SLOTS = 5  # a workflow has at most five calls in flight (specification, section 11.3)
START_SECONDS = 60.0
PROBE_TOKENS = 24
GOOD_ENOUGH = 0.95
LAUNCH_ATTEMPTS = 2
LAST_BREATH_SECONDS = 1.0


@dataclass(frozen=True)
class Layout:
    """How the server runs on this machine, and the rate in tokens/s that was measured, or 0."""

    threads: int
    slots: int
    tokens_per_second: float
    processors: int


class StarterServer:
    """One llama.cpp server in a child process; started when first asked for, again if it died.

    `calls` are those under way: a server that works for none of them any more is killed, and
    started again for the next call.

    `on_start` and `on_stop` get the process, so that a watchdog can end it after a kill -9.
    """

    def __init__(
        self,
        data_dir: Path,
        on_start: Callable[[int], None] = lambda pid: None,
        on_stop: Callable[[int], None] = lambda pid: None,
    ) -> None:
        self._layout_file = data_dir / "starter.json"
        self._log_file = data_dir / "logs" / "starter.log"
        self._on_start, self._on_stop = on_start, on_stop
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = asyncio.Lock()
        self._given_up = False
        self.calls = StarterCalls(self._give_up)
        self.layout: Layout | None = self._stored_layout()
        self._started = 0.0
        self.address = ""
        self.key = secrets.token_urlsafe(24)

    @property
    def running(self) -> bool:
        """Whether the child process lives."""
        alive = self._process is not None and self._process.poll() is None
        return alive and not self._given_up

    async def start(self) -> None:
        """Make sure that the server answers; the first time ever, measure the machine."""
        async with self._lock:
            # One that runs and was not measured to the end has not come to stay.
            if self.running and self.layout is not None:
                return
            if self.layout is None:
                self.layout = await self._found_layout()
            await run_to_the_end(self._launch, self.layout.threads, self.layout.slots)

    async def revive(self, began: float) -> bool:
        """Start the server again if it has died; False if it has lived on since `began`."""
        if self._started <= began:
            await asyncio.to_thread(self._last_breath)
        await self.start()
        return self._started > began

    async def stop(self) -> None:
        """End the child process and wait for it."""
        async with self._lock:
            await asyncio.to_thread(self._end)

    def _give_up(self) -> None:
        """Kill the child without waiting for its end: the next start does."""
        if self._process is not None:
            self._given_up = True
            self._process.kill()

    def _last_breath(self) -> None:
        """A killed process drops its calls a moment before it is gone."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(LAST_BREATH_SECONDS)

    def _stored_layout(self) -> Layout | None:
        if not self._layout_file.exists():
            return None
        try:
            layout = Layout(**json.loads(self._layout_file.read_text("utf-8")))
        except (ValueError, TypeError):
            return None
        return layout if layout.processors == os.cpu_count() else None

    def _launch(self, threads: int, slots: int) -> None:
        self._end()
        if not any(self._launched(threads, slots) for _ in range(LAUNCH_ATTEMPTS)):
            raise ModelUnavailable(
                "The built-in model did not start. Is there enough free memory (about 400 MB)? "
                f"Its log is {self._log_file}."
            )

    def _launched(self, threads: int, slots: int) -> bool:
        """Start the child; False if it died before it answered."""
        # The same port after a restart: chat models that know the address go on working.
        port = self.address.rpartition(":")[2] or "0"
        words = [str(threads), str(slots), str(SLOT_TOKENS), port]
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("wb") as log:
            process = start_child("starter", words, stderr=log)
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):  # it died at once; then there is no line either
            process.stdin.write(f"{self.key}\n".encode())
            process.stdin.flush()
        patience = threading.Timer(START_SECONDS, process.kill)
        patience.start()
        line = process.stdout.readline()
        patience.cancel()
        if not line:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
            return False
        self._process, self._started = process, time.monotonic()
        self.address = json.loads(line)["address"]
        self._on_start(process.pid)
        return True

    def _end(self) -> None:
        process, self._process = self._process, None
        self._given_up = False
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        self._on_stop(process.pid)

    async def _found_layout(self) -> Layout:
        """What was measured, and is kept; on a machine too busy to measure, what asks little."""
        try:
            layout = await self._measure()
        except httpx.TimeoutException:
            log.warning("the machine is too busy to be measured; the next start tries again")
            processors = os.cpu_count() or 1
            return Layout(max(1, processors // 2), 1, 0.0, processors)
        self._layout_file.parent.mkdir(parents=True, exist_ok=True)
        self._layout_file.write_text(json.dumps(asdict(layout)), "utf-8")
        return layout

    async def _measure(self) -> Layout:
        """Try thread counts, then slots, with short decodes; keep the fastest of each."""
        processors = os.cpu_count() or 1
        best: tuple[float, int] = (0.0, 1)
        for threads in sorted({1, max(1, processors // 2), processors}):
            await run_to_the_end(self._launch, threads, MOST_SLOTS)
            best = max(best, (await self._rate(MOST_SLOTS), threads))
        await run_to_the_end(self._launch, best[1], MOST_SLOTS)
        rates = dict.fromkeys(range(1, MOST_SLOTS + 1, 2), 0.0)
        for slots in [*rates, *rates]:  # twice: what else the machine does slows one or another
            rates[slots] = max(rates[slots], await self._rate(slots))
        fastest = max(rates.values())
        slots = min(slots for slots, rate in rates.items() if rate >= GOOD_ENOUGH * fastest)
        return Layout(best[1], slots, round(rates[slots], 1), processors)

    async def _rate(self, parallel: int) -> float:
        """Decoded tokens per second with `parallel` requests in flight."""
        body = {"prompt": "A good brief", "n_predict": PROBE_TOKENS, "ignore_eos": True}
        async with httpx.AsyncClient(trust_env=False, timeout=START_SECONDS) as client:
            began = time.perf_counter()
            calls = [self._complete(client, body | {"seed": seed}) for seed in range(parallel)]
            await asyncio.gather(*calls)
        return parallel * PROBE_TOKENS / (time.perf_counter() - began)

    async def _complete(self, client: httpx.AsyncClient, body: dict[str, object]) -> None:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = await client.post(f"{self.address}/completion", json=body, headers=headers)
        answer.raise_for_status()
