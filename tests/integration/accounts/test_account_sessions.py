"""An account stays signed in without anybody noticing, until it is signed out, here or there."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from marketer_desktop.hybrid.account.accounts import accounts_of
from marketer_desktop.hybrid.sync.round import Round
from marketer_desktop.services.account_tokens import CannotKeep
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.departures import ShowDepartures
from marketer_desktop.services.organizations import CreateOrganization, ListOrganizations
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_accounts import SignedOutAccount, SignOutAccount
from marketer_desktop.services.server_problems import SignedOut, TokensLocked, Unreachable
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.system import tokens
from tests.factories.engines import Ear
from tests.factories.joined import Desk
from tests.factories.serving import Teammate
from tests.fakes.memory_keyring import MemoryKeyring

REFRESH, LOGOUT, ME = "/api/token/refresh", "/api/logout", "/api/me"
AT_ONCE = 8


@pytest.fixture
def short_lived(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Access tokens have expired when they are given out, until it is undone."""
    monkeypatch.setattr(tokens, "ACCESS_LIFE", timedelta(seconds=-60))
    return monkeypatch


async def sign_out(desk: Desk, account_id: int, *, remove_mirror: bool = False) -> SignedOutAccount:
    call = SignOutAccount(account_id=account_id, remove_mirror=remove_mirror)
    return await carry_out(call, desk.parts, Ear())


async def end_at_the_server(parts: Parts, owner: Teammate) -> None:
    async with parts.database.unit_of_work() as work:
        await work.sessions.close_all(owner.user_id)
        await work.commit()


