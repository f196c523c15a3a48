"""The window beside a bare one: first paint, heartbeat under load, paste; `make bench-window`."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.end_to_end.window.screen import Display
from tests.factories.documents import make_pdf

ROUNDS = 9
PAGES, LINES = 50, 30
CACHE = Path(tempfile.gettempdir()) / "marketer-benchmark-pycache"
OFFLINE = {"OLLAMA_HOST": "127.0.0.1:9"}


def python(display: Display, *words: str, **options: Any) -> "subprocess.Popen[str]":
    environment = {**os.environ, **OFFLINE, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
    # Both run compiled, as they do where they are installed.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(CACHE)
    return subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True, **options
    )


def said(process: "subprocess.Popen[str]") -> Any:
    out, _ = process.communicate(timeout=600)
    return json.loads(out.strip().splitlines()[-1])


def first_paint(display: Display, folder: Path) -> dict[str, float]:
    """Both in turn, so that what else the machine does hits both."""
    ours, bare, usable = [], [], []
    for number in range(ROUNDS + 1):
        bare_seconds = said(
            python(display, "-m", "benchmarks.bare_window", "paint", str(time.time()))
        )
        our = said(
            python(display, "-m", "benchmarks.our_window", "paint", str(time.time()), str(folder))
        )
        if number:  # the first round makes the database and warms the disk
            ours.append(our["paint"])
            usable.append(our["usable"])
            bare.append(bare_seconds)
    ratio = statistics.median(ours) / statistics.median(bare)
    return {
        "ours_s": statistics.median(ours),
        "bare_s": statistics.median(bare),
        "ratio": ratio,
        "limit": 1.5,
        "usable_s": statistics.median(usable),
    }


def heartbeat(display: Display, folder: Path, pdf: Path) -> dict[str, Any]:
    """Ours with its engine inside; then a bare loop beside an engine that does the same work."""
    ours = said(
        python(display, "-m", "benchmarks.our_window", "beat", str(folder / "ours"), str(pdf))
    )
    bare_process = python(display, "-m", "benchmarks.bare_window", "beat", stdin=subprocess.PIPE)
    data = ["--data-dir", str(folder / "bare")]
    brief = ["--topic", "how a small team plans its week", "--keyword", "weekly plan"]
    writing = python(
        display, "-m", "marketer_desktop", "generate", *brief, "--words", "500", "--model",
        "starter", "--json", *data, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    taking_in = python(
        display, "-m", "marketer_desktop", "ingest", str(pdf), "--json", *data,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for process in (writing, taking_in):
        process.communicate(timeout=600)
    bare = said(bare_process)
    return {"ours_ms": ours, "bare_ms": bare, "p99_ratio": ours["p99"] / bare["p99"], "limit": 1.5}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mkt-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        page = ["A team that plans its week on Monday writes more and worries less."] * LINES
        pdf = make_pdf(
            folder / "plan.pdf", [[f"{n}. {line}" for line in page] for n in range(PAGES)]
        )
        display = Display(1280, 800)
        try:
            print("first paint", json.dumps(first_paint(display, folder / "paint")), flush=True)
            print("heartbeat", json.dumps(heartbeat(display, folder, pdf)), flush=True)
        finally:
            display.close()
    paste = subprocess.run(
        [sys.executable, "-m", "benchmarks.paste"], check=True, text=True, capture_output=True
    )
    print("paste", paste.stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
