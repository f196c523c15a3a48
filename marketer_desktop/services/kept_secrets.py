"""Where keys and sign-ins are kept: the system's keyring, or a file under a passphrase."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.lend_model import begin_lending
from marketer_desktop.services.parts import Parts
from marketer_desktop.system.secret_vault import (
    SHORTEST_PASSPHRASE,
    DamagedVault,
    SecretVault,
    VaultLocked,
    WrongPassphrase,
)
from marketer_desktop.system.secrets import keep_secrets_in, secrets_state, vault
from marketer_desktop.system.threads import run_to_the_end

LONGEST_PASSPHRASE = 1000
WRONG = "This is not the passphrase. Try again; letters count as they are written."
TOO_SHORT = f"Take at least {SHORTEST_PASSPHRASE} characters: several words are easy to remember."
NEEDS_NONE = "This machine has a keyring: secrets are kept there, and need no passphrase."
NONE_SET = "No passphrase is set yet."
ONE_IS_SET = "A passphrase is set already: give it, too, to change it."
DAMAGED = (
    "{path} is damaged, so what was kept in it is lost. Your content is not touched. Start anew "
    "with a passphrase, then give your keys again and sign in again."
)
NOT_WRITTEN = "{path} cannot be used: {why}. Nothing was changed."


class SecretsPlace(BaseModel):
    """Where secrets are: `name` is the keyring's, or the file's path; `none` keeps nothing.

    `problem` is what is not well with it; a passphrase helps if it is `locked`.
    """

    kind: Literal["keyring", "file", "none"]
    name: str
    problem: str = ""
    locked: bool = False


class ShowSecrets(Call[SecretsPlace]):
    """Where secrets are kept, and whether they can be read."""


class UnlockSecrets(Call[SecretsPlace]):
    """Open the encrypted file until this program ends."""

    model_config = ConfigDict(hide_input_in_errors=True)

    passphrase: str = Field(max_length=LONGEST_PASSPHRASE, repr=False)


class SetPassphrase(Call[SecretsPlace]):
    """Begin an encrypted file; or change its passphrase, given the `old` one."""

    model_config = ConfigDict(hide_input_in_errors=True)

    new: str = Field(max_length=LONGEST_PASSPHRASE, repr=False)
    old: str | None = Field(default=None, max_length=LONGEST_PASSPHRASE, repr=False)


class StartSecretsAnew(Call[SecretsPlace]):
    """Give up what lies in the encrypted file, and begin an empty one; content is not touched."""

    model_config = ConfigDict(hide_input_in_errors=True)

    passphrase: str = Field(max_length=LONGEST_PASSPHRASE, repr=False)


async def show_secrets(call: ShowSecrets, parts: Parts, emit: Emit) -> SecretsPlace:
    """Nothing is changed, and no secret is shown."""
    return await _place()


async def unlock_secrets(call: UnlockSecrets, parts: Parts, emit: Emit) -> SecretsPlace:
    """What waited for a secret goes on. Raises `WrongUse` for another passphrase."""
    found = _vault(parts)
    if not found.exists:
        raise WrongUse(NONE_SET)
    await _done(found, partial(found.unlock, call.passphrase))
    return await _told(parts)


async def set_passphrase(call: SetPassphrase, parts: Parts, emit: Emit) -> SecretsPlace:
    """Raises `WrongUse` for an old one that is wrong, and for a new one that is too short."""
    found = _vault(parts)
    _check(call.new)
    if (await _place()).kind == "keyring" and not found.exists:
        raise WrongUse(NEEDS_NONE)
    if call.old is not None:
        await _done(found, partial(found.change, call.old, call.new))
    elif found.exists:
        raise WrongUse(ONE_IS_SET)
    else:
        await _done(found, partial(found.create, call.new))
    return await _told(parts)


async def start_secrets_anew(call: StartSecretsAnew, parts: Parts, emit: Emit) -> SecretsPlace:
    """For who has forgotten the passphrase, and for a file that is damaged."""
    found = _vault(parts)
    _check(call.passphrase)
    if not found.exists:
        raise WrongUse(NONE_SET)
    await _done(found, partial(found.create, call.passphrase))
    return await _told(parts)


def _vault(parts: Parts) -> SecretVault:
    keep_secrets_in(parts.data_dir)
    found = vault()
    assert found is not None
    return found


def _check(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise WrongUse(TOO_SHORT)


async def _done(found: SecretVault, work: Callable[[], None]) -> None:
    try:
        await run_to_the_end(work)
    except WrongPassphrase:
        raise WrongUse(WRONG) from None
    except VaultLocked:
        raise WrongUse(NONE_SET) from None
    except DamagedVault:
        raise ServiceError(DAMAGED.format(path=found.path)) from None
    except OSError as error:
        why = error.strerror or "another process holds it"
        raise ServiceError(NOT_WRITTEN.format(path=found.path, why=why)) from None


async def _place() -> SecretsPlace:
    state = await asyncio.to_thread(secrets_state)
    return SecretsPlace(
        kind=state.kind, name=state.name, problem=state.problem, locked=state.locked
    )


async def _told(parts: Parts) -> SecretsPlace:
    parts.bus.changed("secrets")
    parts.bus.changed("models")  # keys of clouds are there, or gone
    if parts.lender.lending.state == "off":
        await begin_lending(parts)
    return await _place()
