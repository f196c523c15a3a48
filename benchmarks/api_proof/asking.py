"""Has schemathesis ask all operations, alone and in sequences, and keeps what came of it."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import StopReason, from_schema
from schemathesis.engine.events import (
    EngineFinished,
    FatalError,
    NonFatalError,
    PhaseStarted,
    ScenarioFinished,
)

from benchmarks.api_proof.team import Team

Tell = Callable[[str], None]
OWNER, STRANGER = "owner", "stranger"
ORGANIZATION = "x-organization"
WITH_ORGANIZATION = 10  # one in so many requests names an organization: an invented one is a 404
TIMEOUT_SECONDS = 60
# What there is: invented numbers are nearly all a 404. So often a request names one of these.
KNOWN = (
    *("project_id", "campaign_id", "activity_id", "document_id", "member_id", "key_id"),
    *("notification_id", "organization_id", "token"),
)
KNOWN_SHARE = 0.5
STREAM = "/stream"
ENDS_ALL = "DELETE /api/organizations/{organization_id}"
ONLY_SEQUENCES = {each: {"enabled": False} for each in ("examples", "coverage", "fuzzing")}
REJECTION = ("positive_data_acceptance",)
ARCHIVED = (
    ("use_after_free",),
    "what is “deleted” lies in the archive, and can be taken out again",
)

# What is not asked, or not as anybody may ask it.
LEFT_OUT = (
    f"the {STREAM} of a run lasts as long as the run: tests/integration/api/test_stream_api.py",
    f"{ENDS_ALL} of the organization that asks: nothing could be asked afterwards",
    f"the header {ORGANIZATION} goes with one in {WITH_ORGANIZATION}: an invented one is a 404",
    "the queue is paused, so that no text is written meanwhile: make proof-team has some written",
    "limits of pace are off: tests/integration/api/test_sessions.py",
)

# What no schema can say of a request: the check that holds for all others, and why not here.
SAID_ELSEWHERE = {
    "GET /api/documents/search": (
        ("unsupported_method", "allow_header_conformance"),
        "other methods find the document “search”, and say that there is none",
    ),
    "DELETE /api/organizations/{organization_id}/members/me": (
        ("unsupported_method", "allow_header_conformance"),
        "other methods find the member “me”, and say that this is no number",
    ),
    "GET /api/audit-logs": (REJECTION, "400 for a day before 2000, or behind 2100"),
    "GET /api/usage": (REJECTION, "400 for a range of more than a year, or one that ends early"),
    "POST /api/campaigns": (
        REJECTION,
        "400 for a campaign that ends before it starts, and for a budget of no digits",
    ),
    "GET /api/organizations/{organization_id}": (
        ("use_after_free",),
        "who asks is an administrator, and sees deleted ones until they are removed; others have a "
        "404: tests/integration/api/test_organizations_api.py",
    ),
    "GET /api/projects/{project_id}": ARCHIVED,
    "PATCH /api/projects/{project_id}": ARCHIVED,
    "DELETE /api/projects/{project_id}": ARCHIVED,
    "GET /api/campaigns/{campaign_id}": ARCHIVED,
    "PATCH /api/campaigns/{campaign_id}": (
        (*REJECTION, *ARCHIVED[0]),
        f"as for a new one; {ARCHIVED[1]}",
    ),
    "DELETE /api/campaigns/{campaign_id}": ARCHIVED,
    "GET /api/activities/{activity_id}": ARCHIVED,
    "PATCH /api/activities/{activity_id}": ARCHIVED,
    "DELETE /api/activities/{activity_id}": ARCHIVED,
    "POST /api/documents": (REJECTION, "415 for what is no document by its content"),
    "POST /api/activities/{activity_id}/regenerate": (
        REJECTION,
        "400 for a command whose instruction is missing",
    ),
    "PUT /api/organizations/{organization_id}/provider-keys/{provider}": (
        REJECTION,
        "400 for what cannot be a key of that cloud",
    ),
    "POST /api/sync/push": (REJECTION, "400 for a NUL or half a character within the fields"),
    "POST /api/workflows/execute": (REJECTION, "400 for a model that there is not"),
}


@dataclass
class Proof:
    """The statuses of each operation, and what was found.

    `steps` are the requests made with what another one had answered, by what linked the two.
    """

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    checks: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)

    @property
    def examples(self) -> int:
        """How many requests were answered."""
        return sum(sum(counted.values()) for counted in self.statuses.values())

    @property
    def refused(self) -> list[str]:
        """The operations that no request was good enough for."""
        return [
            label
            for label, counted in self.statuses.items()
            if not any(status in range(200, 300) for status in counted)
        ]


def prove(
    team: Team, examples: int, tell: Tell, *, phases: dict[str, Any], rounds: int = 0
) -> Proof:
    """Ask in the name of the owner; `examples` of each operation and of each phase.

    Sequences are tried in so many further `rounds`: Hypothesis ends each as soon as the server,
    which remembers the one before, answers the same request otherwise.
    """
    proof = Proof()
    told = {"max-examples": examples, "database": "none"}
    with TemporaryDirectory(prefix="mkt-api-") as folder:
        people = _people(team, Path(folder))
        once = {"generation": {**told, "deterministic": True}, "phases": phases, **_known(team)}
        _ask(proof, _schema(team, people, once), tell)
        for seed in range(rounds):
            again = {"generation": told, "phases": ONLY_SEQUENCES, "seed": seed}
            _ask(proof, _schema(team, people, again), tell)
    return proof


def _ask(proof: Proof, schema: Any, tell: Tell) -> None:
    for event in from_schema(schema).execute():
        match event:
            case PhaseStarted():
                tell(f"{event.phase.name.value}: {proof.examples} examples so far")
            case ScenarioFinished():
                _note(proof, event)
                tell(
                    f"{event.phase.value} {event.label}: {len(event.recorder.interactions)} "
                    f"examples in {event.elapsed_time:.1f} s, {proof.examples} in all"
                )
            case NonFatalError():
                proof.findings.setdefault(f"{event.label}: {event.info.title}", str(event.value))
            case FatalError():
                raise event.exception
            case EngineFinished() if event.stop_reason is not StopReason.COMPLETED:
                proof.findings["all"] = f"it ended early: {event.stop_reason}"


def _known(team: Team) -> dict[str, Any]:
    """What there is, of the owner's and of the stranger's; sequences have what was answered."""
    own, foreign = team.owner.own, team.stranger.own
    return {
        "dictionaries": {name: {"values": [own[name], foreign[name]]} for name in KNOWN},
        "parameters": {
            f"{place}.{name}": {"dictionary": name, "probability": KNOWN_SHARE}
            for place in ("path", "query", "body")
            for name in KNOWN
        },
    }


def _people(team: Team, folder: Path) -> Path:
    """Who asks, and who must not see what is theirs, as schemathesis reads it."""
    file = folder / "people.json"
    people = {OWNER: team.owner, STRANGER: team.stranger}
    headers = {
        name: [{"name": "Authorization", "value": f"Bearer {world.token}"}]
        for name, world in people.items()
    }
    told = [{"name": name, "fixedHeaders": fixed} for name, fixed in headers.items()]
    file.write_text(json.dumps({"auth": told}), "utf-8")
    return file


def _schema(team: Team, people: Path, asked: dict[str, Any]) -> Any:
    config = SchemathesisConfig.from_dict(
        {
            **asked,
            "base-url": team.url,
            "auth": {"wfc": {"path": str(people), "user": OWNER, "peers": [OWNER, STRANGER]}},
            "request-timeout": TIMEOUT_SECONDS,
            "suppress-health-check": ["too_slow"],  # says how busy this machine is
            "operations": [
                {"include-name": label, "checks": {check: {"enabled": False} for check in checks}}
                for label, (checks, _) in SAID_ELSEWHERE.items()
            ],
            "continue-on-failure": True,
        }
    )
    schema: Any = schemathesis.openapi.from_url(f"{team.url}/openapi.json", config=config)
    schema = schema.exclude(path_regex=f"{STREAM}$")
    _keep_the_team(schema, team)
    return schema


def _keep_the_team(schema: Any, team: Team) -> None:
    """Let nothing end what everything else needs: the organization that is asked in."""

    def filter_case(context: Any, case: Any) -> bool:
        home = str(team.owner.own["organization_id"])
        ends_it = case.operation.label == ENDS_ALL
        return not (ends_it and str((case.path_parameters or {}).get("organization_id")) == home)

    asked = 0

    def map_case(context: Any, case: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked % WITH_ORGANIZATION:
            for name in [each for each in case.headers if each.lower() == ORGANIZATION]:
                del case.headers[name]
        return case

    schema.hook(filter_case)
    schema.hook(map_case)


def _note(proof: Proof, event: ScenarioFinished) -> None:
    recorder = event.recorder
    for node in recorder.cases.values():
        if node.transition is not None and node.is_transition_applied:
            proof.steps[node.transition.id] += 1
    for case_id, interaction in recorder.interactions.items():
        label = recorder.cases[case_id].value.operation.label if case_id in recorder.cases else "?"
        if interaction.response is not None:
            proof.statuses[label][interaction.response.status_code] += 1
    for checks in recorder.checks.values():
        proof.checks.update(check.name for check in checks)
    for name, told in _failures(recorder):
        proof.findings.setdefault(name, told)


def _failures(recorder: Any) -> Iterator[tuple[str, str]]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                label = recorder.cases[case_id].value.operation.label
                failure, sample = check.failure_info.failure, check.failure_info.code_sample
                name = f"{label}: {check.name}: {failure.title}"
                yield name, f"{failure.message}\n{sample}"
