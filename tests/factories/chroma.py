"""A real Chroma as a server, as a team runs it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PATIENCE = 60.0
RUN = "from chromadb.cli.cli import app; app()"


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """The address of a server over `folder`, stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    with httpx.Client(base_url=address, trust_env=False) as client:
        while True:
            assert process.poll() is None, "Chroma ended"
            assert time.monotonic() < deadline, f"Chroma did not answer within {PATIENCE} s"
            try:
                client.get("/api/v2/heartbeat").raise_for_status()
                return
            except httpx.TransportError:
                time.sleep(0.05)
