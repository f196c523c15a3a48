"""The choice of a database from the window: tried first, used from the next start on."""

import pytest

from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.choose_database import (
    ChooseDatabase,
    ShowDatabaseChoice,
    TryDatabase,
    choose_database,
    show_database_choice,
    try_database,
)
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear

URL = "postgresql://writer@db.example.org:5433/marketing"


async def test_a_database_that_answers_tells_its_version(
    parts: Parts, postgres_url: str, ear: Ear
) -> None:
    answer = await try_database(TryDatabase(url=postgres_url), parts, ear)
    assert answer.version.startswith("PostgreSQL 1")


async def test_one_that_does_not_answer_says_why(parts: Parts, ear: Ear) -> None:
    with pytest.raises(ServiceError, match=r"No connection: .*refused.*Check the address"):
        await try_database(TryDatabase(url="postgresql://me:secret@127.0.0.1:9/x"), parts, ear)
    with pytest.raises(WrongUse, match="must begin with postgresql://"):
        await try_database(TryDatabase(url="mysql://127.0.0.1/x"), parts, ear)


async def test_a_choice_counts_from_the_next_start(parts: Parts, ear: Ear) -> None:
    chosen = await choose_database(ChooseDatabase(url=URL), parts, ear)
    assert chosen.next_start == URL
    assert (await show_database_choice(ShowDatabaseChoice(), parts, ear)) == chosen
    back = await choose_database(ChooseDatabase(url="embedded"), parts, ear)
    assert back.next_start == "embedded"
    with pytest.raises(WrongUse):
        await choose_database(ChooseDatabase(url="nonsense"), parts, ear)
