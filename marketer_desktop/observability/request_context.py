"""Whose request is being answered: ids that go from HTTP through the queue into each log line."""

from contextvars import ContextVar

request_context: ContextVar[dict[str, str | int]] = ContextVar("request_context", default={})  # noqa: B039 - never changed in place


def note_in_context(**ids: str | int) -> None:
    """Add ids for the rest of this task and what it starts."""
    request_context.set({**request_context.get(), **ids})
