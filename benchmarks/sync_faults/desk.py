"""A desktop: its database stays, its process may be killed and started again at any moment."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from benchmarks.sync_faults.trap import Killed
from benchmarks.sync_faults.way import Site, Way
from marketer_desktop.domain.sync_schedule import Outcome, Schedule
from marketer_desktop.events.bus import EventBus
from marketer_desktop.hybrid.account.accounts import Accounts, accounts_of
from marketer_desktop.hybrid.sync.round import Round
from marketer_desktop.services.account_tokens import AccountTokens
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.servers import Granted, Servers
from marketer_desktop.services.sessions import open_session
from marketer_desktop.storage.repositories.server_accounts import NewAccount
from marketer_desktop.storage.repositories.workspaces import Member
from tests.factories.serving import Teammate

SERVER = "https://team.example.com"


@dataclass
class Desk:
    """Of somebody with an account on the server; `wrong` is what its clock is off."""

    parts: Parts
    site: Site
    way: Way
    person: Teammate
    client_id: UUID = field(default_factory=uuid4)
    account_id: int = 0
    wrong: timedelta = timedelta()
    schedule: Schedule = field(init=False)

    def start(self) -> None:
        """As a process that has just begun: what was only in memory is gone."""
        self.parts = replace(self.parts, servers=Servers(), bus=EventBus())
        self.parts.servers.learn(self._connect)
        self.schedule = Schedule(self.site.clock.now, self.site.rng.random)

    async def _connect(self) -> Accounts:
        return Accounts(self.parts, self.way)

    async def sign_in(self) -> None:
        """Join the account, or join it again."""
        server = self.site.parts
        async with server.database.unit_of_work() as work:
            tokens = await open_session(work, server, self.person.user_id, remember=True)
            await work.commit()
        async with self.parts.database.unit_of_work() as work:
            member = await work.workspaces.member()
            row = await work.server_accounts.sign_in(
                NewAccount(
                    SERVER,
                    "password",
                    None,
                    self.person.email,
                    self.person.user_id,
                    self.client_id,
                    member.user_id,
                )
            )
            await work.commit()
        self.account_id, self.client_id = row.id, row.client_id
        await AccountTokens(self.client_id).keep(tokens.refresh_token)
        granted = Granted(
            SERVER,
            "password",
            None,
            self.person.user_id,
            self.person.email,
            tokens.token,
            tokens.refresh_token,
        )
        await (await accounts_of(self.parts)).begin(self.account_id, granted)

    async def round(self) -> Outcome:
        """One, as the program makes it: whatever goes wrong is an outcome, but for its end."""
        self.schedule.began()
        try:
            session = await (await accounts_of(self.parts)).session(self.account_id)
            outcome = await Round(self.parts, session, self.account_id, self._clock).attempt()
        except Killed:
            outcome = Outcome("offline", "killed")
            await self.parts.servers.close()
            self.start()
        except Exception as error:
            outcome = Outcome("refused", repr(error))
        self.way.trap.clear()
        self.schedule.ended(self.site.clock.now, outcome)
        return outcome

    def _clock(self) -> datetime:
        return self.site.clock.date(self.wrong)

    async def member(self) -> Member | None:
        """Its person in the organization that is mirrored; None before it is."""
        async with self.parts.database.unit_of_work() as work:
            for row in await work.sync_states.organizations(self.account_id):
                account = await work.server_accounts.get(self.account_id)
                role = await work.organizations.role(account.user_id, row.id)
                if role is not None:
                    return Member(account.user_id, row.id, role)
        return None
