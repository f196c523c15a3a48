"""What has to hold after a run, whatever it went through; each complaint is a sentence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.kill.evidence import Evidence, Request, asked_by_ledger, model_calls
from marketer_desktop.events.run_event import STEPS

MOST_CALLS = 5  # in flight at once in one workflow
Book = Mapping[Request, str]


@dataclass(frozen=True)
class Case:
    """A run that has ended: what there is of it, what the model server was asked, in order.

    `books` are the ledger's entries at each blow; `expected` is the state that an undisturbed run
    of the same errand leaves.
    """

    seen: Evidence
    requests: Sequence[Request]
    books: Sequence[Book]
    expected: Mapping[str, Any] | None


def complaints(case: Case) -> list[str]:
    """Everything that does not hold; nothing if all is well."""
    return [
        *_ends_once(case.seen),
        *_asked_once(case),
        *_numbered(case.seen),
        *_as_undisturbed(case),
        *_nothing_left(case.seen),
    ]


def repeated(requests: Sequence[Request]) -> Counter[Request]:
    """How often each request was made beyond the first time."""
    return Counter({key: n - 1 for key, n in Counter(requests).items() if n > 1})


def final_state(seen: Evidence) -> dict[str, Any]:
    """What an activity comes to; numbers of rows, paths and times are left out."""
    content = seen.activity["content"]
    if content:
        metadata = {k: v for k, v in content["metadata"].items() if k != "path"}
        content = {**content, "metadata": metadata}
    cancelled = seen.activity["status"] == "cancelled"
    return {
        "status": seen.activity["status"],
        "content": content,
        "report": seen.activity["report"],
        "tokens": seen.activity["tokens_used"],
        "error": seen.activity["error_message"],
        "files": seen.files,
        "usage": [(row["event_type"], row["metadata"]["tokens"]) for row in seen.usage],
        "notifications": [(n["type"], n["title"], n["message"]) for n in seen.notifications],
        "audit": seen.audit,
        "revisions": seen.revisions,
        "steps": None if cancelled else seen.steps,
        "finished steps": None if cancelled else _finished(seen),
    }


def _own_events(seen: Evidence) -> list[dict[str, Any]]:
    after = (seen.activity["workflow_state"] or {}).get("after", 0)
    return [event for event in seen.events if event["seq"] > after]


def _finished(seen: Evidence) -> list[str]:
    return [event["step"] for event in _own_events(seen) if event["kind"] == "finished"]


def _ends_once(seen: Evidence) -> Iterator[str]:
    endings = [event for event in _own_events(seen) if event["kind"] == "ended"]
    status = seen.activity["status"]
    if len(endings) != 1:
        yield f"the run ended {len(endings)} times"
    elif endings[0] is not seen.events[-1]:
        yield "something happened after the end"
    elif status != endings[0]["data"].get("status", endings[0]["step"]):
        yield f"the last event says {endings[0]['step']}, the activity {status}"
    if status != "cancelled" and _finished(seen) != list(STEPS):
        yield f"finished steps are {_finished(seen)}"


def _asked_once(case: Case) -> Iterator[str]:
    """Only what was in flight at a blow is asked again: begun, and not noted as finished.

    At most one a branch, so that no answer that was acted upon is asked for again.
    """
    calls = model_calls(case.seen.executions)
    node = {asked_by_ledger(row): str(row["node"]) for row in calls}
    again = repeated(case.requests)
    for key, times in again.items():
        in_flight = sum(1 for book in case.books if book.get(key, "completed") != "completed")
        if times > in_flight:
            yield f"{node.get(key, 'a call')} was made {times + 1} times, in flight {in_flight}"
        yield from _acted_upon(key, case.requests, node)
    for book in case.books:
        open_calls = [key for key in again if book.get(key) == "running"]
        branches = Counter(node.get(key) for key in open_calls)
        if len(open_calls) > MOST_CALLS or max(branches.values(), default=0) > 1:
            yield f"a blow had {len(open_calls)} calls repeated, by branch {dict(branches)}"


def _acted_upon(
    key: Request, requests: Sequence[Request], node: Mapping[Request, str]
) -> Iterator[str]:
    """A branch that asked something else before it asked again had its answer."""
    first = requests.index(key)
    second = requests.index(key, first + 1)
    between = {node.get(other) for other in requests[first + 1 : second] if other != key}
    if node.get(key) in between:
        yield f"{node.get(key)} went on and was asked again"


def _numbered(seen: Evidence) -> Iterator[str]:
    numbers = [event["seq"] for event in seen.events]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"events are numbered {numbers}"
    if seen.activity["last_event_seq"] != len(numbers):
        yield f"the activity counts {seen.activity['last_event_seq']} events of {len(numbers)}"


def _as_undisturbed(case: Case) -> Iterator[str]:
    if case.expected is None:
        return
    state = final_state(case.seen)
    for name, value in case.expected.items():
        if state[name] != value:
            yield f"{name} differs: {_short(state[name])} instead of {_short(value)}"


def _nothing_left(seen: Evidence) -> Iterator[str]:
    if seen.jobs:
        yield f"jobs are left: {seen.jobs}"
    if seen.leases:
        yield f"{seen.leases} leases are left"
    running = [row["node"] for row in seen.executions if row["status"] == "running"]
    if running:
        yield f"the ledger has calls under way: {running}"


def _short(value: Any) -> str:
    return str(value)[:160]
