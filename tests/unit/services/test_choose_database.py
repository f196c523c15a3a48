"""The choice of the database; its password goes into the keyring and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoBackend

from marketer_desktop.services.choose_database import EMBEDDED, chosen_url, use_database
from marketer_desktop.settings.settings import FILE_NAME, load_settings
from marketer_desktop.storage.addresses import BadDatabaseUrl
from marketer_desktop.system.secrets import NoKeyring
from tests.fakes.memory_keyring import MemoryKeyring

URL = "postgresql://writer:p%40ss%2Fword@db.example.org:5433/marketing?sslmode=require"
SHOWN = "postgresql://writer@db.example.org:5433/marketing?sslmode=require"


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv("MARKETER_DATABASE_URL", raising=False)
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_the_password_goes_into_the_keyring(tmp_path: Path, memory: MemoryKeyring) -> None:
    assert use_database(tmp_path, URL) == SHOWN
    assert list(memory.kept.values()) == ["p%40ss%2Fword"]
    assert "ss%2Fword" not in (tmp_path / FILE_NAME).read_text("utf-8")
    assert chosen_url(load_settings(tmp_path)) == URL


def test_without_a_keyring_nothing_is_kept(tmp_path: Path) -> None:
    keyring.set_keyring(NoBackend())  # type: ignore[no-untyped-call]
    with pytest.raises(NoKeyring, match="MARKETER_DATABASE_URL"):
        use_database(tmp_path, URL)
    assert not (tmp_path / FILE_NAME).exists()
    assert use_database(tmp_path, SHOWN) == SHOWN
    assert chosen_url(load_settings(tmp_path)) == SHOWN


def test_the_embedded_database_is_the_default_and_can_be_chosen_again(tmp_path: Path) -> None:
    assert chosen_url(load_settings(tmp_path)) is None
    use_database(tmp_path / "new", SHOWN)
    assert use_database(tmp_path / "new", EMBEDDED) == EMBEDDED
    assert chosen_url(load_settings(tmp_path / "new")) is None


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDatabaseUrl):
        use_database(tmp_path, "mysql://host/db")
    assert not (tmp_path / FILE_NAME).exists()


def test_the_environment_keeps_its_own_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_database(tmp_path, URL)
    other = URL.replace("p%40ss%2Fword", "other")
    monkeypatch.setenv("MARKETER_DATABASE_URL", other)
    assert chosen_url(load_settings(tmp_path)) == other
