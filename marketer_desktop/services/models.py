"""Models: which are there, and which one the user has chosen."""

from pydantic import BaseModel, Field

from marketer_desktop.llm.choice import CLOUD, STARTER, ModelChoice, parse_choice
from marketer_desktop.llm.errors import ModelError
from marketer_desktop.llm.providers import INFO
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.providers import LEAVES
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.settings.settings import store_setting


class ModelEntry(BaseModel):
    """One model that can be named with `--model`.

    `tokens_per_second` is what one of its calls wrote so far on this machine, None before the
    first. `cloud` is the company that a model runs at, empty for a model of one's own, and `leaves`
    says what is sent there.
    """

    name: str
    description: str
    size_bytes: int | None = None
    tokens_per_second: float | None = None
    chosen: bool = False
    cloud: str = ""
    leaves: str = ""


class ModelList(BaseModel):
    """The models, and what is to be said about Ollama; `warnings` are about its safety."""

    models: list[ModelEntry]
    ollama: str
    ollama_running: bool = False
    warnings: list[str] = Field(default_factory=list)


class ListModels(Call[ModelList]):
    """What can be chosen now."""


class UseModel(Call[ModelEntry]):
    """Choose the model for all further pieces."""

    name: str


async def list_models(call: ListModels, parts: Parts, emit: Emit) -> ModelList:
    """The built-in model, those of Ollama, and those of clouds whose key is here."""
    state = await parts.models.ollama()
    choice = await chosen_model(parts, None)
    chosen = str(choice)
    entries = [
        ModelEntry(
            name=str(STARTER),
            description=f"{STARTER.name}, built in: for trying things out, writes samples",
        ),
        *(
            ModelEntry(
                name=f"ollama:{model.name}",
                description=" ".join(filter(None, (model.parameters, model.quantization))),
                size_bytes=model.size_bytes,
            )
            for model in state.models
        ),
        *await _of_clouds(parts, choice),
    ]
    async with parts.database.unit_of_work() as work:
        speeds = await work.executions.speeds()
    for entry in entries:
        entry.chosen = entry.name == chosen
        choice = parse_choice(entry.name)
        entry.tokens_per_second = speeds.get((choice.provider, choice.name))
    about = f"Ollama {state.version} at {state.host}" if state.running else (state.problem or "")
    return ModelList(
        models=entries,
        ollama=about,
        ollama_running=state.running,
        warnings=list(getattr(state, "warnings", [])),
    )


async def _of_clouds(parts: Parts, chosen: ModelChoice) -> list[ModelEntry]:
    """The suggested models of each cloud with a key, and the chosen one."""
    found: list[ModelEntry] = []
    for provider in CLOUD:
        named = [chosen.name] if chosen.cloud == provider else []
        if await parts.models.keys.find(provider) is not None:
            named = [*INFO[provider].suggested, *named]
        found += [_of_cloud(ModelChoice(provider, name)) for name in dict.fromkeys(named)]
    return found


def _of_cloud(choice: ModelChoice) -> ModelEntry:
    assert choice.cloud is not None
    title = INFO[choice.cloud].title
    return ModelEntry(
        name=str(choice),
        description=f"at {title}, in the cloud",
        cloud=title,
        leaves=LEAVES.format(title=title),
    )


async def use_model(call: UseModel, parts: Parts, emit: Emit) -> ModelEntry:
    """Keep the choice in the data folder; a model that is not there is refused."""
    choice = parse_choice(call.name)
    there = await list_models(ListModels(), parts, emit)
    names = {entry.name: entry for entry in there.models}
    entry = names.get(str(choice)) or names.get(f"{choice}:latest")
    if entry is None and choice.cloud is not None:
        entry = await _asked_for(parts, choice)
    if entry is None:
        raise NotFound(
            f"There is no model “{call.name}”. Known now: {', '.join(names)}. {there.ollama}"
        )
    store_setting(parts.data_dir, "model", entry.name)
    parts.settings.model = entry.name
    parts.bus.changed("models")
    return entry.model_copy(update={"chosen": True})


async def _asked_for(parts: Parts, choice: ModelChoice) -> ModelEntry | None:
    """A model that is not among the suggested ones, if its cloud has it."""
    assert choice.cloud is not None
    try:
        offered = await parts.models.offered(choice.cloud)
    except ModelError as error:
        raise ServiceError(str(error)) from None
    return _of_cloud(choice) if choice.name in offered else None
