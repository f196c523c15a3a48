"""Whose request is being answered: ids that go from HTTP through the queue into each log line."""

from contextvars import ContextVar
from typing import NamedTuple


class Client(NamedTuple):
    """Where a request came from, and what it said it was."""

    address: str | None = None
    agent: str | None = None


request_context: ContextVar[dict[str, str | int]] = ContextVar("request_context", default={})  # noqa: B039 - never changed in place

# For the audit log alone: addresses of people do not go into log lines.
asking_client: ContextVar[Client] = ContextVar("asking_client", default=Client())  # noqa: B039


def note_in_context(**ids: str | int) -> None:
    """Add ids for the rest of this task and what it starts."""
    request_context.set({**request_context.get(), **ids})
