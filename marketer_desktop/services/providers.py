"""Models in the cloud: keys in the keyring, whether they are accepted, and what is to be known."""

import asyncio
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.llm.choice import CLOUD, CloudProvider, ModelChoice, parse_choice
from marketer_desktop.llm.errors import ModelError
from marketer_desktop.llm.prices import AS_OF, PRICES
from marketer_desktop.llm.providers import INFO
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.model_departures import note_check
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import store_setting
from marketer_desktop.system.secrets import NoKeyring, can_keep, forget_secret, keep_secret
from marketer_desktop.system.threads import run_to_the_end

LONGEST_KEY = 1000
LEAVES = (
    "When a model of {title} writes, your briefs and the passages that are quoted from your "
    "documents are sent to {title}."
)


class CloudModel(BaseModel):
    """A model to choose; prices are US dollars for a million tokens, None where not known."""

    name: str
    usd_in: float | None = None
    usd_out: float | None = None


class ProviderState(BaseModel):
    """A cloud; `source` says where its key is, None without one."""

    provider: CloudProvider
    title: str
    installed: bool
    source: Literal["keyring", "environment"] | None
    variable: str
    models: list[CloudModel]
    leaves: str


class ProviderList(BaseModel):
    """The clouds, and whether keys can be kept here."""

    providers: list[ProviderState]
    keyring: bool
    prices_as_of: str = AS_OF


class ListProviders(Call[ProviderList]):
    """Which clouds can be used; none of them is asked."""


class SetProviderKey(Call[ProviderState]):
    """Keep the key of a cloud in the operating system's keyring."""

    model_config = ConfigDict(hide_input_in_errors=True)

    provider: CloudProvider
    key: str = Field(repr=False, min_length=1, max_length=LONGEST_KEY)


class RemoveProviderKey(Call[ProviderState]):
    """Take the key of a cloud out of the keyring."""

    provider: CloudProvider


class ProviderCheck(BaseModel):
    """The key is accepted; these are the models that it may use."""

    provider: CloudProvider
    models: list[str]


class CheckProvider(Call[ProviderCheck]):
    """Ask a cloud which models its key may use; no text of the user's is sent."""

    provider: CloudProvider


async def list_providers(call: ListProviders, parts: Parts, emit: Emit) -> ProviderList:
    """All clouds, also those without a key or a library."""
    states = [await _state(parts, provider) for provider in CLOUD]
    return ProviderList(providers=states, keyring=await asyncio.to_thread(can_keep))


async def set_provider_key(call: SetProviderKey, parts: Parts, emit: Emit) -> ProviderState:
    """Keep the key; one that cannot be a key is refused without being repeated."""
    key, info = proper_key(call.provider, call.key), INFO[call.provider]
    instead = f"give the key in the variable {info.variable}"
    try:
        await run_to_the_end(_keep, call.provider, key, instead)
    except NoKeyring as error:
        raise ServiceError(str(error)) from None
    _remember(parts, {*parts.settings.keyring_providers, call.provider})
    return await _state(parts, call.provider)


def proper_key(provider: CloudProvider, given: str) -> str:
    """The key without blanks around it. Raises `WrongUse` for what cannot be a key."""
    key = given.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise WrongUse(
            "This is not a key: keys are one word of letters, digits and signs. Copy it again "
            f"from your account at {INFO[provider].title}."
        )
    return key


async def remove_provider_key(call: RemoveProviderKey, parts: Parts, emit: Emit) -> ProviderState:
    """Remove the key; if its cloud wrote the pieces, the model that is there by itself does."""
    try:
        await run_to_the_end(forget_secret, call.provider)
    except NoKeyring as error:
        raise ServiceError(str(error)) from None
    _remember(parts, set(parts.settings.keyring_providers) - {call.provider})
    state = await _state(parts, call.provider)
    chosen = parts.settings.model
    if state.source is None and chosen and parse_choice(chosen).cloud == call.provider:
        store_setting(parts.data_dir, "model", None)
        parts.settings.model = None
    return state


async def check_provider(call: CheckProvider, parts: Parts, emit: Emit) -> ProviderCheck:
    """One small request to the cloud."""
    note_check(parts, call.provider)
    try:
        models = await parts.models.offered(call.provider)
    except ModelError as error:
        raise ServiceError(str(error)) from None
    return ProviderCheck(provider=call.provider, models=models)


def tell_where_texts_go(choice: ModelChoice, emit: Emit) -> None:
    """Say so before a text is sent to a cloud, as `{"kind": "leaves", "text": …}`."""
    if choice.cloud is not None:
        emit({"kind": "leaves", "text": LEAVES.format(title=INFO[choice.cloud].title)})


def _keep(provider: CloudProvider, key: str, instead: str) -> None:
    keep_secret(provider, key, what="the key", instead=instead)


def _remember(parts: Parts, providers: set[str]) -> None:
    parts.settings.keyring_providers = sorted(providers)
    store_setting(parts.data_dir, "keyring_providers", parts.settings.keyring_providers)
    parts.bus.changed("models")


async def _state(parts: Parts, provider: CloudProvider) -> ProviderState:
    info = INFO[provider]
    key = await parts.models.keys.find(provider)
    return ProviderState(
        provider=provider,
        title=info.title,
        installed=info.installed,
        source=key.source if key else None,
        variable=info.variable,
        models=[_model(provider, name) for name in info.suggested],
        leaves=LEAVES.format(title=info.title),
    )


def _model(provider: CloudProvider, name: str) -> CloudModel:
    price = PRICES.get((provider, name))
    return CloudModel(
        name=f"{provider}:{name}",
        usd_in=float(price.tokens_in) if price else None,
        usd_out=float(price.tokens_out) if price else None,
    )
