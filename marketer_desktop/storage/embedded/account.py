"""The user account PostgreSQL runs under: it refuses root, so root lends it another one."""

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError

STAND_IN = "nobody"


class LaunchOptions(TypedDict, total=False):
    """The arguments of `subprocess` that choose an account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A user other than ourselves; only root has one."""

    uid: int
    gid: int

    @property
    def launch_options(self) -> LaunchOptions:
        """Arguments for `subprocess.Popen` that start a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> bool:
        """Whether `path` belongs to this account."""
        return path.lstat().st_uid == self.uid

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may go into `folder` and into all the folders above it."""
        return all(self._allowed(each, stat.S_IXUSR) for each in _with_parents(folder))

    def can_run(self, program: Path) -> bool:
        """Whether this account may read and execute the file `program`."""
        needed = stat.S_IXUSR | stat.S_IRUSR
        return self.can_enter(program.parent) and self._allowed(program, needed)

    def _allowed(self, path: Path, bits: int) -> bool:
        """Whether `path` grants `bits`, given as those of an owner, to this account."""
        status = path.stat()
        if status.st_uid == self.uid:
            granted = status.st_mode
        elif status.st_gid == self.gid:
            granted = status.st_mode << 3
        else:
            granted = status.st_mode << 6
        return granted & bits == bits


def server_account(cluster: Path) -> Account | None:
    """The account for the server of `cluster`: None is our own, which needs no change.

    For root it is the owner of an existing cluster, else `nobody`.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    if cluster.is_dir() and cluster.stat().st_uid != 0:
        return Account(cluster.stat().st_uid, cluster.stat().st_gid)
    import pwd  # noqa: PLC0415 - Windows has no such module

    try:
        entry = pwd.getpwnam(STAND_IN)
    except KeyError:
        raise EmbeddedPostgresError(
            f"PostgreSQL does not run as root, and this machine has no user `{STAND_IN}`. "
            "Start the app as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def private_folder(folder: Path, account: Account | None) -> Path:
    """Make `folder` (its parent exists) with mode 0700 for the server's account alone.

    Raises EmbeddedPostgresError when somebody else has put a folder there.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if sys.platform == "win32":
        return folder
    owner = folder.lstat()
    expected = {os.geteuid()} | ({account.uid} if account else set())
    if not stat.S_ISDIR(owner.st_mode) or owner.st_uid not in expected:
        raise EmbeddedPostgresError(
            f"The folder {folder} belongs to another user of this machine. Remove it, then try "
            "again."
        )
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)
    return folder


def _with_parents(folder: Path) -> Iterator[Path]:
    resolved = folder.resolve()
    yield resolved
    yield from resolved.parents
