"""`marketer serve`: from an empty folder to a project, and in order to its end."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from marketer_desktop.system.launch_file import FILE
from tests.end_to_end.conftest import Marketer, eventually

EMAIL, PASSWORD = "you@example.com", "correct horse battery"
PATIENCE = 120.0


@contextmanager
def serving(marketer: Marketer, *words: str) -> Iterator[httpx.Client]:
    """A server at a port of its own; it must end in order when it is told to."""
    process = marketer.start("serve", "--port", "0", *words)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    try:
        with httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as client:
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            out, told = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert (process.returncode, out) == (0, ""), told[-3000:]
    for line in told.splitlines():
        assert json.loads(line)["level"] == "INFO", line


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_a_team_server_and_then_one_for_this_computer(
    marketer: Marketer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(marketer.environment, "MARKETER_ADMIN_PASSWORD", PASSWORD)
    with serving(marketer, "--role", "server", "--create-admin", EMAIL) as client:
        assert client.get("/health").json() == {"status": "healthy"}
        told = client.post("/api/login", json={"email": EMAIL, "password": PASSWORD}).json()
        assert told["data"]["user"]["role"] == "admin"
        client.headers["Authorization"] = f"Bearer {told['data']['token']}"
        made = client.post("/api/projects", json={"name": "First"})
        assert made.status_code == 201, made.text
        names = [p["name"] for p in client.get("/api/projects").json()["data"]["projects"]]
        assert names == ["First"]
        # Chroma is opened by the first who asks, which takes its time.
        eventually(lambda: client.get("/ready").status_code == 200, "readiness")
        log = (marketer.data_dir / "logs" / "marketer.log").read_text("utf-8")
        assert "GET /api/projects 200" in log
        for secret in (PASSWORD, told["data"]["token"]):
            assert secret not in log
        second = marketer.run("serve", "--port", "0", code=1)
        assert "Another process" in second.stderr
    with serving(marketer) as client:
        announced = json.loads((marketer.data_dir / FILE).read_text())
        assert announced["address"] == str(client.base_url).rstrip("/")
        assert client.get("/api/me").status_code == 401
        client.headers["Authorization"] = f"Bearer {announced['token']}"
        mine = client.get("/api/me")
        assert mine.json()["data"]["email"] == "local@localhost", mine.text
        assert client.get("/api/projects", headers={"Host": "evil.example"}).status_code == 403
        log = (marketer.data_dir / "logs" / "marketer.log").read_text("utf-8")
        assert announced["token"] not in log
    assert not (marketer.data_dir / FILE).exists()


def test_what_cannot_be_served_is_said(marketer: Marketer) -> None:
    open_to_all = marketer.run("serve", "--host", "192.0.2.1", code=2)
    assert "--role server" in open_to_all.stderr
    alone = marketer.run("worker", code=2)
    assert "--chroma-url" in alone.stderr
