"""Connections that are cut at random moments: each piece is public once."""

from collections.abc import Iterator

import pytest

from marketer_desktop.services import send_publication
from marketer_desktop.services.parts import Parts
from tests.factories.cut_publishing import publish_while_cut
from tests.fakes.ghost_server import GhostServer
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.wordpress_server import WordPressServer

PIECES = 8


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(send_publication, "pause_after", lambda attempts: 0.01)
    with keyring_in_use(MemoryKeyring()):
        yield


@pytest.mark.parametrize("kind", [WordPressServer, GhostServer])
async def test_each_piece_is_there_once(
    parts: Parts, kind: type[WordPressServer | GhostServer]
) -> None:
    with kind() as site:
        outcome = await publish_while_cut(parts, site, PIECES, seed=7)
    assert outcome.cuts > 0
    assert dict(outcome.public) == {f"piece-{number}": 1 for number in range(1, PIECES + 1)}
