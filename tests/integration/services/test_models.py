"""Models: which are there, and the one the user has chosen."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.models import ListModels, UseModel, list_models, use_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import load_settings
from tests.factories.engines import NOBODY, Ear, running_parts
from tests.factories.runs import add_run
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.scripted_chat_model import ScriptedChatModel


@pytest.fixture
async def with_ollama(
    migrated_url: str, tmp_path: Path, model: ScriptedChatModel, shared_embeddings: MiniLmEmbeddings
) -> AsyncIterator[Parts]:
    with OllamaServer() as server:
        async with running_parts(
            migrated_url, tmp_path, model, shared_embeddings, server.address
        ) as parts:
            yield parts


async def chosen(parts: Parts) -> list[str]:
    listed = await list_models(ListModels(), parts, Ear())
    return [entry.name for entry in listed.models if entry.chosen]


async def test_without_ollama_the_starter_is_there_and_chosen(parts: Parts, ear: Ear) -> None:
    listed = await list_models(ListModels(), parts, ear)
    assert [(entry.name, entry.chosen) for entry in listed.models] == [("starter", True)]
    assert listed.ollama.startswith(f"Nothing answers at {NOBODY}.")


async def test_a_model_of_ollama_is_listed_and_chosen_by_itself(
    with_ollama: Parts, ear: Ear
) -> None:
    listed = await list_models(ListModels(), with_ollama, ear)
    assert [(entry.name, entry.chosen) for entry in listed.models] == [
        ("starter", False),
        ("ollama:llama3.2:3b", True),
    ]
    assert listed.models[1].description == "3.2B Q4_K_M"
    assert listed.models[1].size_bytes == 2_019_393_189


async def test_a_choice_is_kept_for_this_engine_and_the_next(with_ollama: Parts, ear: Ear) -> None:
    used = await use_model(UseModel(name="starter"), with_ollama, ear)
    assert (used.name, used.chosen) == ("starter", True)
    assert await chosen(with_ollama) == ["starter"]
    assert load_settings(with_ollama.data_dir).model == "starter"
    await use_model(UseModel(name="ollama:llama3.2:3b"), with_ollama, ear)
    assert await chosen(with_ollama) == ["ollama:llama3.2:3b"]


async def test_a_call_may_name_another(with_ollama: Parts) -> None:
    assert str(await chosen_model(with_ollama, "starter")) == "starter"


async def test_a_model_that_is_not_there_is_refused_with_those_that_are(
    with_ollama: Parts, ear: Ear
) -> None:
    with pytest.raises(ServiceError, match=r"“ollama:phi9”.*starter, ollama:llama3\.2:3b"):
        await use_model(UseModel(name="ollama:phi9"), with_ollama, ear)
    with pytest.raises(UnknownModel):
        await use_model(UseModel(name="phi9"), with_ollama, ear)
    assert load_settings(with_ollama.data_dir).model is None


async def test_the_speed_of_a_model_is_what_its_calls_have_shown(
    with_ollama: Parts, ear: Ear
) -> None:
    entries = (await list_models(ListModels(), with_ollama, ear)).models
    assert [entry.tokens_per_second for entry in entries] == [None, None]
    identity = await add_run(with_ollama.database, Brief(topic="coffee"))
    async with with_ollama.database.unit_of_work() as work:
        for number, (tokens, milliseconds) in enumerate(((60, 2000), (20, 2000))):
            call = await work.executions.start(
                activity_id=identity.activity_id,
                organization_id=identity.organization_id,
                run_id=identity.run_id,
                node=f"writing/{number}",
                attempt=1,
                input_hash=str(number),
                agent_name="content_writer",
                llm_provider="ollama",
                llm_model="llama3.2:3b",
            )
            await work.executions.finish(
                call.id, output={}, tokens_in=9, tokens_out=tokens, duration_ms=milliseconds
            )
        await work.commit()
    entries = (await list_models(ListModels(), with_ollama, ear)).models
    assert [entry.tokens_per_second for entry in entries] == [None, 20.0]
