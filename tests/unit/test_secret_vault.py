"""The encrypted file of secrets: what opens it, what damages it, and who writes it at once."""

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from marketer_desktop.system import secret_vault
from marketer_desktop.system.secret_vault import (
    DamagedVault,
    SecretVault,
    VaultLocked,
    WrongPassphrase,
)

PASSPHRASE = "correct horse battery"
SECRET = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few passes over little memory: how long it takes is the library's business."""
    monkeypatch.setattr(secret_vault._Making.__init__, "__defaults__", (1, 64, 1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets" / "kept.json"


@pytest.fixture
def vault(path: Path) -> SecretVault:
    made = SecretVault(path)
    made.create(PASSPHRASE)
    made.keep("openai", SECRET)
    return made


def is_locked(vault: SecretVault) -> bool:
    return not vault.is_open


def test_what_is_kept_is_read_again_with_the_passphrase(vault: SecretVault, path: Path) -> None:
    other = SecretVault(path)
    assert other.exists and is_locked(other)
    with pytest.raises(VaultLocked):
        other.secret("openai")
    with pytest.raises(WrongPassphrase):
        other.unlock("correct horse batterie")
    assert is_locked(other)
    other.unlock(PASSPHRASE)
    assert (
        not is_locked(other)
        and other.secret("openai") == SECRET
        and other.secret("mistral") is None
    )
    other.forget("openai")
    other.forget("openai")
    assert vault.secret("openai") is None


def test_nothing_of_it_is_readable(vault: SecretVault, path: Path) -> None:
    text = path.read_text()
    for word in (SECRET, PASSPHRASE, "openai"):
        assert word not in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {each.name for each in path.parent.iterdir()} <= {"kept.json", "kept.lock"}


def test_the_same_secret_is_sealed_differently_each_time(vault: SecretVault, path: Path) -> None:
    before = json.loads(path.read_text())
    vault.keep("openai", SECRET)
    after = json.loads(path.read_text())
    assert before["nonce"] != after["nonce"] and before["sealed"] != after["sealed"]


def test_letters_count_however_they_are_composed(path: Path) -> None:
    SecretVault(path).create("Grüße aus München")
    SecretVault(path).unlock("Gru\u0308ße aus Mu\u0308nchen")


def test_a_changed_passphrase_locks_those_who_know_the_old_one(
    vault: SecretVault, path: Path
) -> None:
    other = SecretVault(path)
    with pytest.raises(WrongPassphrase):
        other.change("wrong one", "a new passphrase")
    other.change(PASSPHRASE, "a new passphrase")
    assert other.secret("openai") == SECRET
    with pytest.raises(VaultLocked):
        vault.keep("mistral", "x")
    assert not vault.is_open
    with pytest.raises(WrongPassphrase):
        vault.unlock(PASSPHRASE)
    vault.unlock("a new passphrase")
    assert vault.secret("openai") == SECRET


def test_begun_anew_nothing_is_left(vault: SecretVault, path: Path) -> None:
    SecretVault(path).create("another passphrase")
    vault.unlock("another passphrase")
    assert vault.secret("openai") is None


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _flip(field: str) -> Callable[[str], str]:
    def flipped(text: str) -> str:
        told = json.loads(text)
        raw = bytearray(b64decode(told[field]))
        raw[0] ^= 1
        return json.dumps(told | {field: b64encode(bytes(raw)).decode()})

    return flipped


def _greedy(text: str) -> str:
    """Asks for a terabyte of memory, with a digest that fits."""
    sealed = secret_vault._sealed_of(text)
    making = secret_vault._Making(sealed.making.salt, memory_kib=1 << 30)
    return secret_vault._Sealed(making, sealed.nonce, sealed.hidden).text()


@pytest.mark.parametrize(
    "harm",
    [_cut, _flip("sealed"), _flip("nonce"), _greedy, lambda text: "", lambda text: "[]"],
    ids=["cut", "sealed", "nonce", "greedy", "empty", "another JSON"],
)
def test_a_damaged_file_is_told_from_a_wrong_passphrase(
    vault: SecretVault, path: Path, harm: Callable[[str], str]
) -> None:
    assert vault.problem() == ""
    path.write_text(harm(path.read_text()))
    with pytest.raises(DamagedVault):
        SecretVault(path).unlock(PASSPHRASE)
    with pytest.raises(DamagedVault):
        vault.secret("openai")
    assert not vault.is_open and "damaged" in vault.problem()


def test_who_changes_the_file_and_its_digest_is_found_out(vault: SecretVault, path: Path) -> None:
    sealed = secret_vault._sealed_of(path.read_text())
    forged = bytes([sealed.hidden[0] ^ 1]) + sealed.hidden[1:]
    path.write_text(secret_vault._Sealed(sealed.making, sealed.nonce, forged).text())
    with pytest.raises(WrongPassphrase):
        vault.secret("openai")


def test_a_file_that_cannot_be_written_stays_as_it_was(
    vault: SecretVault, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, text: str) -> None:
        raise OSError(30, "Read-only file system", str(path))

    before = path.read_bytes()
    monkeypatch.setattr(secret_vault, "write_private", refused)
    with pytest.raises(OSError, match="Read-only"):
        vault.keep("mistral", "x")
    with pytest.raises(OSError, match="Read-only"):
        vault.change(PASSPHRASE, "a new passphrase")
    assert path.read_bytes() == before
    assert vault.secret("openai") == SECRET and vault.secret("mistral") is None


def test_a_writer_that_dies_leaves_the_file_whole(
    vault: SecretVault, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(descriptor: int, mode: str) -> None:
        os.write(descriptor, b'{"format": 1, ')
        os.close(descriptor)
        raise Killed

    before = path.read_bytes()
    monkeypatch.setattr(os, "fdopen", dies)
    with pytest.raises(Killed):
        vault.keep("mistral", "x")
    monkeypatch.undo()
    assert path.read_bytes() == before


WRITER = """
import sys
from pathlib import Path
from marketer_desktop.system.secret_vault import SecretVault
made = SecretVault(Path(sys.argv[1]))
made.unlock(sys.argv[2])
for number in range(40):
    made.keep(f"{sys.argv[3]}{number}", "x")
"""


def test_two_processes_lose_nothing_of_each_other(path: Path) -> None:
    vault = SecretVault(path)
    vault.create(PASSPHRASE)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, PASSPHRASE, mark]) for mark in "ab"
    ]
    assert [each.wait(60) for each in writers] == [0, 0]
    missing = [f"{mark}{n}" for mark in "ab" for n in range(40) if not vault.secret(f"{mark}{n}")]
    assert missing == []
