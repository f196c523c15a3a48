"""Models: which are there, and which one the user has chosen."""

from pydantic import BaseModel

from marketer_desktop.llm.choice import STARTER, parse_choice
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import store_setting


class ModelEntry(BaseModel):
    """One model that can be named with `--model`.

    `tokens_per_second` is what one of its calls wrote so far on this machine, None before the
    first.
    """

    name: str
    description: str
    size_bytes: int | None = None
    tokens_per_second: float | None = None
    chosen: bool = False


class ModelList(BaseModel):
    """The models, and what is to be said about Ollama."""

    models: list[ModelEntry]
    ollama: str
    ollama_running: bool = False


class ListModels(Call[ModelList]):
    """What can be chosen now."""


class UseModel(Call[ModelEntry]):
    """Choose the model for all further pieces."""

    name: str


async def list_models(call: ListModels, parts: Parts, emit: Emit) -> ModelList:
    """The built-in model and those of Ollama."""
    state = await parts.models.ollama()
    chosen = str(await chosen_model(parts, None))
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
    ]
    async with parts.database.unit_of_work() as work:
        speeds = await work.executions.speeds()
    for entry in entries:
        entry.chosen = entry.name == chosen
        choice = parse_choice(entry.name)
        entry.tokens_per_second = speeds.get((choice.provider, choice.name))
    about = f"Ollama {state.version} at {state.host}" if state.running else (state.problem or "")
    return ModelList(models=entries, ollama=about, ollama_running=state.running)


async def use_model(call: UseModel, parts: Parts, emit: Emit) -> ModelEntry:
    """Keep the choice in the data folder; a model that is not there is refused."""
    choice = parse_choice(call.name)
    there = await list_models(ListModels(), parts, emit)
    names = {entry.name: entry for entry in there.models}
    entry = names.get(str(choice)) or names.get(f"{choice}:latest")
    if entry is None:
        raise ServiceError(
            f"There is no model “{call.name}”. Known now: {', '.join(names)}. {there.ollama}"
        )
    store_setting(parts.data_dir, "model", entry.name)
    parts.settings.model = entry.name
    return entry.model_copy(update={"chosen": True})
