"""The unit of work: the only door to a transaction, with the repositories that share it."""

from collections.abc import Callable, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.leaving import leave
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

Repository = TypeVar("Repository")


def _of_all(kind: Callable[[AsyncSession], Repository]) -> "cached_property[Repository]":
    return cached_property(lambda work: kind(work.session))


def _of_member(
    kind: Callable[[AsyncSession, Member | None], Repository],
) -> "cached_property[Repository]":
    return cached_property(lambda work: kind(work.session, work.acting))


class UnitOfWork:
    """One transaction: what is not committed when it is left is rolled back.

    Leaving it raises `DatabaseOutage` if the database went away in it, `DiskIsFull` if there was
    no room. Rows stay readable after the commit and after the end. `options` are those of its
    connection, by SQLAlchemy's names. Its repositories are made when they are asked for.
    """

    accounts = _of_all(Accounts)
    sessions = _of_all(Sessions)
    sign_in_codes = _of_all(SignInCodes)
    agent_keys = _of_all(AgentKeys)
    agent_connections = _of_all(AgentConnections)
    agent_requests = _of_all(AgentRequests)
    deleted_organizations = _of_all(DeletedOrganizations)
    paces = _of_all(Paces)
    documents = _of_member(Documents)
    passages = _of_all(Passages)
    fact_vectors = _of_all(FactVectors)
    library = _of_member(Library)
    watched_folders = _of_all(WatchedFolders)
    activities = _of_member(Activities)
    revisions = _of_all(Revisions)
    assets = _of_all(Assets)
    executions = _of_all(Executions)
    steps = _of_all(Steps)
    run_events = _of_all(RunEvents)
    announcements = _of_all(Announcements)
    runs = _of_member(Runs)
    usage = _of_member(Usage)
    quotas = _of_all(Quotas)
    audit = _of_all(Audit)
    organizations = _of_all(Organizations)
    projects = _of_member(Projects)
    campaigns = _of_member(Campaigns)
    batches = _of_all(Batches)
    site_pages = _of_all(SitePages)
    brand_summaries = _of_all(BrandSummaries)
    publishing_targets = _of_member(PublishingTargets)
    publications = _of_member(Publications)
    feed = _of_member(ActivityFeed)
    people = _of_all(People)
    members = _of_all(Members)
    notifications = _of_all(Notifications)
    installation = _of_all(Installation)
    idempotency = _of_all(Idempotency)
    subscriptions = _of_all(Subscriptions)
    invoices = _of_all(Invoices)
    plan_contacts = _of_all(PlanContacts)
    server_accounts = _of_all(ServerAccounts)
    departures = _of_all(Departures)
    sync_epochs = _of_all(SyncEpochs)
    sync_streams = _of_all(SyncStreams)
    sync_rows = _of_all(SyncRows)
    sync_clients = _of_all(SyncClients)
    sync_states = _of_all(SyncStates)
    sync_bases = _of_all(SyncBases)
    sync_conflicts = _of_all(SyncConflicts)
    outbox = _of_all(Outbox)
    mirror_rows = _of_all(MirrorRows)

    def __init__(
        self,
        session: AsyncSession,
        acting: Member | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.session, self.acting, self._options = session, acting, options

    @cached_property
    def workspaces(self) -> Workspaces:
        """What members of organizations may see."""
        return Workspaces(self.session, self.acting, visible_to(self.acting))

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
        await leave(self.session, kind, error, trace)

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
