"""The embedded server's life: start or adopt it, wait until it answers, stop it."""

import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from marketer_desktop.storage.embedded.cluster import Cluster, cluster_folder, prepare_cluster
from marketer_desktop.storage.embedded.connection import answering_url
from marketer_desktop.storage.embedded.failure import (
    EmbeddedPostgresError,
    last_lines,
    log_end,
    start_failure,
)
from marketer_desktop.storage.embedded.installation import find_installation, full_version
from marketer_desktop.storage.embedded.launch import ask_to_stop, launch, open_log
from marketer_desktop.storage.embedded.postmaster import Postmaster, live_postmaster
from marketer_desktop.system.processes import KILL_SECONDS, POLL_SECONDS, ends_within, kill

LOG = "postgres.log"
START_SECONDS = 60.0
RETRY_SECONDS = 0.2
STOP_STEPS = (("fast", 20.0), ("immediate", 5.0))
PASSING_FAILURES = ("pre-existing shared memory block", "lock file")


@dataclass(frozen=True)
class ServerState:
    """What a doctor tells about the server; `pid` is None when it is stopped."""

    running: bool
    version: str
    pid: int | None
    folder: Path
    log: Path


class EmbeddedPostgres:
    """PostgreSQL for one data folder; its calls block, and one thread at a time may use it."""

    def __init__(self, data_dir: Path, runtime: Path, installation: Path | None = None) -> None:
        """`runtime` is a short private folder for the socket; its parent has to exist."""
        self._data_dir = data_dir.resolve()
        self._runtime = runtime
        self._installation = installation or find_installation()
        self._log = self._data_dir / LOG
        self._log_start = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._url: str | None = None
        self.problem: str | None = None  # why the last start failed, for who asks meanwhile

    @property
    def url(self) -> str:
        """The address for libpq, psycopg and SQLAlchemy: `postgresql://…`, after `start`."""
        if self._url is None:
            raise EmbeddedPostgresError("The database has not been started.")
        return self._url

    def state(self) -> ServerState:
        """How the server is now, whoever started it. Changes nothing."""
        folder = cluster_folder(self._data_dir)
        postmaster = live_postmaster(folder)
        return ServerState(
            running=postmaster is not None,
            version=full_version(self._installation),
            pid=postmaster.process.pid if postmaster else None,
            folder=folder,
            log=self._log,
        )

    def start(self) -> str:
        """Start the server, or adopt the one that serves this data folder; return its URL.

        Returns once it answers. Raises EmbeddedPostgresError, with the end of its log, if it
        does not.
        """
        try:
            url = self._start()
        except EmbeddedPostgresError as error:
            self.problem = str(error)
            raise
        self.problem = None
        return url

    def _start(self) -> str:
        self._url = None
        try:
            self._url = self._reach(prepare_cluster(self._data_dir, self._installation))
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The data folder {self._data_dir} cannot be used: {error}. Free some space or "
                "repair its permissions, or choose another folder."
            ) from error
        finally:
            if self._url is None and self._child:
                self.stop()
        return self._url

    def stop(self) -> None:
        """Stop the server, whoever started it: politely, then by force. Safe to call twice."""
        self._url = None
        if postmaster := live_postmaster(cluster_folder(self._data_dir)):
            self._end(postmaster)
        if self._child:
            try:
                self._child.wait(KILL_SECONDS)
            except subprocess.TimeoutExpired:  # it never got as far as its postmaster.pid
                self._child.kill()
                self._child.wait()
            self._child = None

    def _reach(self, cluster: Cluster) -> str:
        """Launch a server where none is alive, until one answers; return its URL."""
        earlier = self._child
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            postmaster = live_postmaster(cluster.folder)
            if postmaster is None:
                self._launch_unless_under_way(cluster, earlier)
            elif postmaster.lost_its_socket:
                self._end(postmaster)
            elif postmaster.host and (url := answering_url(cluster, postmaster)):
                return url
            time.sleep(POLL_SECONDS)
        raise EmbeddedPostgresError(
            f"The database in {cluster.folder} did not answer within {START_SECONDS:.0f} "
            f"seconds. Try again; if it stays so, its log tells more:\n{self._log_end()}"
        )

    def _launch_unless_under_way(
        self, cluster: Cluster, earlier: subprocess.Popen[bytes] | None
    ) -> None:
        """Launch, unless a launch has yet to show its `postmaster.pid`.

        The end of an `earlier` server, of a start before this one, is no reason to give up.
        """
        if self._child and self._child.poll() is None:
            return
        if self._child and self._child is not earlier:
            log = self._log_end()
            if not any(words in log for words in PASSING_FAILURES):
                raise start_failure(cluster.folder, log)
            time.sleep(RETRY_SECONDS)
        self._log_start = open_log(self._log)
        self._child = launch(cluster, self._runtime, self._log)

    def _end(self, postmaster: Postmaster) -> None:
        folder = cluster_folder(self._data_dir)
        for mode, seconds in STOP_STEPS:
            ask_to_stop(postmaster.process, folder, self._installation, mode)
            if ends_within(postmaster.process, seconds):
                break
        else:
            kill(postmaster.process)
        if postmaster.socket_folder:
            with suppress(OSError):  # not empty after a kill: the next start tidies it
                Path(postmaster.socket_folder).rmdir()

    def _log_end(self) -> str:
        return last_lines(log_end(self._log, self._log_start))
