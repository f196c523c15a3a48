"""A session bus of a test's own with a real GNOME keyring in it; nobody is there to be asked."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DAEMON = "gnome-keyring-daemon"
NEEDS_KEYRING = pytest.mark.skipif(
    shutil.which(DAEMON) is None or shutil.which("dbus-daemon") is None,
    reason="the packages gnome-keyring and dbus are not installed: no Secret Service to ask",
)


@contextmanager
def secret_session(home: Path) -> Iterator[dict[str, str]]:
    """The environment of programs in such a session, its keyring unlocked; `home` is its own."""
    home.mkdir(exist_ok=True)
    session = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        session.pop(name, None)
    words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        words, env=session, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as bus:
        assert bus.stdout is not None
        session["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        try:
            # It comes back once the service is there, and ends with the bus.
            subprocess.run(
                [DAEMON, "--unlock", "--components=secrets", "--daemonize"],
                env=session,
                input="the password of the session",
                text=True,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=30,
            )
            yield session
        finally:
            bus.terminate()


def without_bus() -> dict[str, str]:
    """The environment of programs where there is no session, so no keyring."""
    left_out = {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"}
    found = {name: value for name, value in os.environ.items() if name not in left_out}
    return found | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
