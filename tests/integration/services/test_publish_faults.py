"""Short form of `make proof-publish`: cut at any moment, each piece is there exactly once."""

from collections.abc import Iterator

import pytest

from benchmarks.publishing.proof import published
from marketer_desktop.services.parts import Parts
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use

PIECES, CONTROLS = 12, 6


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    with keyring_in_use(MemoryKeyring()):
        yield


async def test_each_piece_is_there_once_whatever_is_cut(parts: Parts) -> None:
    outcomes = await published(parts, PIECES, seed=1)
    assert [each.complaints for each in outcomes] == [[], [], []]
    assert all(each.cuts.total() for each in outcomes)


async def test_without_a_look_before_creating_pieces_are_doubled(parts: Parts) -> None:
    outcomes = await published(parts, CONTROLS, seed=1, is_control=True)
    assert all(each.complaints for each in outcomes)
