"""The model of an organization: desktops of its members, where it wants its texts written there."""

from collections.abc import Callable
from uuid import UUID

from marketer_desktop.domain.plans import Plan
from marketer_desktop.llm.choice import ModelChoice, parse_choice
from marketer_desktop.llm.factory import MOST_CALLS, OLLAMA_CONTEXT, OpenModel, not_ours
from marketer_desktop.llm.retrying import PATIENCE, persistently
from marketer_desktop.llm.starter import SLOT_TOKENS
from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_problems import NOBODY, error_of
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.organization_models import open_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.system.loading import LOADING


def _logged(why: str) -> None:
    log.info("%s", why)


async def run_choice(
    parts: Parts,
    organization_id: int,
    named: str | None,
    tell: Callable[[str], None] = _logged,
) -> ModelChoice:
    """The model named in a call, else what the organization's `llm_mode` says.

    `local_agent` waits a moment for a desktop, and raises `NoAgent` if none comes; `tell` hears
    why it takes so long. `hybrid` takes one if it is there. On one's own computer nobody else's
    is asked.
    """
    if named and parse_choice(named).provider == "agent":
        return parse_choice(named)
    mode = await _mode(parts, organization_id)
    if mode == "local_agent":
        wanted = parse_choice(named).name if named else ""
        return await persistently(
            lambda: _of_agents(parts, organization_id, wanted), tell, PATIENCE
        )
    if mode == "hybrid" and not named and await _models(parts, organization_id):
        return await _of_agents(parts, organization_id, "")
    return await chosen_model(parts, named)


async def open_for(
    parts: Parts, organization_id: int, choice: ModelChoice, scope: UUID
) -> OpenModel:
    """A model ready for the calls of `scope`, such as a run, whose calls it makes once."""
    if choice.provider != "agent":
        return await open_model(parts, organization_id, choice)
    # Imported here: what speaks to a chat model takes a second that no start has to wait for.
    with LOADING:
        from marketer_desktop.llm.agent_chat import open_agent_chat  # noqa: PLC0415
        from marketer_desktop.services.agent_questions import AgentQuestions  # noqa: PLC0415

    others_may = await _mode(parts, organization_id) == "hybrid"
    questions = AgentQuestions(parts, organization_id, scope, others_may)
    context = SLOT_TOKENS if choice.is_small else OLLAMA_CONTEXT
    chat = open_agent_chat(choice.name, context, questions.ask)
    return OpenModel(
        chat, choice, context, MOST_CALLS, not_ours, questions.close, lambda: questions.waits
    )


async def _of_agents(parts: Parts, organization_id: int, wanted: str) -> ModelChoice:
    """The model of this name, else the first one of the desktops. Raises `NoAgent`."""
    models = await _models(parts, organization_id)
    if not models:
        raise error_of(NOBODY)
    return ModelChoice("agent", wanted if wanted in models else models[0])


async def _models(parts: Parts, organization_id: int) -> list[str]:
    async with parts.database.unit_of_work() as work:
        found = await work.agent_connections.models(organization_id)
    return [name for models in found for name in models]


async def _mode(parts: Parts, organization_id: int) -> str:
    async with parts.database.unit_of_work() as work:
        row = await work.organizations.get(organization_id)
    return "cloud" if row is None or row.plan == Plan.LOCAL else row.llm_mode
