"""The calls about the place of secrets: what they refuse, and whom they tell."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from keyring.backends.fail import Keyring as NoBackend

from marketer_desktop.events.bus import EventBus
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.kept_secrets import (
    SecretsPlace,
    SetPassphrase,
    ShowSecrets,
    StartSecretsAnew,
    UnlockSecrets,
    set_passphrase,
    show_secrets,
    start_secrets_anew,
    unlock_secrets,
)
from marketer_desktop.services.lend_model import KEY
from marketer_desktop.services.lending import Lender, Lending, Lent
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.secrets import keep_secret, keep_secrets_in, secret
from tests.factories.small_disk import NEEDS_ROOT, small_disk
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use

PASSPHRASE, NEXT = "words that open it", "other words for it"


class Connection:
    """One that only says that it is there."""

    def __init__(self) -> None:
        self.lending = Lending(state="connected")

    async def pause(self) -> None: ...

    async def go_on(self) -> None: ...

    async def close(self) -> None: ...


@dataclass
class Few:
    """The parts that these calls use."""

    data_dir: Path
    settings: Settings
    bus: EventBus = field(default_factory=EventBus)
    lender: Lender = field(default_factory=Lender)


@pytest.fixture
def parts(tmp_path: Path, log_problems: object) -> Iterator[Parts]:
    with keyring_in_use(NoBackend()):  # type: ignore[no-untyped-call]
        yield cast("Parts", Few(tmp_path, Settings(data_dir=tmp_path)))
    keep_secrets_in(None)


@pytest.fixture
async def changes(parts: Parts) -> "AsyncIterator[asyncio.Queue[Any]]":
    """What the bus tells."""
    async with parts.bus.watch() as queue:
        yield queue


def subjects(changes: "asyncio.Queue[Any]") -> list[str]:
    """What has changed since the last look."""
    return [changes.get_nowait().subject for _ in range(changes.qsize())]


def nothing(event: object) -> None:
    pass


async def begin(parts: Parts) -> SecretsPlace:
    return await set_passphrase(SetPassphrase(new=PASSPHRASE), parts, nothing)


async def shown(parts: Parts) -> SecretsPlace:
    return await show_secrets(ShowSecrets(), parts, nothing)


async def test_a_passphrase_is_set_changed_and_asked_for(
    parts: Parts, changes: "asyncio.Queue[Any]"
) -> None:
    assert (await shown(parts)).kind == "none"
    with pytest.raises(WrongUse, match="No passphrase is set"):
        await unlock_secrets(UnlockSecrets(passphrase=PASSPHRASE), parts, nothing)
    with pytest.raises(WrongUse, match="at least 8"):
        await set_passphrase(SetPassphrase(new="short  "), parts, nothing)
    assert subjects(changes) == []
    assert (await begin(parts)).kind == "file"
    assert subjects(changes) == ["secrets", "models"]
    with pytest.raises(WrongUse, match="set already"):
        await begin(parts)
    with pytest.raises(WrongUse, match="not the passphrase"):
        await set_passphrase(SetPassphrase(old="a wrong one", new=NEXT), parts, nothing)
    keep_secret("openai", "sk", what="the key", instead="")
    await set_passphrase(SetPassphrase(old=PASSPHRASE, new=NEXT), parts, nothing)
    keep_secrets_in(None)  # as the next start
    keep_secrets_in(parts.data_dir)
    assert (await shown(parts)).locked and secret("openai") is None
    place = await unlock_secrets(UnlockSecrets(passphrase=NEXT), parts, nothing)
    assert not place.locked and secret("openai") == "sk"


async def test_a_forgotten_passphrase_begins_anew_and_leaves_the_rest_alone(parts: Parts) -> None:
    with pytest.raises(WrongUse, match="No passphrase is set"):
        await start_secrets_anew(StartSecretsAnew(passphrase=NEXT), parts, nothing)
    await begin(parts)
    keep_secret("openai", "sk", what="the key", instead="")
    beside = parts.data_dir / "documents" / "mine.txt"
    beside.parent.mkdir()
    beside.write_text("content")
    keep_secrets_in(None)
    place = await start_secrets_anew(StartSecretsAnew(passphrase=NEXT), parts, nothing)
    assert (place.kind, place.locked, secret("openai")) == ("file", False, None)
    assert beside.read_text() == "content"


async def test_a_damaged_file_says_what_is_lost_and_what_is_not(parts: Parts) -> None:
    Path((await begin(parts)).name).write_text("{}")
    assert "damaged" in (await shown(parts)).problem
    with pytest.raises(ServiceError, match=r"damaged.*Your content is not touched\. Start anew"):
        await unlock_secrets(UnlockSecrets(passphrase=PASSPHRASE), parts, nothing)
    place = await start_secrets_anew(StartSecretsAnew(passphrase=NEXT), parts, nothing)
    assert place.problem == ""


async def test_where_there_is_a_keyring_no_passphrase_is_needed(parts: Parts) -> None:
    with keyring_in_use(MemoryKeyring()), pytest.raises(WrongUse, match="need no passphrase"):
        await begin(parts)


@NEEDS_ROOT
async def test_on_a_disk_that_is_read_only_what_is_kept_can_be_read(parts: Parts) -> None:
    with small_disk(1) as disk:
        there = cast("Parts", Few(disk.folder, Settings(data_dir=disk.folder)))
        await begin(there)
        keep_secret("openai", "sk", what="the key", instead="")
        disk.set_read_only()
        with pytest.raises(ServiceError, match=r"Read-only file system\. Nothing was changed"):
            await set_passphrase(SetPassphrase(old=PASSPHRASE, new=NEXT), there, nothing)
        keep_secrets_in(None)
        place = await unlock_secrets(UnlockSecrets(passphrase=PASSPHRASE), there, nothing)
        assert not place.locked and secret("openai") == "sk"


async def test_what_waited_for_a_key_begins(parts: Parts) -> None:
    asked: list[tuple[str, str]] = []

    async def lend(server: str, key: str) -> Lent:
        asked.append((server, key))
        return Connection()

    parts.lender.learn(lend)
    await begin(parts)
    parts.settings.lend_to = "https://team.example.com"
    keep_secret(KEY, "agnt_x", what="the key", instead="")
    keep_secrets_in(None)
    await unlock_secrets(UnlockSecrets(passphrase=PASSPHRASE), parts, nothing)
    await unlock_secrets(UnlockSecrets(passphrase=PASSPHRASE), parts, nothing)
    assert asked == [("https://team.example.com", "agnt_x")]
