"""Accounts of the person at this computer on servers; their tokens are in the keyring."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import ServerAccountRow

WHAT = "account"


@dataclass(frozen=True)
class NewAccount:
    """Who has signed in, where and how; `client_id` counts for an account that is not known yet."""

    server: str
    kind: str
    issuer: str | None
    email: str
    remote_user_id: int
    client_id: UUID
    user_id: int


class ServerAccounts:
    """The accounts that this desktop is or was joined to."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[ServerAccountRow]:
        """Every account, the oldest first."""
        found = await self._session.scalars(select(ServerAccountRow).order_by(ServerAccountRow.id))
        return found.all()

    async def signed_in(self) -> Sequence[ServerAccountRow]:
        """Those that are signed in, the oldest first."""
        return [row for row in await self.all() if row.state == "signed_in"]

    async def get(self, account_id: int) -> ServerAccountRow:
        """The account. Raises `MissingRow`."""
        row = await self._session.get(ServerAccountRow, account_id)
        if row is None:
            raise MissingRow(WHAT, account_id)
        return row

    async def known(self, server: str, email: str) -> ServerAccountRow | None:
        """The account of this address there, letter case aside."""
        found: ServerAccountRow | None = await self._session.scalar(
            select(ServerAccountRow).where(
                ServerAccountRow.server == server,
                func.lower(ServerAccountRow.email) == email.lower(),
            )
        )
        return found

    async def sign_in(self, account: NewAccount) -> ServerAccountRow:
        """The account, signed in from now on; a known one keeps its number and client."""
        told = {
            "kind": account.kind,
            "issuer": account.issuer,
            "email": account.email,
            "remote_user_id": account.remote_user_id,
            "state": "signed_in",
            "problem": "",
        }
        new = insert(ServerAccountRow).values(
            **told, server=account.server, client_id=account.client_id, user_id=account.user_id
        )
        row: ServerAccountRow | None = await self._session.scalar(
            new.on_conflict_do_update(
                index_elements=[ServerAccountRow.server, func.lower(ServerAccountRow.email)],
                set_=told,
            ).returning(ServerAccountRow),
            execution_options={"populate_existing": True},
        )
        assert row is not None
        return row

    async def sign_out(self, account_id: int, problem: str = "") -> ServerAccountRow:
        """The account, signed out, and why if nobody wished it. Raises `MissingRow`."""
        values = {"state": "signed_out", "problem": problem}
        return await change_row(self._session, ServerAccountRow, WHAT, account_id, values)

    async def note_use(self, account_id: int) -> ServerAccountRow:
        """Note that the server was reached just now. Raises `MissingRow`."""
        values = {"last_used_at": func.clock_timestamp()}
        return await change_row(self._session, ServerAccountRow, WHAT, account_id, values)

    async def remove(self, account_id: int) -> None:
        """Forget the account, and all that says it as its own."""
        await self._session.execute(
            delete(ServerAccountRow)
            .where(ServerAccountRow.id == account_id)
            .execution_options(synchronize_session=False)
        )
