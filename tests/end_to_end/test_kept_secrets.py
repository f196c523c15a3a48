"""Keys kept by the engine of a window: in no file, environment or command line can they be read."""

from pathlib import Path

import pytest

from marketer_desktop.services.call import EngineHandle, WrongUse
from marketer_desktop.services.kept_secrets import (
    SetPassphrase,
    ShowSecrets,
    StartSecretsAnew,
    UnlockSecrets,
)
from marketer_desktop.services.providers import ListProviders, SetProviderKey
from marketer_desktop.system.passphrase import VARIABLE
from marketer_desktop.system.secret_vault import SecretVault
from marketer_desktop.system.secrets import FILE
from tests.end_to_end.conftest import Marketer
from tests.end_to_end.test_engine_of_a_window import with_engine
from tests.factories.secret_service import NEEDS_KEYRING, secret_session, without_bus

KEY = "sk-end-to-end-0123456789"
PASSPHRASE, NEXT = "words that open it", "other words for it"


def ear(event: object) -> None:
    pass


def use(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """Start engines as a session with this environment would."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


async def give_key(handle: EngineHandle) -> None:
    await handle.call(SetProviderKey(provider="openai", key=KEY), ear)


async def source(handle: EngineHandle) -> str | None:
    listed = await handle.call(ListProviders(), ear)
    return next(each.source for each in listed.providers if each.provider == "openai")


def leaks(marketer: Marketer, *words: str) -> list[str]:
    """The files and the command lines of processes that tell one of the words."""
    found = [
        str(path)
        for path in marketer.data_dir.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]
    for process in marketer.processes():
        told = " ".join([*process.cmdline(), *process.environ().values()])
        if any(word in told for word in words):
            found.append(" ".join(process.cmdline()))
    return found


@NEEDS_KEYRING
def test_a_key_in_the_keyring_of_the_session_is_nowhere_else(
    marketer: Marketer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def work(handle: EngineHandle) -> None:
        assert (await handle.call(ShowSecrets(), ear)).kind == "keyring"
        with pytest.raises(WrongUse, match="need no passphrase"):
            await handle.call(SetPassphrase(new=PASSPHRASE), ear)
        await give_key(handle)
        assert await source(handle) == "keyring"
        assert leaks(marketer, KEY) == []

    with secret_session(tmp_path / "home") as session:
        use(monkeypatch, session)
        with_engine(marketer.data_dir, work)
    assert leaks(marketer, KEY) == []


def test_a_key_in_the_encrypted_file_needs_its_passphrase(
    marketer: Marketer, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = SecretVault(marketer.data_dir / FILE)
    vault.create(PASSPHRASE)

    async def work(handle: EngineHandle) -> None:
        place = await handle.call(ShowSecrets(), ear)
        assert (place.kind, place.locked) == ("file", False)  # opened by the environment
        await give_key(handle)
        assert vault.secret("openai") == KEY
        (told,) = leaks(marketer, KEY, PASSPHRASE)
        # A system shows what a process was started with; its children have it no more.
        assert "engine" in told.split()

        vault.change(PASSPHRASE, NEXT)  # as another process does
        assert (await handle.call(ShowSecrets(), ear)).locked and await source(handle) is None
        with pytest.raises(WrongUse, match="not the passphrase"):
            await handle.call(UnlockSecrets(passphrase=PASSPHRASE), ear)
        assert not (await handle.call(UnlockSecrets(passphrase=NEXT), ear)).locked
        assert await source(handle) == "keyring"
        assert leaks(marketer, KEY, NEXT) == []

        place = await handle.call(StartSecretsAnew(passphrase="a third passphrase"), ear)
        assert (place.kind, place.locked) == ("file", False)
        assert await source(handle) is None

    use(monkeypatch, {**without_bus(), VARIABLE: PASSPHRASE})
    with_engine(marketer.data_dir, work)
