"""The memory of the engine's own process, without its children, while files are taken in."""

import threading
from pathlib import Path
from statistics import median
from typing import Any

import psutil

POLL_SECONDS = 0.05
MEGABYTE = 1024**2


class MemoryWatch:
    """Samples what is resident, file by file, until it is left."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._samples: dict[int, list[int]] = {0: []}
        self._file = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *problem: Any) -> None:
        self._over.set()
        self._thread.join()

    def on_event(self, event: dict[str, Any]) -> None:
        """Hear from the service which file is read."""
        if event.get("kind") == "document":
            self._file = event["number"]
            self._sample()  # some files are read between two looks

    def peak(self) -> float:
        """The most that ever was resident, in MB: by the kernel, where it says."""
        sampled = max(max(each, default=0) for each in self._samples.values())
        return max(sampled / MEGABYTE, self._high_water())

    def peak_file(self) -> int:
        """The number of the file that was read when most was seen; 0 before the first."""
        return max(self._samples, key=lambda number: max(self._samples[number], default=0))

    def at_files(self, first: int, last: int) -> float:
        """The median of the samples while these files were read, in MB.

        Of files that were refused at once, the samples of the one before stand.
        """
        known = [n for n in sorted(self._samples) if self._samples[n] and n <= last]
        wanted = [n for n in known if n >= first] or known[-1:]
        return median(s for n in wanted for s in self._samples[n]) / MEGABYTE

    def _run(self) -> None:
        while not self._over.wait(POLL_SECONDS):
            self._sample()

    def _sample(self) -> None:
        self._samples.setdefault(self._file, []).append(self._process.memory_info().rss)

    def _high_water(self) -> float:
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.is_file():
            return 0.0
        (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
