"""Why agents gave no answer: codes for programs, sentences for people, errors for runs."""

from pydantic import BaseModel, Field

from marketer_desktop.llm.errors import (
    ModelBusy,
    ModelError,
    ModelNotFound,
    ModelTimeout,
    ModelUnavailable,
    OutOfMemory,
    PromptCut,
)

SILENCE_SECONDS = 300.0  # of an agent that is connected and at a request
LONGEST_SHOWN = 200


class AgentProblem(BaseModel):
    """Why there is no answer."""

    code: str = Field(max_length=100)
    message: str = Field(default="", max_length=2000)


class NoAgent(ModelUnavailable):
    """No agent of the organization is connected, or those that were asked have gone."""

    briefly = "No desktop of your organization is connected"


class AgentsLeft(ModelError):
    """The same, where the organization lets other models write instead."""


NOBODY = AgentProblem(
    code="no_agent",
    message=(
        "No desktop of your organization is connected that could write this. Start Marketer "
        "Desktop on one with its agent switched on, or choose another model in the settings of "
        "the organization."
    ),
)
VANISHED = AgentProblem(
    code="agent_vanished",
    message=(
        "The desktops of your organization that were asked went away before they had answered. "
        "See that one stays on and connected, then try again."
    ),
)
TOO_LONG = AgentProblem(code="too_long", message="the answer did not come to an end")
SILENT = AgentProblem(code="timeout", message=f"it said nothing for {SILENCE_SECONDS:.0f} seconds")
_ERRORS: dict[str, type[ModelError]] = {
    "model_not_found": ModelNotFound,
    "busy": ModelBusy,
    "timeout": ModelTimeout,
    "out_of_memory": OutOfMemory,
    "prompt_too_long": PromptCut,
}


def error_of(problem: AgentProblem) -> ModelError:
    """The error for whoever asked."""
    if problem.code in (NOBODY.code, VANISHED.code):
        return NoAgent(problem.message)
    detail = " ".join(problem.message.split())[:LONGEST_SHOWN] or problem.code
    kind = _ERRORS.get(problem.code, ModelError)
    return kind(f"The desktop that was asked could not answer: {detail}")


def problem_of(error: Exception) -> AgentProblem:
    """What an agent says of a model that gave no answer."""
    code = next((code for code, kind in _ERRORS.items() if isinstance(error, kind)), "failed")
    said = " ".join(str(error).split()) if isinstance(error, ModelError) else ""
    message = said or "This desktop could not answer; its log says more."
    return AgentProblem(code=code, message=message[:2000])
