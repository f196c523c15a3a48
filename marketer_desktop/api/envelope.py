"""The envelope that every answer comes in (specification, section 8.1)."""

from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from marketer_desktop.observability.request_context import request_context

Data = TypeVar("Data")


class Metadata(BaseModel):
    """When it was answered, and the request's id, which the log has too."""

    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))
    request_id: UUID = Field(default_factory=lambda: UUID(str(request_context.get()["request_id"])))


class Envelope(BaseModel, Generic[Data]):
    """What was asked for."""

    success: Literal[True] = True
    data: Data
    error: None = None
    metadata: Metadata = Field(default_factory=Metadata)


class Problem(BaseModel):
    """What went wrong; which fields beyond code and message there are depends on the code."""

    code: str
    message: str
    details: dict[str, list[str]] | None = None
    required_permission: str | None = None
    retry_after: int | None = None
    request_id: UUID | None = None


class Failure(BaseModel):
    """The answer to a request that was refused or failed."""

    success: Literal[False] = False
    data: None = None
    error: Problem
    metadata: Metadata = Field(default_factory=Metadata)

    def body(self) -> dict[str, Any]:
        """As JSON; fields of the error that say nothing here are left out."""
        told = self.model_dump(mode="json")
        told["error"] = {name: value for name, value in told["error"].items() if value is not None}
        return told
