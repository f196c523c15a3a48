"""What a server says to an agent on its socket."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from marketer_desktop.services.agent_frames import Beat


class Message(BaseModel):
    """One turn of the talk that is to be continued."""

    role: Literal["system", "user", "assistant"]
    content: str


class Options(BaseModel):
    """How to answer, by Ollama's names; others are left alone."""

    num_predict: int | None = Field(default=None, ge=1)
    seed: int | None = None
    temperature: float | None = None
    stop: list[str] | None = None


class LlmRequest(BaseModel):
    """A question for `model`; `format` is a JSON schema that the answer has to follow."""

    type: Literal["llm_request"] = "llm_request"
    id: UUID
    model: str
    messages: list[Message] = Field(min_length=1)
    options: Options = Options()
    format: dict[str, Any] | None = None


class Cancel(BaseModel):
    """Nobody waits for this answer any more."""

    type: Literal["cancel"] = "cancel"
    id: UUID


Frame = Annotated[LlmRequest | Cancel | Beat, Field(discriminator="type")]
_FRAME: TypeAdapter[Frame] = TypeAdapter(Frame)


def frame_of(text: str | bytes) -> Frame:
    """What a server says. Raises `ValueError` for what this version does not understand."""
    return _FRAME.validate_json(text)
