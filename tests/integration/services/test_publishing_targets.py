"""Sites and folders of a project: added, tested, removed; what opens them stays secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoBackend

from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publishing_targets import (
    CheckTarget,
    ListTargets,
    RemoveTarget,
    TargetCheck,
    check_target,
    list_targets,
    remove_target,
)
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import OrganizationRow, UserRow
from tests.factories.engines import Ear
from tests.factories.publishing import add_site
from tests.fakes.ghost_server import GhostServer
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.wordpress_server import WordPressServer

PASSWORD = "abcd efgh ijkl mnop"


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with keyring_in_use(backend):
        yield backend


@pytest.fixture
def wordpress() -> Iterator[WordPressServer]:
    with WordPressServer() as site:
        yield site


async def checked(parts: Parts, target_id: int) -> TargetCheck:
    return await check_target(CheckTarget(target_id=target_id), parts, Ear())


async def member_of_a_server(parts: Parts) -> Parts:
    async with parts.database.unit_of_work() as work:
        user = UserRow(email="ada@example.com")
        organization = OrganizationRow(
            name="Ada", slug="ada", plan="pro", max_users=9, max_projects=9
        )
        work.session.add_all([user, organization])
        await work.session.flush()
        await work.commit()
    return parts.acting_as(Member(user.id, organization.id))


async def test_a_site_is_listed_without_its_secret(parts: Parts, memory: MemoryKeyring) -> None:
    added = await add_site(
        parts, "wordpress", "https://blog.example.com/", account="ada", secret=PASSWORD
    )
    listed = await list_targets(ListTargets(), parts, Ear())
    assert listed.targets == [added]
    assert (added.address, added.title) == ("https://blog.example.com", "WordPress")
    assert PASSWORD not in listed.model_dump_json()
    assert [*memory.kept.values()] == [PASSWORD]


async def test_the_same_site_again_gets_the_new_secret(parts: Parts, memory: MemoryKeyring) -> None:
    first = await add_site(
        parts, "wordpress", "https://blog.example.com", account="ada", secret=PASSWORD
    )
    second = await add_site(
        parts, "wordpress", "https://blog.example.com", account="ada", secret="another"
    )
    assert first == second
    assert [*memory.kept.values()] == ["another"]


@pytest.mark.parametrize(
    ("kind", "address", "more", "said"),
    [
        ("wordpress", "http://blog.example.com", {"account": "a", "secret": "s"}, "in the clear"),
        ("wordpress", "https://blog.example.com", {"secret": "s"}, "give both"),
        ("ghost", "https://blog.example.com", {"secret": "no-colon"}, "not an Admin API key"),
        ("webhook", "no address", {"secret": "s"}, "is not the address"),
        ("webhook", "https://hooks.example.com", {}, "signed with a secret"),
        ("folder", "/no/such/folder", {}, "There is no folder"),
    ],
)
async def test_what_cannot_be_a_target_is_refused(
    parts: Parts, kind: str, address: str, more: dict[str, str], said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        await add_site(parts, kind, address, **more)


async def test_a_name_is_given_once(parts: Parts) -> None:
    await add_site(parts, "webhook", "https://one.example.com/hook?token=1", secret="s")
    with pytest.raises(Conflict, match="already a target “Webhook”"):
        await add_site(parts, "webhook", "https://two.example.com/hook", secret="s", name="Webhook")


async def test_without_a_keyring_the_way_out_is_said(parts: Parts) -> None:
    with keyring_in_use(NoBackend()), pytest.raises(ServiceError, match="Set a passphrase"):  # type: ignore[no-untyped-call]
        await add_site(parts, "webhook", "https://one.example.com/hook", secret="s")
    assert (await list_targets(ListTargets(), parts, Ear())).targets == []


async def test_a_removed_target_forgets_its_secret(parts: Parts, memory: MemoryKeyring) -> None:
    added = await add_site(parts, "webhook", "https://one.example.com/hook", secret="s")
    left = await remove_target(RemoveTarget(target_id=added.id), parts, Ear())
    assert left.targets == []
    assert memory.kept == {}
    with pytest.raises(NotFound):
        await checked(parts, added.id)


async def test_a_wordpress_that_takes_posts(parts: Parts, wordpress: WordPressServer) -> None:
    added = await add_site(
        parts, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    assert await checked(parts, added.id) == TargetCheck(ok=True, site="Harbour Coffee")


async def test_plain_permalinks_are_found_too(parts: Parts, wordpress: WordPressServer) -> None:
    wordpress.facts.is_pretty = False
    added = await add_site(
        parts, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    assert (await checked(parts, added.id)).ok


async def test_a_contributor_may_save_drafts_only(parts: Parts, wordpress: WordPressServer) -> None:
    user = wordpress.users["contributor"]
    added = await add_site(
        parts, "wordpress", wordpress.address, account=user.name, secret=user.password
    )
    told = await checked(parts, added.id)
    assert told.ok
    assert "not publish" in told.notes[0]


@pytest.mark.parametrize(
    ("ill", "cause", "said"),
    [
        ("no site", "address", "No WordPress answers"),
        ("stripped", "password", "strips the Authorization header"),
        ("wrong password", "password", "refused the application password: it is wrong, or"),
        ("said to be wrong", "password", "refused the application password. Make"),
        ("switched off", "password", "takes no application passwords"),
        ("subscriber", "permission", "may not write posts"),
    ],
)
async def test_what_is_in_the_way_of_a_wordpress_is_named(
    parts: Parts, wordpress: WordPressServer, ill: str, cause: str, said: str
) -> None:
    user = wordpress.users["subscriber" if ill == "subscriber" else "admin"]
    secret = "wrong" if "wrong" in ill else user.password
    wordpress.is_wordpress = ill != "no site"
    wordpress.strips_authorization = ill == "stripped"
    wordpress.offers_passwords = ill != "switched off"
    wordpress.names_wrong_passwords = ill == "said to be wrong"
    added = await add_site(parts, "wordpress", wordpress.address, account=user.name, secret=secret)
    told = await checked(parts, added.id)
    assert (told.ok, told.cause) == (False, cause)
    assert said in told.problem


async def test_nobody_there_is_named(parts: Parts) -> None:
    added = await add_site(
        parts, "wordpress", "http://127.0.0.1:9", account="admin", secret=PASSWORD
    )
    told = await checked(parts, added.id)
    assert told.cause == "connection"
    assert told.problem == "127.0.0.1 cannot be reached. Check the address and the connection."


async def test_a_ghost_that_takes_posts(parts: Parts) -> None:
    with GhostServer() as ghost:
        added = await add_site(parts, "ghost", ghost.address, secret=ghost.key)
        assert await checked(parts, added.id) == TargetCheck(ok=True, site="Harbour Coffee")


async def test_a_wrong_key_of_a_ghost_is_named(parts: Parts) -> None:
    with GhostServer() as ghost:
        added = await add_site(parts, "ghost", ghost.address, secret=f"{'0' * 24}:{'0' * 64}")
        told = await checked(parts, added.id)
        ghost.is_ghost = False
        other = await checked(parts, added.id)
    assert told.cause == "password"
    assert "refused the Admin API key" in told.problem
    assert other.cause == "address"


async def test_a_folder_that_cannot_be_written_is_named(parts: Parts, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    added = await add_site(parts, "folder", str(folder))
    assert await checked(parts, added.id) == TargetCheck(ok=True, site=str(folder))
    folder.rmdir()
    assert (await checked(parts, added.id)).cause == "address"


async def test_members_of_a_server_reach_no_private_network(
    parts: Parts, wordpress: WordPressServer, memory: MemoryKeyring
) -> None:
    theirs = await member_of_a_server(parts)
    added = await add_site(
        theirs, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    told = await checked(theirs, added.id)
    assert told.cause == "address"
    assert "private network" in told.problem
    assert wordpress.requests == []
    assert memory.kept == {}  # sealed in the database


async def test_members_of_a_server_write_into_none_of_its_folders(
    parts: Parts, tmp_path: Path
) -> None:
    with pytest.raises(WrongUse, match="Folders of a server"):
        await add_site(await member_of_a_server(parts), "folder", str(tmp_path))
