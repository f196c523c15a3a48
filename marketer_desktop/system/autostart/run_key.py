"""Autostart of Windows: a value below the user's `Run` key."""

import subprocess
from typing import Protocol

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the Task Manager notes what its user has switched off: then the first byte is odd.
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
VALUE = "Marketer"


class Registry(Protocol):
    """The values of the current user, by key and name."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """The value, None where there is none."""

    def set(self, key: str, name: str, value: str) -> None:
        """Keep a text."""

    def remove(self, key: str, name: str) -> None:
        """Remove the value, if it is there."""


class RunKey:
    """The value that runs `command`."""

    def __init__(self, registry: Registry, command: list[str]) -> None:
        self._registry = registry
        self._line = subprocess.list2cmdline(command)

    @property
    def place(self) -> str:
        """The key."""
        return rf"HKEY_CURRENT_USER\{RUN}"

    @property
    def is_on(self) -> bool:
        """Whether it runs this very program, and is not switched off in the Task Manager."""
        approved = self._registry.get(APPROVED, VALUE)
        switched_off = isinstance(approved, bytes) and approved[:1] != b"" and approved[0] & 1 == 1
        return self._registry.get(RUN, VALUE) == self._line and not switched_off

    def switch_on(self) -> None:
        """Also where it was switched off in the Task Manager."""
        self._registry.set(RUN, VALUE, self._line)
        self._registry.remove(APPROVED, VALUE)

    def switch_off(self) -> None:
        """Leave nothing of ours there."""
        self._registry.remove(RUN, VALUE)
        self._registry.remove(APPROVED, VALUE)
