"""What agents and servers say to each other, and processes to each other about it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AliasChoices, BaseModel, Field, StringConstraints, TypeAdapter

from marketer_desktop.services.agent_problems import AgentProblem

CHANNEL = "agents"  # of the database, for what processes tell each other
_MOST_TOKENS = 2_147_483_647

ModelName = Annotated[
    str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class Hello(BaseModel):
    """The first word of an agent: what it can be asked, and how much of it at once."""

    type: Literal["hello"]
    agent_version: str = Field(default="", max_length=50)
    models: list[ModelName] = Field(min_length=1, max_length=200)
    capacity: int = Field(default=1, ge=1, le=64)


class Beat(BaseModel):
    """A sign of life."""

    type: Literal["ping", "pong"]


class Usage(BaseModel):
    """The tokens that an answer took, 0 where an agent does not count them; Ollama's names do."""

    prompt_tokens: int = Field(
        default=0,
        ge=0,
        le=_MOST_TOKENS,
        validation_alias=AliasChoices("prompt_tokens", "prompt_eval_count"),
    )
    completion_tokens: int = Field(
        default=0,
        ge=0,
        le=_MOST_TOKENS,
        validation_alias=AliasChoices("completion_tokens", "eval_count"),
    )


class Answered(BaseModel):
    """A piece of an answer; with `done` the last one, or a problem."""

    request_id: UUID
    content: str = ""
    done: bool = False
    usage: Usage = Usage()
    error: AgentProblem | None = None


_FRAME: TypeAdapter[Beat | Answered] = TypeAdapter(Beat | Answered)


def frame_of(text: str) -> Beat | Answered:
    """What an agent says after its hello. Raises `ValueError` for anything else."""
    return _FRAME.validate_json(text)


class Offered(BaseModel):
    """Requests of an organization wait, or an agent that may take some has come."""

    kind: Literal["offered"] = "offered"
    organization_id: int


class Withdrawn(BaseModel):
    """Nobody waits for the answer any more."""

    kind: Literal["withdrawn"] = "withdrawn"
    request_id: UUID


class Taken(BaseModel):
    """An agent has a request now."""

    kind: Literal["taken"] = "taken"
    request_id: UUID


class Told(BaseModel):
    """A piece of an answer, and how many characters came before it."""

    kind: Literal["told"] = "told"
    request_id: UUID
    at: int
    text: str


class Over(BaseModel):
    """The answer is there, or something else is to be seen at the request."""

    kind: Literal["over"] = "over"
    request_id: UUID


Notice = Annotated[Offered | Withdrawn | Taken | Told | Over, Field(discriminator="kind")]
_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


def notice_of(text: str) -> Notice:
    """What another process has said."""
    return _NOTICE.validate_json(text)


def request_frame(request_id: UUID, request: dict[str, Any], model: str) -> dict[str, Any]:
    """What an agent is sent; `model` is one that it has."""
    return {"type": "llm_request", "id": str(request_id), **request, "model": model}
