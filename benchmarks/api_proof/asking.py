"""Has schemathesis ask all operations, alone and in sequences, and keeps what came of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import (
    FatalError,
    NonFatalError,
    PhaseStarted,
    ScenarioFinished,
)
from schemathesis.openapi.checks import RejectedPositiveData

from benchmarks.api_proof.team import Team

Tell = Callable[[str], None]
ORGANIZATION = "x-organization"
WITH_ORGANIZATION = 10  # one in so many requests names an organization: an invented one is a 404
TIMEOUT_SECONDS = 60
# It lasts as long as a run does: tests/integration/api/test_stream_api.py is about it.
STREAM = "/stream"
REJECTION = ("positive_data_acceptance",)

# What no schema can say of a request: the check that holds for all others, and why not here.
SAID_ELSEWHERE = {
    "GET /api/documents/search": (
        ("unsupported_method", "allow_header_conformance"),
        "other methods find the document “search”, and say that there is none",
    ),
    "GET /api/audit-logs": (REJECTION, "400 for a day before 2000, or behind 2100"),
    "GET /api/usage": (REJECTION, "400 for a range of more than a year, or one that ends early"),
    "POST /api/campaigns": (
        REJECTION,
        "400 for a campaign that ends before it starts, and for a budget of no digits",
    ),
    "PATCH /api/campaigns/{campaign_id}": (REJECTION, "as above"),
    "POST /api/documents": (REJECTION, "415 for what is no document by its content"),
    "POST /api/activities/{activity_id}/regenerate": (
        REJECTION,
        "400 for a command whose instruction is missing",
    ),
    "PUT /api/organizations/{organization_id}/provider-keys/{provider}": (
        REJECTION,
        "400 for what cannot be a key of that cloud",
    ),
    "POST /api/workflows/execute": (REJECTION, "400 for a model that there is not"),
}


@dataclass
class Proof:
    """The statuses of each operation, and what was found."""

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    findings: dict[str, str] = field(default_factory=dict)
    sequences: int = 0

    @property
    def examples(self) -> int:
        """How many requests were answered."""
        return sum(sum(counted.values()) for counted in self.statuses.values())


def prove(team: Team, examples: int, tell: Tell, *, phases: dict[str, Any]) -> Proof:
    """Ask in the name of the owner; `examples` of each operation and of each phase."""
    config = SchemathesisConfig.from_dict(
        {
            "base-url": team.url,
            "headers": {"Authorization": f"Bearer {team.owner.token}"},
            "request-timeout": TIMEOUT_SECONDS,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "phases": phases,
            "operations": [
                {"include-name": label, "checks": {check: {"enabled": False} for check in checks}}
                for label, (checks, _) in SAID_ELSEWHERE.items()
            ],
            "continue-on-failure": True,
        }
    )
    schema = schemathesis.openapi.from_url(f"{team.url}/openapi.json", config=config)
    schema = schema.exclude(path_regex=f"{STREAM}$")
    _keep_the_team(schema, team)
    proof = Proof()
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
    return proof


def _keep_the_team(schema: Any, team: Team) -> None:
    """Let nothing end what everything else needs: the organization that is asked in."""

    def filter_case(context: Any, case: Any) -> bool:
        home = str(team.owner.own["organization_id"])
        ends_it = case.operation.label == "DELETE /api/organizations/{organization_id}"
        return not (ends_it and str((case.path_parameters or {}).get("organization_id")) == home)

    asked = 0

    def map_case(context: Any, case: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked % WITH_ORGANIZATION:
            for name in [each for each in case.headers if each.lower() == ORGANIZATION]:
                del case.headers[name]
        return case

    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        return not (isinstance(failure, RejectedPositiveData) and _is_beyond_schemas(case.body))

    schema.hook(filter_failure)
    schema.hook(filter_case)
    schema.hook(map_case)


def _is_beyond_schemas(body: Any) -> bool:
    """Whether it has what is refused, rightly, though a schema takes it.

    That is NUL in a text, which PostgreSQL cannot keep, and 1.0 for the number 1.
    """
    waiting = [body]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        elif (isinstance(part, str) and "\x00" in part) or isinstance(part, float):
            return True
    return False


def _note(proof: Proof, event: ScenarioFinished) -> None:
    recorder = event.recorder
    proof.sequences += len({node.parent_id for node in recorder.cases.values()} - {None})
    for case_id, interaction in recorder.interactions.items():
        label = recorder.cases[case_id].value.operation.label if case_id in recorder.cases else "?"
        if interaction.response is not None:
            proof.statuses[label][interaction.response.status_code] += 1
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
