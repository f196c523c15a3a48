"""What the database, the disk and the queue say of a run, read apart from the engine."""

import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from marketer_desktop.storage.lease import LEASES

QUIET_SECONDS = 8.0  # a worker closes its job, and a run its connection, after the last event
POLL_S = 0.05

Row = dict[str, Any]
Request = str  # what tells one request of a run from another


@dataclass(frozen=True)
class RunState:
    """The stored status, the number of the latest run, whether it waits for its outline."""

    status: str
    number: str
    waits: bool


@dataclass(frozen=True)
class Evidence:
    """An activity after its run; lists of rows are in the order of their numbers."""

    activity: Row
    events: list[Row]
    executions: list[Row]
    steps: list[str]
    usage: list[Row]
    notifications: list[Row]
    audit: list[str]
    revisions: int
    jobs: list[Row]
    leases: int
    files: dict[str, str] = field(default_factory=dict)


def request_key(messages: list[str], options: dict[str, Any]) -> Request:
    """The same for the server's record of a request and for the ledger's."""
    numbers = [options["seed"], options.get("max_tokens", options.get("num_predict"))]
    whole = json.dumps([messages, numbers, options["temperature"]])
    return hashlib.sha256(whole.encode()).hexdigest()


def asked_of_server(body: dict[str, Any]) -> Request:
    """The key of a request as it came over the wire."""
    return request_key([str(m["content"]) for m in body["messages"]], body["options"])


def asked_by_ledger(row: Row) -> Request:
    """The key of a call as the ledger noted it."""
    told = row["input_data"]
    opening = [told["opening"]] if told.get("opening") else []
    return request_key([told["system"], told["user"], *opening], told["options"])


def model_calls(executions: list[Row]) -> list[Row]:
    """Those entries of the ledger for which a model is asked; others are searches."""
    return [row for row in executions if row["llm_model"] is not None]


class Witness:
    """Reads an engine's database over a connection of its own."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self._url, self._data_dir = url, data_dir

    def begun(self, activity_id: int) -> dict[Request, str]:
        """The status in the ledger of each request of an activity."""
        calls = model_calls(self._executions(activity_id))
        return {asked_by_ledger(row): row["status"] for row in calls}

    def newest_activity(self) -> int:
        """The highest number of an activity; 0 if there is none."""
        return int(self._rows("SELECT coalesce(max(id), 0) AS n FROM activities")[0]["n"])

    def run_of(self, activity_id: int) -> RunState:
        """How an activity stands."""
        (row,) = self._rows(
            "SELECT status, workflow_state->>'run_id' AS number, "
            "coalesce(workflow_state->>'review', '') <> '' AS waits "
            "FROM activities WHERE id = %s",
            activity_id,
        )
        return RunState(**row)

    def quiet_evidence(self, activity_id: int) -> Evidence:
        """Everything about a run that has ended, once its worker has put its things away."""
        deadline = time.monotonic() + QUIET_SECONDS
        while (self._jobs() or self._leases()) and time.monotonic() < deadline:
            time.sleep(POLL_S)
        return self._evidence(activity_id)

    def _evidence(self, activity_id: int) -> Evidence:
        mine = "WHERE activity_id = %s ORDER BY"
        about = "WHERE metadata->>'activity_id' = %s::text ORDER BY id"
        (activity,) = self._rows("SELECT * FROM activities WHERE id = %s", activity_id)
        events = self._rows(f"SELECT * FROM run_events {mine} seq", activity_id)  # noqa: S608
        steps = self._rows(f"SELECT step FROM workflow_states {mine} id", activity_id)  # noqa: S608
        revisions = self._rows(f"SELECT 1 FROM activity_revisions {mine} id", activity_id)  # noqa: S608
        audit = self._rows(
            "SELECT action FROM audit_logs WHERE resource_type = 'activity' AND resource_id = %s "
            "ORDER BY id",
            activity_id,
        )
        return Evidence(
            activity=activity,
            events=events,
            executions=self._executions(activity_id),
            steps=[row["step"] for row in steps],
            usage=self._rows(f"SELECT * FROM usage_events {about}", activity_id),  # noqa: S608
            notifications=self._rows(f"SELECT * FROM notifications {about}", activity_id),  # noqa: S608
            audit=[row["action"] for row in audit],
            revisions=len(revisions),
            jobs=self._jobs(),
            leases=self._leases(),
            files=self._files(activity_id),
        )

    def _executions(self, activity_id: int) -> list[Row]:
        """Of the latest run."""
        return self._rows(
            "SELECT e.* FROM agent_executions e JOIN activities a ON a.id = e.activity_id "
            "WHERE a.id = %s AND e.run_id::text = a.workflow_state->>'run_id' ORDER BY e.id",
            activity_id,
        )

    def _jobs(self) -> list[Row]:
        return self._rows(
            "SELECT id, status::text, args FROM procrastinate.procrastinate_jobs "
            "WHERE status IN ('todo', 'doing')"
        )

    def _leases(self) -> int:
        query = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
        return len(self._rows(query, LEASES))

    def _files(self, activity_id: int) -> dict[str, str]:
        folder = self._data_dir / "content" / str(activity_id)
        return {
            file.relative_to(folder).as_posix(): _hash_of(file)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def _rows(self, query: str, *parameters: Any) -> list[Row]:
        with psycopg.connect(self._url, row_factory=dict_row, autocommit=True) as connection:
            return connection.execute(query, parameters).fetchall()


def _hash_of(file: Path) -> str:
    # A mail has a date and a boundary of its own each time it is written.
    text = re.sub(rb"(?m)^(Date|Message-ID):.*$|={3,}\d+={2}", b"", file.read_bytes())
    return hashlib.sha256(text).hexdigest()