async def test_an_expired_token_is_not_noticed_and_renewed_once_for_all(
    desk: Desk, owner: Teammate, kept: MemoryKeyring, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    before = dict(kept.kept)
    short_lived.undo()
    desk.way.refusals = asyncio.Barrier(AT_ONCE)
    answers = await asyncio.gather(*(desk.me(account) for _ in range(AT_ONCE)))
    assert [each.status_code for each in answers] == [200] * AT_ONCE
    assert desk.way.asked.count((ME, 401)) == AT_ONCE
    assert desk.way.times(REFRESH) == 1
    assert kept.kept.keys() == before.keys()
    assert kept.kept != before
    await desk.start_again()
    assert (await desk.me(account)).status_code == 200
    assert desk.way.times(REFRESH) == 2


async def test_who_gives_up_takes_the_renewal_from_nobody(
    desk: Desk, owner: Teammate, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    short_lived.undo()
    desk.way.refusals = asyncio.Barrier(2)
    impatient, patient = (asyncio.create_task(desk.me(account)) for _ in range(2))
    begun = []

    def give_up(request: httpx.Request) -> None:
        if request.url.path == REFRESH:
            begun.append(request)
            impatient.cancel()

    desk.way.instead = give_up
    ends = await asyncio.gather(impatient, patient, return_exceptions=True)
    assert isinstance(ends[0], asyncio.CancelledError)
    assert isinstance(ends[1], httpx.Response)
    assert ends[1].status_code == 200
    assert len(begun) == 1


async def test_a_renewal_whose_answer_is_lost_signs_nobody_out(
    desk: Desk, owner: Teammate, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    short_lived.undo()
    desk.way.lost = [REFRESH, REFRESH]
    for _ in range(2):
        with pytest.raises(Unreachable, match=r"The connection to localhost broke.*is safe"):
            await desk.me(account)
    await desk.start_again()
    assert (await desk.me(account)).status_code == 200
    assert (await desk.accounts())[0].state == "signed_in"


async def test_a_session_that_the_server_ended_is_told_with_what_to_do(
    desk: Desk, parts: Parts, owner: Teammate, kept: MemoryKeyring
) -> None:
    account = await desk.connect(owner.email)
    await end_at_the_server(parts, owner)
    async with desk.parts.bus.watch() as changes:
        with pytest.raises(SignedOut, match=r"ended the session.*is kept.*Sign in again"):
            await desk.me(account)
        assert changes.get_nowait().subject == "accounts"  # type: ignore[union-attr]
    asked = len(desk.way.asked)
    with pytest.raises(SignedOut, match="Sign in again"):
        await desk.me(account)
    await desk.start_again()
    with pytest.raises(SignedOut, match="ended the session"):
        await desk.me(account)
    assert len(desk.way.asked) == asked
    (shown,) = await desk.accounts()
    assert shown.state == "signed_out"
    assert shown.problem.startswith("localhost has ended the session of")
    assert kept.kept == {}
    again = await desk.connect(owner.email)
    assert (again.id, again.problem) == (account.id, "")
    assert (await desk.me(again)).status_code == 200


async def test_only_the_server_itself_can_end_a_session(
    desk: Desk, owner: Teammate, short_lived: pytest.MonkeyPatch
) -> None:
    """A network that wants to be logged in to answers what it likes, as do proxies."""
    account = await desk.connect(owner.email)
    short_lived.undo()
    for status, kind in ((401, "is no Marketer server"), (503, "is busy"), (200, "no Marketer")):
        answer = httpx.Response(status, text="<h1>Log in to the network</h1>")
        desk.way.answer_instead(answer, REFRESH)
        with pytest.raises(Unreachable, match=kind):
            await desk.me(account)
    desk.way.instead = lambda request: None
    assert (await desk.me(account)).status_code == 200


async def test_a_server_that_takes_not_even_its_newest_token_is_left_alone(
    desk: Desk, owner: Teammate, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    with pytest.raises(Unreachable, match="does not take what it has just given out"):
        await desk.me(account)
    assert desk.way.times(REFRESH) == 1
    short_lived.undo()
    assert (await desk.me(account)).status_code == 200


async def test_a_server_that_is_down(desk: Desk, owner: Teammate) -> None:
    account = await desk.connect(owner.email)
    desk.parts.departures.take()

    def refuse(request: httpx.Request) -> None:
        raise httpx.ConnectTimeout("nobody", request=request)

    desk.way.instead = refuse
    with pytest.raises(Unreachable, match=r"localhost does not answer\. What is on this computer"):
        await desk.me(account)
    assert desk.parts.departures.take() == []
    assert (await desk.accounts())[0].state == "signed_in"
    left = await sign_out(desk, account.id)
    assert not left.told
    assert left.account.state == "signed_out"


async def test_signing_out_ends_the_session_there_and_forgets_it_here(
    desk: Desk, owner: Teammate, kept: MemoryKeyring, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    other = await desk.connect(owner.email)
    short_lived.undo()
    left = await sign_out(desk, account.id)
    assert left.told
    assert (left.account.state, left.account.problem) == ("signed_out", "")
    assert kept.kept == {}
    with pytest.raises(SignedOut, match="is signed out of localhost"):
        await desk.me(other)
    # What was good until then is worth nothing there, either.
    assert desk.way.asked[-1] == (LOGOUT, 200)
    again = await sign_out(desk, account.id)
    assert again.told
    with pytest.raises(MissingRow):
        await sign_out(desk, 4711)


async def test_a_locked_keyring_delays_and_signs_nobody_out(
    desk: Desk, owner: Teammate, kept: MemoryKeyring
) -> None:
    account = await desk.connect(owner.email)
    await desk.start_again()
    kept.locked = True
    with pytest.raises(TokensLocked, match="Unlock it"):
        await desk.me(account)
    with pytest.raises(CannotKeep, match="locked"):
        await sign_out(desk, account.id)
    assert (await desk.accounts())[0].state == "signed_in"
    kept.locked = False
    assert (await desk.me(account)).status_code == 200


async def test_a_keyring_that_takes_nothing_new_signs_nobody_out(
    desk: Desk, owner: Teammate, kept: MemoryKeyring, short_lived: pytest.MonkeyPatch
) -> None:
    account = await desk.connect(owner.email)
    kept.locked = True
    for _ in range(2):
        with pytest.raises(Unreachable):  # each takes a new token, which has expired
            await desk.me(account)
    short_lived.undo()
    assert (await desk.me(account)).status_code == 200
    assert desk.way.times(REFRESH) == 3
    kept.locked = False
    await desk.start_again()
    assert (await desk.me(account)).status_code == 200


async def test_a_secret_that_somebody_removed_is_a_sign_out(
    desk: Desk, owner: Teammate, kept: MemoryKeyring
) -> None:
    account = await desk.connect(owner.email)
    await desk.start_again()
    kept.kept.clear()
    with pytest.raises(SignedOut, match=r"no longer among the secrets.*Sign in again"):
        await desk.me(account)
    assert (await desk.accounts())[0].state == "signed_out"


async def test_requests_for_services(desk: Desk, owner: Teammate) -> None:
    account = await desk.connect(owner.email)
    connector = await desk.parts.servers.connector()
    assert connector is await accounts_of(desk.parts)
    status, body = await connector.ask(
        account.id, "GET", "/api/projects/4711", kind="invite", what="A project"
    )
    assert (status, body["error"]["code"]) == (404, "NOT_FOUND")
    desk.way.answer_instead(httpx.Response(502, text="Bad gateway"))
    with pytest.raises(Unreachable):
        await connector.ask(account.id, "GET", "/api/me", kind="invite", what="Who I am")


async def test_what_a_server_has_brought_stays_or_goes_and_what_is_local_stays(
    desk: Desk, owner: Teammate
) -> None:
    own = await carry_out(CreateOrganization(name="Only here"), desk.parts, Ear())

    async def names() -> set[str]:
        found = await carry_out(ListOrganizations(), desk.parts, Ear())
        return {each.name for each in found.organizations}

    for removed in (False, True):
        account = await desk.connect(owner.email)
        outcome = await Round(desk.parts, await desk.session(account), account.id).attempt()
        assert outcome.kind == "done"
        assert {"My Company", own.name} <= (brought := await names())
        noted = (await carry_out(ShowDepartures(), desk.parts, Ear())).departures
        assert (account.id, owner.email) in {(each.account_id, each.account) for each in noted}
        await sign_out(desk, account.id, remove_mirror=removed)
        assert await names() == (brought - {"My Company"} if removed else brought)
        assert len(await desk.accounts()) == (0 if removed else 1)
    assert own.name in await names()
    left = (await carry_out(ShowDepartures(), desk.parts, Ear())).departures
    assert {each.account_id for each in left} == {None}
    assert "Sign-out" in {each.what for each in left}
