"""The data folder of the server: where it lies, its password, and how it is made."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from marketer_desktop.storage.embedded.account import Account, server_account
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError, last_lines
from marketer_desktop.storage.embedded.installation import (
    MAJOR_VERSION,
    SHARED_BY_ALL,
    program,
    reachable_installation,
    shared_place,
)

FOLDER = "postgres"
PASSWORD_FILE = "postgres.password"  # noqa: S105 - the name of a file
NOTE = "postgres.place"
USER = "marketer"


@dataclass(frozen=True)
class Cluster:
    """A data folder that is whole, and what it takes to serve it."""

    folder: Path
    password: str
    account: Account | None
    installation: Path

    @property
    def name(self) -> str:
        """Stands in the titles of its server processes, which tells them from others'."""
        return f"marketer-{_digest(self.folder)}"


def cluster_folder(data_dir: Path) -> Path:
    """Where the cluster of `data_dir` lies, or would lie if its server can enter there."""
    note = data_dir / NOTE
    return Path(note.read_text("utf-8").strip()) if note.exists() else data_dir / FOLDER


def prepare_cluster(data_dir: Path, installation: Path) -> Cluster:
    """The cluster of `data_dir`, made now if there is none.

    Raises EmbeddedPostgresError when there is one that cannot be used.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    folder = cluster_folder(data_dir)
    if (data_dir / NOTE).exists() and not folder.exists():
        raise EmbeddedPostgresError(
            f"The database of {data_dir} was kept in {folder}, which is gone. Bring that folder "
            f"back, or delete {data_dir / NOTE} to begin with an empty database."
        )
    account = server_account(folder)
    password = _password(data_dir, folder)
    if _is_absent(folder) and account and not account.can_enter(data_dir):
        folder = _folder_elsewhere(data_dir, password, account)
    cluster = Cluster(folder, password, account, reachable_installation(installation, account))
    if _is_absent(folder):
        _create(cluster)
    if folder != cluster_folder(data_dir):
        _write_private(data_dir / NOTE, f"{folder}\n")
    _check(cluster)
    return cluster


def _digest(*words: object) -> str:
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()[:12]


def _is_absent(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _password(data_dir: Path, folder: Path) -> str:
    file = data_dir / PASSWORD_FILE
    if file.exists():
        return file.read_text("utf-8").strip()
    if not _is_absent(folder):
        raise EmbeddedPostgresError(
            f"The file {file} with the database's password is missing. Bring it back from a "
            f"copy of the data folder, or move {folder} away to begin with an empty database."
        )
    password = secrets.token_urlsafe(24)
    _write_private(file, password)
    return password


def _write_private(file: Path, text: str) -> None:
    """Write `file` in one piece, readable by us alone."""
    handle, draft = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(draft).replace(file)


def _folder_elsewhere(data_dir: Path, password: str, account: Account) -> Path:
    """A place for the cluster of a data folder that the server's account cannot enter.

    The name depends on the password too: a data folder that was deleted and made again must
    not find the cluster of the old one.
    """
    parent = shared_place(account) / "clusters"
    if not parent.is_dir():
        parent.mkdir(SHARED_BY_ALL)
        parent.chmod(SHARED_BY_ALL)
    return parent / _digest(data_dir.resolve(), password)


def _create(cluster: Cluster) -> None:
    """Run initdb beside the final place, so that a half-made cluster never lies there."""
    with _draft_folder(cluster) as draft:
        password_file = draft / "password"
        password_file.write_text(cluster.password, "utf-8")
        if cluster.account:
            for path in (draft, password_file):
                os.chown(path, cluster.account.uid, cluster.account.gid)
        _run_initdb(cluster, draft / "data", password_file)
        (draft / "data").rename(cluster.folder)


@contextmanager
def _draft_folder(cluster: Cluster) -> Iterator[Path]:
    prefix = f".{cluster.folder.name}-"
    for abandoned in cluster.folder.parent.glob(f"{prefix}*.draft"):
        shutil.rmtree(abandoned, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=prefix, suffix=".draft", dir=cluster.folder.parent))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _run_initdb(cluster: Cluster, folder: Path, password_file: Path) -> None:
    command = [
        str(program(cluster.installation, "initdb")),
        *("--pgdata", str(folder)),
        *("--username", USER),
        *("--pwfile", str(password_file)),
        *("--auth", "scram-sha-256"),
        *("--locale", "C.UTF-8"),
        *("--encoding", "UTF8"),
        "--no-instructions",
    ]
    options = cluster.account.launch_options if cluster.account else {}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=server_environment(),
        cwd=cluster.installation,
        start_new_session=True,
        check=False,
        **options,
    )
    if done.returncode:
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise EmbeddedPostgresError(
            f"The database could not be made in {cluster.folder.parent}. Free some space or "
            f"repair the permissions there, then try again. PostgreSQL said:\n{last_lines(output)}"
        )


def server_environment() -> dict[str, str]:
    """What PostgreSQL's programs see of our environment: no PG* variables, English messages.

    Library paths are left out as well: a frozen app sets them for its own libraries.
    """
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    return {"LC_ALL": "C"} | {name: os.environ[name] for name in kept if name in os.environ}


def _check(cluster: Cluster) -> None:
    """Refuse a cluster that our server could not serve, in words that say why."""
    folder = cluster.folder
    version = folder / "PG_VERSION"
    if not (version.is_file() and (folder / "global" / "pg_control").is_file()):
        raise EmbeddedPostgresError(
            f"{folder} is not a whole database. Bring it back from a copy, or move it away to "
            "begin with an empty one."
        )
    if (found := version.read_text("utf-8").strip()) != MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"The database in {folder} was made by PostgreSQL {found}, but this app brings "
            f"{MAJOR_VERSION}. Open it with the version of the app that made it."
        )
    if sys.platform != "win32" and not cluster.account and folder.stat().st_uid != os.geteuid():
        raise EmbeddedPostgresError(
            f"The database in {folder} belongs to another user of this machine. Start the app "
            "as that user, or choose another data folder."
        )
    if cluster.account and not cluster.account.can_enter(folder):
        raise EmbeddedPostgresError(
            f"The database in {folder} runs as a user who can no longer enter a folder above it. "
            "Give those folders back the permissions they had."
        )
