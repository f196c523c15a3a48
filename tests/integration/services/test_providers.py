"""Models in the cloud: keys, where they come from, and that they are found nowhere else."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from keyring.backends.fail import Keyring as NoBackend
from psycopg.sql import SQL, Identifier

from marketer_desktop.llm import providers as known
from marketer_desktop.llm.choice import CLOUD, CloudProvider
from marketer_desktop.llm.cloud_keys import CloudKeys
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.prices import cost
from marketer_desktop.observability.logs import log_to
from marketer_desktop.services.activities import ShowActivity, show_activity
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.content import OpenContent, open_content
from marketer_desktop.services.diagnose import Diagnose, diagnose
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.models import ListModels, UseModel, list_models, use_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.providers import (
    CheckProvider,
    ListProviders,
    ProviderState,
    RemoveProviderKey,
    SetProviderKey,
    check_provider,
    list_providers,
    remove_provider_key,
    set_provider_key,
)
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.system.secrets import SERVICE
from tests.factories.engines import Ear
from tests.fakes.cloud_payloads import TOKENS_IN, TOKENS_OUT, Reply
from tests.fakes.cloud_server import CloudServer
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.prose import prose, wanted_words
from tests.guards import Problems

KEY = "sk-test-0123456789abcdef"
TERRA = "openai:gpt-6.1-terra"


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with keyring_in_use(backend):
        yield backend


@pytest.fixture
def environment(parts: Parts) -> dict[str, str]:
    """The variables that the engine sees; what it finds in clouds' places is a real factory's."""
    variables: dict[str, str] = {}
    parts.models.keys = CloudKeys(lambda: parts.settings.keyring_providers, variables)
    return variables


@pytest.fixture
def server(parts: Parts, environment: dict[str, str]) -> Iterator[CloudServer]:
    with CloudServer("openai", KEY, ["gpt-6.1-terra", "gpt-4.1"]) as running:
        running.answer = written
        parts.models.cloud_addresses["openai"] = running.address
        yield running


def written(body: dict[str, Any]) -> Reply:
    prompt = str(body["messages"][-1]["content"])
    text = prose(prompt, wanted_words(prompt), str(len(prompt)))
    return Reply([text[at : at + 40] for at in range(0, len(text), 40)])


async def give(parts: Parts, key: str = KEY, provider: CloudProvider = "openai") -> ProviderState:
    return await set_provider_key(SetProviderKey(provider=provider, key=key), parts, Ear())


async def state(parts: Parts, provider: CloudProvider) -> ProviderState:
    listed = await list_providers(ListProviders(), parts, Ear())
    return next(each for each in listed.providers if each.provider == provider)


async def names(parts: Parts) -> list[str]:
    return [entry.name for entry in (await list_models(ListModels(), parts, Ear())).models]


async def test_a_key_goes_into_the_keyring_and_brings_models(
    parts: Parts, memory: MemoryKeyring, environment: dict[str, str]
) -> None:
    assert await names(parts) == ["starter"]
    told = await give(parts, f" {KEY}\n")
    assert (told.title, told.source) == ("OpenAI", "keyring")
    assert memory.kept == {(SERVICE, "openai"): KEY}
    assert load_settings(parts.data_dir).keyring_providers == ["openai"]
    assert TERRA in await names(parts) and KEY not in told.model_dump_json()
    assert (await state(parts, "mistral")).source is None


async def test_a_removed_key_takes_its_model_along(
    parts: Parts, memory: MemoryKeyring, environment: dict[str, str]
) -> None:
    await give(parts)
    used = await use_model(UseModel(name=TERRA), parts, Ear())
    assert used.cloud == "OpenAI" and "are sent to OpenAI" in used.leaves
    gone = await remove_provider_key(RemoveProviderKey(provider="openai"), parts, Ear())
    assert gone.source is None and memory.kept == {}
    assert load_settings(parts.data_dir).model is None
    assert await names(parts) == ["starter"]
    again = await remove_provider_key(RemoveProviderKey(provider="openai"), parts, Ear())
    assert again.source is None


async def test_a_variable_counts_where_the_keyring_has_none(
    parts: Parts, memory: MemoryKeyring, environment: dict[str, str]
) -> None:
    environment["OPENAI_API_KEY"] = "sk-of-the-environment"
    assert (await state(parts, "openai")).source == "environment"
    await give(parts)
    assert (await state(parts, "openai")).source == "keyring"
    memory.locked = True
    assert (await state(parts, "openai")).source == "environment"


@pytest.mark.parametrize("locked", [True, False])
async def test_without_an_open_keyring_no_key_is_kept(
    parts: Parts, environment: dict[str, str], locked: bool
) -> None:
    backend = MemoryKeyring()
    backend.locked = True
    with keyring_in_use(backend if locked else NoBackend()):  # type: ignore[no-untyped-call]
        with pytest.raises(ServiceError, match=r"cannot be kept safely.*OPENAI_API_KEY"):
            await give(parts)
        listed = await list_providers(ListProviders(), parts, Ear())
        assert listed.keyring is locked
    assert load_settings(parts.data_dir).keyring_providers == []
    assert not [path for path in parts.data_dir.rglob("*.json") if KEY in path.read_text()]


async def test_a_keyring_that_writes_plain_text_is_none(
    parts: Parts, environment: dict[str, str]
) -> None:
    class PlainText(MemoryKeyring):
        priority = 0.5

    backend = PlainText()
    with keyring_in_use(backend), pytest.raises(ServiceError, match="cannot be kept safely"):
        await give(parts)
    assert backend.kept == {}


@pytest.mark.parametrize("key", ["two words", "ключ", "sk\x07"])
async def test_what_is_no_key_is_refused_unread(
    parts: Parts, memory: MemoryKeyring, environment: dict[str, str], key: str
) -> None:
    with pytest.raises(WrongUse, match="This is not a key") as told:
        await give(parts, key)
    assert key not in str(told.value) and memory.kept == {}


async def test_a_key_is_checked_with_one_request(
    parts: Parts, memory: MemoryKeyring, server: CloudServer
) -> None:
    with pytest.raises(ServiceError, match="There is no key for OpenAI"):
        await check_provider(CheckProvider(provider="openai"), parts, Ear())
    assert server.seen == []
    await give(parts)
    assert server.seen == []
    found = await check_provider(CheckProvider(provider="openai"), parts, Ear())
    assert found.models == ["gpt-4.1", "gpt-6.1-terra"] and len(server.seen) == 1
    await give(parts, "sk-wrong")
    with pytest.raises(ServiceError, match="did not accept the key"):
        await check_provider(CheckProvider(provider="openai"), parts, Ear())


async def test_a_model_that_is_not_suggested_is_asked_for(
    parts: Parts, memory: MemoryKeyring, server: CloudServer
) -> None:
    await give(parts)
    await use_model(UseModel(name=TERRA), parts, Ear())
    assert server.seen == []
    assert (await use_model(UseModel(name="openai:gpt-4.1"), parts, Ear())).cloud == "OpenAI"
    assert [call.path for call in server.seen] == ["/v1/models"]
    assert "openai:gpt-4.1" in await names(parts)
    with pytest.raises(ServiceError, match="There is no model “openai:gpt-0”"):
        await use_model(UseModel(name="openai:gpt-0"), parts, Ear())


async def test_the_doctor_says_what_leaves_the_machine(
    parts: Parts, memory: MemoryKeyring, environment: dict[str, str]
) -> None:
    async def chosen() -> tuple[str, str]:
        told = (await diagnose(Diagnose(), parts, Ear())).parts
        assert KEY not in str(told)
        return next((each.state, each.advice) for each in told if each.name == "chosen model")

    await give(parts)
    await use_model(UseModel(name=TERRA), parts, Ear())
    assert await chosen() == ("ok", "Briefs and quoted passages are sent to OpenAI.")
    memory.kept.clear()
    assert (await chosen())[0] == "error" and "marketer models key openai" in (await chosen())[1]


async def test_without_the_extra_nothing_can_be_checked(
    parts: Parts,
    memory: MemoryKeyring,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "find_spec", lambda name: None)
    listed = await list_providers(ListProviders(), parts, Ear())
    assert [each.installed for each in listed.providers] == [False] * len(CLOUD)
    with pytest.raises(ServiceError, match="pip install"):
        await check_provider(CheckProvider(provider="mistral"), parts, Ear())


async def test_a_piece_is_written_in_the_cloud_and_the_key_is_nowhere(
    parts: Parts,
    memory: MemoryKeyring,
    server: CloudServer,
    migrated_url: str,
    monkeypatch: pytest.MonkeyPatch,
    ear: Ear,
) -> None:
    monkeypatch.setattr(type(parts.models), "open", ModelFactory.open)
    await give(parts)
    handler = log_to(parts.data_dir)
    try:
        logging.getLogger().setLevel(logging.DEBUG)
        about = {"topic": "fresh coffee for the office", "type": "linkedin"}
        call = GenerateContent.model_validate({**about, "model": TERRA})
        told = await generate_content(call, parts, ear)
        calls = len(server.calls)
        server.key = "sk-another"  # from now on the key is refused, and repeated in the refusal
        refused = await generate_content(call, parts, ear)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert told.status in {"completed", "needs_attention"} and told.word_count > 20
    assert ear.of("leaves")[0]["text"].endswith("are sent to OpenAI.")
    assert told.tokens == calls * (TOKENS_IN + TOKENS_OUT)
    spent = cost("openai", "gpt-6.1-terra", calls * TOKENS_IN, calls * TOKENS_OUT)
    assert told.cost_usd == pytest.approx(float(spent)) and spent > 0
    opened = await open_content(OpenContent(activity_id=told.activity_id), parts, ear)
    assert opened.cost_usd == pytest.approx(float(spent))
    assert refused.status == "failed" and "OpenAI did not accept the key" in str(refused.error)
    shown = await show_activity(ShowActivity(activity_id=refused.activity_id), parts, ear)
    for place in (str(shown), str(ear.heard), files(parts.data_dir), await tables(migrated_url)):
        assert "gpt-6.1-terra" in place and KEY not in place


def files(folder: Path) -> str:
    """All that lies in the data folder."""
    read = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(read).decode(errors="replace") + " gpt-6.1-terra"


async def tables(url: str) -> str:
    """Every row of every table, as text."""
    found: list[str] = []
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for schema, table in await cursor.fetchall():
            rows = await connection.execute(
                SQL("SELECT each::text FROM {} AS each").format(Identifier(schema, table))
            )
            found += [str(row[0]) for row in await rows.fetchall()]
    return "\n".join(found)


@pytest.fixture(autouse=True)
def expected_problems(log_problems: Problems) -> Iterator[None]:
    """A run that is refused is noted as failed."""
    yield
    noted = [record for record in log_problems.records if record.getMessage() != "run failed"]
    log_problems.records[:] = noted
