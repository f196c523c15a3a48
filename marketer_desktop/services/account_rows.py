"""What is known of accounts on servers, for those who work in their name."""

from dataclasses import dataclass
from uuid import UUID

from marketer_desktop.services.parts import Parts


@dataclass(frozen=True)
class KnownAccount:
    """An account; `problem` is why it is signed out."""

    id: int
    server: str
    email: str
    client_id: UUID
    is_signed_in: bool
    problem: str


async def known_account(parts: Parts, account_id: int) -> KnownAccount:
    """The account as it is now. Raises `MissingRow`."""
    async with parts.database.unit_of_work() as work:
        row = await work.server_accounts.get(account_id)
    return KnownAccount(
        id=row.id,
        server=row.server,
        email=row.email,
        client_id=row.client_id,
        is_signed_in=row.state == "signed_in",
        problem=row.problem,
    )


async def note_use(parts: Parts, account_id: int) -> None:
    """Note that its server was reached just now."""
    async with parts.database.unit_of_work() as work:
        await work.server_accounts.note_use(account_id)
        await work.commit()


async def note_signed_out(parts: Parts, account_id: int, problem: str) -> None:
    """Note that it was signed out by its server, and what its person is told."""
    async with parts.database.unit_of_work() as work:
        await work.server_accounts.sign_out(account_id, problem)
        await work.commit()
    parts.bus.changed("accounts")
