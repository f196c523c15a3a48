"""Secrets in a real Secret Service, GNOME's: open, and locked with nobody there to unlock it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.factories.secret_service import NEEDS_KEYRING, secret_session, without_bus

SECRET = "sk-of-the-secret-service"
PROGRAM = """
import dataclasses, json, sys
from pathlib import Path
from marketer_desktop.system import secrets

def tried(work, *names, **words):
    try:
        return work(*names, **words)
    except secrets.NoKeyring as error:
        return f"NoKeyring: {error}"

def lock():
    import secretstorage
    with secretstorage.dbus_init() as connection:
        secretstorage.get_default_collection(connection).lock()

def kept():
    return tried(secrets.keep_secret, "openai", sys.stdin.readline().strip(), what="the key",
                 instead="set a variable")

secrets.keep_secrets_in(Path(sys.argv[1]))
steps = {
    "state": lambda: dataclasses.asdict(secrets.secrets_state()),
    "keep": kept,
    "read": lambda: secrets.secret("openai"),
    "forget": lambda: tried(secrets.forget_secret, "openai"),
    "lock": lock,
}
print(json.dumps([steps[word]() for word in sys.argv[2:]]))
"""


def asked(environment: dict[str, str], folder: Path, *steps: str) -> list[Any]:
    """What a process of its own finds at each step."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder, *steps],
        env=environment,
        input=f"{SECRET}\n" * steps.count("keep"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[Any] = json.loads(done.stdout)
    return told


@NEEDS_KEYRING
def test_the_keyring_of_a_session_keeps_what_the_next_process_reads(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with secret_session(tmp_path / "home") as session:
        state, _, read = asked(session, data, "state", "keep", "read")
        assert (state["kind"], state["name"], state["problem"]) == ("keyring", "SecretService", "")
        assert read == SECRET
        assert asked(session, data, "read", "forget", "forget", "read") == [
            SECRET,
            None,
            None,
            None,
        ]
    assert not data.exists()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


@NEEDS_KEYRING
def test_a_locked_one_that_nobody_unlocks_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with secret_session(tmp_path / "home") as session:
        asked(session, data, "keep", "lock")
        state, kept, read, forgotten = asked(session, data, "state", "keep", "read", "forget")
    assert state["kind"] == "keyring" and "unlock" in state["problem"]
    assert kept == (
        "NoKeyring: The keyring of this machine is locked, so the key cannot be kept safely. "
        "Unlock it, or set a variable instead."
    )
    assert read is None and "keyring is locked" in forgotten
    assert not data.exists()


def test_without_a_session_there_is_none(tmp_path: Path) -> None:
    state, kept, read, forgotten = asked(without_bus(), tmp_path, "state", "keep", "read", "forget")
    assert state["kind"] == "none" and "no keyring" in state["problem"]
    assert "Set a passphrase" in kept and read is None and forgotten is None
    assert list(tmp_path.iterdir()) == []
