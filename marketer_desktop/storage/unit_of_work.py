"""The unit of work: the only door to a transaction, with the repositories that share it."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, cast

from psycopg import AsyncConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.outage import DatabaseOutage, is_outage
from marketer_desktop.storage.repositories.accounts import Accounts
from marketer_desktop.storage.repositories.activities import Activities
from marketer_desktop.storage.repositories.activity_feed import ActivityFeed
from marketer_desktop.storage.repositories.agent_connections import AgentConnections
from marketer_desktop.storage.repositories.agent_keys import AgentKeys
from marketer_desktop.storage.repositories.agent_requests import AgentRequests
from marketer_desktop.storage.repositories.announcements import Announcements
from marketer_desktop.storage.repositories.assets import Assets
from marketer_desktop.storage.repositories.audit import Audit
from marketer_desktop.storage.repositories.batches import Batches
from marketer_desktop.storage.repositories.brand_summaries import BrandSummaries
from marketer_desktop.storage.repositories.campaigns import Campaigns
from marketer_desktop.storage.repositories.deleted_organizations import DeletedOrganizations
from marketer_desktop.storage.repositories.departures import Departures
from marketer_desktop.storage.repositories.documents import Documents
from marketer_desktop.storage.repositories.executions import Executions
from marketer_desktop.storage.repositories.fact_vectors import FactVectors
from marketer_desktop.storage.repositories.idempotency import Idempotency
from marketer_desktop.storage.repositories.installation import Installation
from marketer_desktop.storage.repositories.invoices import Invoices
from marketer_desktop.storage.repositories.joint import Change, make
from marketer_desktop.storage.repositories.library import Library
from marketer_desktop.storage.repositories.members import Members
from marketer_desktop.storage.repositories.mirror_rows import MirrorRows
from marketer_desktop.storage.repositories.notifications import Notifications
from marketer_desktop.storage.repositories.organizations import Organizations
from marketer_desktop.storage.repositories.outbox import Outbox
from marketer_desktop.storage.repositories.paces import Paces
from marketer_desktop.storage.repositories.passages import Passages
from marketer_desktop.storage.repositories.people import People
from marketer_desktop.storage.repositories.plan_contacts import PlanContacts
from marketer_desktop.storage.repositories.projects import Projects
from marketer_desktop.storage.repositories.publications import Publications
from marketer_desktop.storage.repositories.publishing_targets import PublishingTargets
from marketer_desktop.storage.repositories.quotas import Quotas
from marketer_desktop.storage.repositories.revisions import Revisions
from marketer_desktop.storage.repositories.run_events import RunEvents
from marketer_desktop.storage.repositories.runs import Runs
from marketer_desktop.storage.repositories.server_accounts import ServerAccounts
from marketer_desktop.storage.repositories.sessions import Sessions
from marketer_desktop.storage.repositories.sign_in_codes import SignInCodes
from marketer_desktop.storage.repositories.site_pages import SitePages
from marketer_desktop.storage.repositories.steps import Steps
from marketer_desktop.storage.repositories.subscriptions import Subscriptions
from marketer_desktop.storage.repositories.sync_bases import SyncBases
from marketer_desktop.storage.repositories.sync_clients import SyncClients
from marketer_desktop.storage.repositories.sync_conflicts import SyncConflicts
from marketer_desktop.storage.repositories.sync_epochs import SyncEpochs
from marketer_desktop.storage.repositories.sync_rows import SyncRows
from marketer_desktop.storage.repositories.sync_states import SyncStates
from marketer_desktop.storage.repositories.sync_streams import SyncStreams
from marketer_desktop.storage.repositories.usage import Usage
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.watched_folders import WatchedFolders
from marketer_desktop.storage.repositories.workspaces import Member, Workspaces


class UnitOfWork:
    """One transaction: what is not committed when it is left is rolled back.

    Leaving it raises `DatabaseOutage` if the database went away in it, `DiskIsFull` if there was
    no room. Rows stay readable after the commit and after the end. `options` are those of its
    connection, by SQLAlchemy's names.
    """

    def __init__(
        self,
        session: AsyncSession,
        acting: Member | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.session, self._options = session, options
        self.workspaces = Workspaces(session, acting, visible_to(acting))
        self.accounts = Accounts(session)
        self.sessions = Sessions(session)
        self.sign_in_codes = SignInCodes(session)
        self.agent_keys = AgentKeys(session)
        self.agent_connections = AgentConnections(session)
        self.agent_requests = AgentRequests(session)
        self.deleted_organizations = DeletedOrganizations(session)
        self.paces = Paces(session)
        self.documents = Documents(session, acting)
        self.passages = Passages(session)
        self.fact_vectors = FactVectors(session)
        self.library = Library(session, acting)
        self.watched_folders = WatchedFolders(session)
        self.activities = Activities(session, acting)
        self.revisions = Revisions(session)
        self.assets = Assets(session)
        self.executions = Executions(session)
        self.steps = Steps(session)
        self.run_events = RunEvents(session)
        self.announcements = Announcements(session)
        self.runs = Runs(session, acting)
        self.usage = Usage(session, acting)
        self.quotas = Quotas(session)
        self.audit = Audit(session)
        self.organizations = Organizations(session)
        self.projects = Projects(session, acting)
        self.campaigns = Campaigns(session, acting)
        self.batches = Batches(session)
        self.site_pages = SitePages(session)
        self.brand_summaries = BrandSummaries(session)
        self.publishing_targets = PublishingTargets(session, acting)
        self.publications = Publications(session, acting)
        self.feed = ActivityFeed(session, acting)
        self.people = People(session)
        self.members = Members(session)
        self.notifications = Notifications(session)
        self.installation = Installation(session)
        self.idempotency = Idempotency(session)
        self.subscriptions = Subscriptions(session)
        self.invoices = Invoices(session)
        self.plan_contacts = PlanContacts(session)
        self.server_accounts = ServerAccounts(session)
        self.departures = Departures(session)
        self.sync_epochs = SyncEpochs(session)
        self.sync_streams = SyncStreams(session)
        self.sync_rows = SyncRows(session)
        self.sync_clients = SyncClients(session)
        self.sync_states = SyncStates(session)
        self.sync_bases = SyncBases(session)
        self.sync_conflicts = SyncConflicts(session)
        self.outbox = Outbox(session)
        self.mirror_rows = MirrorRows(session)

    async def __aenter__(self) -> Self:
        if self._options:
            try:
                await self.session.connection(execution_options=self._options)
            except BaseException as error:
                await self.__aexit__(type(error), error, error.__traceback__)
                raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self.session.__aexit__(kind, error, trace)
        except SQLAlchemyError:
            # Who is cancelled more than once may find the connection closed under the query.
            if not isinstance(error, asyncio.CancelledError):
                raise
        if is_full_disk(error):
            raise DiskIsFull from error
        if is_outage(error):
            raise DatabaseOutage from error

    async def commit(self) -> None:
        """Make everything done so far durable; work may go on in a new transaction."""
        await self.session.commit()

    async def rollback(self) -> None:
        """Undo everything since the last commit."""
        await self.session.rollback()

    async def together(self, first: Change, *others: Change) -> bool:
        """Make these changes in one statement; whether the `first` changed any row."""
        return await make(self.session, first, *others)

    async def driver_connection(self) -> AsyncConnection[Any]:
        """Psycopg's own connection of this transaction, for libraries that write within it."""
        connection = await self.session.connection()
        pooled = await connection.get_raw_connection()
        return cast("AsyncConnection[Any]", pooled.driver_connection)
