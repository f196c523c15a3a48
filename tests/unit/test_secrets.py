"""Where secrets go: the keyring, else the encrypted file; each says in its own way what fails."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoBackend
from keyring.errors import KeyringError

from marketer_desktop.system import secrets
from marketer_desktop.system.passphrase import VARIABLE, given_passphrase
from marketer_desktop.system.secret_vault import SecretVault
from marketer_desktop.system.secrets import (
    NoKeyring,
    can_keep,
    forget_secret,
    keep_secret,
    keep_secrets_in,
    open_secrets_of,
    secret,
    secrets_state,
)
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use

PASSPHRASE = "correct horse battery"
SECRET = "sk-very-secret"


class DenyingKeyring(MemoryKeyring):
    """Its owner presses No; it repeats what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError(f"denied: {password}")


@pytest.fixture(autouse=True)
def nowhere() -> Iterator[None]:
    yield
    keep_secrets_in(None)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    with keyring_in_use(NoBackend()):  # type: ignore[no-untyped-call]
        yield


def keep(value: str = SECRET) -> None:
    keep_secret("openai", value, what="the key", instead="set a variable")


def opened(folder: Path) -> SecretVault:
    keep_secrets_in(folder)
    vault = secrets.vault()
    assert vault is not None
    vault.create(PASSPHRASE)
    return vault


def test_without_keyring_and_passphrase_nothing_is_kept(tmp_path: Path, no_keyring: None) -> None:
    keep_secrets_in(tmp_path)
    with pytest.raises(NoKeyring, match=r"has no keyring.*cannot be kept safely\. Set a passph"):
        keep()
    assert secret("openai") is None and not can_keep()
    assert secrets_state().kind == "none"
    forget_secret("openai")
    assert list(tmp_path.iterdir()) == []


def test_without_a_keyring_the_file_keeps_it(tmp_path: Path, no_keyring: None) -> None:
    opened(tmp_path)
    keep()
    assert secret("openai") == SECRET and can_keep()
    state = secrets_state()
    assert (state.kind, state.problem, state.locked) == ("file", "", False)
    assert state.name == str(tmp_path / "secrets" / "kept.json")
    forget_secret("openai")
    forget_secret("openai")
    assert secret("openai") is None


def test_a_locked_file_says_how_to_unlock_it(tmp_path: Path, no_keyring: None) -> None:
    opened(tmp_path)
    keep()
    keep_secrets_in(None)
    keep_secrets_in(tmp_path)
    assert secret("openai") is None and secrets_state().locked and not can_keep()
    with pytest.raises(NoKeyring, match=r"are locked.*cannot be kept safely\. Unlock them with"):
        keep()
    with pytest.raises(NoKeyring, match=r"are locked.*could be removed\. Unlock them with"):
        forget_secret("openai")


def test_a_damaged_file_says_so(tmp_path: Path, no_keyring: None) -> None:
    vault = opened(tmp_path)
    vault.path.write_text("{")
    state = secrets_state()
    assert "is damaged" in state.problem and not state.locked
    with pytest.raises(NoKeyring, match="cannot be written"):
        keep()
    assert secret("openai") is None


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, no_keyring: None) -> None:
    vault = opened(tmp_path)
    vault.path.unlink()
    vault.path.mkdir()
    with pytest.raises(NoKeyring, match="Is a directory"):
        keep()
    assert "cannot be read" in secrets_state().problem


def test_where_there_is_a_keyring_the_file_is_only_read(tmp_path: Path) -> None:
    vault = opened(tmp_path)
    vault.keep("openai", "from the days without a keyring")
    memory = MemoryKeyring()
    with keyring_in_use(memory):
        assert secret("openai") == "from the days without a keyring"
        keep()
        assert secret("openai") == SECRET and secrets_state().kind == "keyring"
        assert list(memory.kept.values()) == [SECRET]
        forget_secret("openai")
        assert secret("openai") is None and memory.kept == {}
    assert vault.secret("openai") is None


def test_a_locked_keyring_and_one_that_refuses_are_told_apart(tmp_path: Path) -> None:
    keep_secrets_in(tmp_path)
    locked = MemoryKeyring()
    locked.locked = True
    with keyring_in_use(locked), pytest.raises(NoKeyring, match=r"is locked.*Unlock it"):
        keep()
    with keyring_in_use(DenyingKeyring()), pytest.raises(NoKeyring, match=r"has refused.*Allow it"):
        keep()
    with keyring_in_use(DenyingKeyring()), pytest.raises(NoKeyring) as told:
        keep()
    assert SECRET not in str(told.value) and told.value.__cause__ is None
    assert list(tmp_path.iterdir()) == []


def test_the_environment_opens_it_and_has_the_passphrase_no_more(
    tmp_path: Path, no_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path)
    keep()
    keep_secrets_in(None)
    monkeypatch.setattr("marketer_desktop.system.passphrase._taken", None)
    monkeypatch.setenv(VARIABLE, "wrong passphrase")
    assert not open_secrets_of(tmp_path) and secret("openai") is None
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert open_secrets_of(tmp_path) and secret("openai") == SECRET
    assert VARIABLE not in os.environ and given_passphrase() == PASSPHRASE
