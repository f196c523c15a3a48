"""Accounts on servers: shown, joined with a password or through the browser, and signed out."""

from datetime import datetime
from typing import Literal, cast
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import BaseModel, Field

from marketer_desktop.events.change import Subject
from marketer_desktop.services.account_tokens import AccountTokens, refuse_without_a_place
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.leave_mirror import remove_mirror
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.servers import Granted, ServerWays, Way
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.repositories.server_accounts import NewAccount
from marketer_desktop.storage.tables import ServerAccountRow

LONGEST_ADDRESS = 500
MIRRORED: tuple[Subject, ...] = (
    "sync",
    "organizations",
    "projects",
    "activities",
    "notifications",
)


class ServerAccount(BaseModel):
    """An account on a server; `problem` is why it is signed out, if nobody wished it."""

    id: int
    server: str
    host: str
    email: str
    kind: Way
    issuer: str | None
    state: Literal["signed_in", "signed_out"]
    problem: str
    last_used_at: datetime | None


class ServerAccountList(BaseModel):
    """The oldest first."""

    accounts: list[ServerAccount]


class SignedOutAccount(BaseModel):
    """An account that is signed out here; `told` is whether its server has heard of it."""

    account: ServerAccount
    told: bool


class ShowAccounts(Call[ServerAccountList]):
    """All of them, also those that are signed out."""


class AskServer(Call[ServerWays]):
    """How one can sign in to the server at an address, and whether it is one."""

    server: str = Field(min_length=1, max_length=LONGEST_ADDRESS)


class ConnectAccount(Call[ServerAccount]):
    """Join an account with its e-mail address and password, which is not kept."""

    server: str = Field(min_length=1, max_length=LONGEST_ADDRESS)
    email: str = Field(min_length=1, max_length=255)
    password: str = Field(min_length=1, max_length=1024, repr=False)


class ConnectByBrowser(Call[ServerAccount]):
    """Join the account of whoever signs in on the page that is emitted as `browser`, a `url`.

    It is given up by cancelling the call, else after ten minutes.
    """

    server: str = Field(min_length=1, max_length=LONGEST_ADDRESS)


class SignOutAccount(Call[SignedOutAccount]):
    """Forget the tokens of an account, and tell its server.

    What it has brought here stays, unless the copies are to be removed: then also what was
    changed in them and not sent, and the account is no longer shown. What never synced stays in
    any case.
    """

    account_id: RowNumber
    remove_mirror: bool = False


async def show_accounts(call: ShowAccounts, parts: Parts, emit: Emit) -> ServerAccountList:
    """No server is asked."""
    async with parts.database.unit_of_work() as work:
        rows = await work.server_accounts.all()
    return ServerAccountList(accounts=list(map(_account, rows)))


async def ask_server(call: AskServer, parts: Parts, emit: Emit) -> ServerWays:
    """Raises `WrongUse` for an address that makes no sense, `Unreachable`."""
    connector = await parts.servers.connector()
    try:
        return await connector.ways(call.server)
    except ValueError as error:
        raise WrongUse(str(error)) from error


async def connect_account(call: ConnectAccount, parts: Parts, emit: Emit) -> ServerAccount:
    """Raises `WrongUse`, `CannotKeep`, `SignInRefused`, `Unreachable`."""
    await refuse_without_a_place()
    connector = await parts.servers.connector()
    try:
        granted = await connector.with_password(call.server, call.email, call.password)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    return await _join(parts, granted)


async def connect_by_browser(call: ConnectByBrowser, parts: Parts, emit: Emit) -> ServerAccount:
    """Raises `WrongUse`, `CannotKeep`, `SignInRefused`, `Unreachable`."""
    await refuse_without_a_place()
    connector = await parts.servers.connector()

    def show(url: str) -> None:
        emit({"kind": "browser", "url": url})

    try:
        granted = await connector.with_browser(call.server, show)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    return await _join(parts, granted)


async def sign_out_account(call: SignOutAccount, parts: Parts, emit: Emit) -> SignedOutAccount:
    """Raises `CannotKeep` while the tokens cannot be removed, `MissingRow`."""
    connector = await parts.servers.connector()
    told = await connector.end(call.account_id)
    async with parts.database.unit_of_work() as work:
        row = await work.server_accounts.sign_out(call.account_id)
        if call.remove_mirror:
            await remove_mirror(work, call.account_id)
            await work.server_accounts.remove(call.account_id)
        await work.audit.record(row.user_id, None, "account.sign_out", "account", row.id)
        await work.commit()
    parts.bus.changed("accounts", *(MIRRORED if call.remove_mirror else ()))
    return SignedOutAccount(account=_account(row), told=told)


async def _join(parts: Parts, granted: Granted) -> ServerAccount:
    """Whoever has signed in, as an account of this desktop: a new one, or the same as before."""
    async with parts.servers.joining:
        row = await _kept(parts, granted)
    connector = await parts.servers.connector()
    await connector.begin(row.id, granted)
    parts.bus.changed("accounts")
    return _account(row)


async def _kept(parts: Parts, granted: Granted) -> ServerAccountRow:
    async with parts.database.unit_of_work() as work:
        person = await work.workspaces.member()
        known = await work.server_accounts.known(granted.server, granted.email)
        await work.commit()
    client_id = known.client_id if known is not None else uuid4()
    await AccountTokens(client_id).keep(granted.refresh_token)
    async with parts.database.unit_of_work() as work:
        row = await work.server_accounts.sign_in(
            NewAccount(
                server=granted.server,
                kind=granted.kind,
                issuer=granted.issuer,
                email=granted.email,
                remote_user_id=granted.user_id,
                client_id=client_id,
                user_id=person.user_id,
            )
        )
        row = await work.server_accounts.note_use(row.id)
        told = {"server": granted.server, "kind": granted.kind}
        await work.audit.record(row.user_id, None, "account.join", "account", row.id, told)
        await work.commit()
    return row


def _account(row: ServerAccountRow) -> ServerAccount:
    return ServerAccount(
        id=row.id,
        server=row.server,
        host=urlsplit(row.server).hostname or "",
        email=row.email,
        kind=cast(Way, row.kind),
        issuer=row.issuer,
        state="signed_in" if row.state == "signed_in" else "signed_out",
        problem=row.problem,
        last_used_at=row.last_used_at,
    )
