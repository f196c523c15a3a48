"""The engine: every part started in order, and stopped in the reverse order."""

import asyncio
import os
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Protocol

from marketer_desktop.bootstrap.database_keeper import DatabaseKeeper
from marketer_desktop.bootstrap.duty import DESKTOP, Duty
from marketer_desktop.bootstrap.embedded_database import embedded
from marketer_desktop.bootstrap.run_keeper import RunKeeper
from marketer_desktop.events.bus import EventBus
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.cloud_keys import CloudKeys
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.ollama_host import ollama_host
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.observability.logs import log, log_to
from marketer_desktop.services.agent_relay import AgentRelay
from marketer_desktop.services.archive_files import settle_restores
from marketer_desktop.services.back_up import back_up_before
from marketer_desktop.services.call import Say
from marketer_desktop.services.choose_database import chosen_url
from marketer_desktop.services.daily_backups import DailyBackups
from marketer_desktop.services.departures import DepartureLog
from marketer_desktop.services.folder_watch import FolderWatch
from marketer_desktop.services.keep_house import HOURLY, keep_house
from marketer_desktop.services.lending import Lent
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.pause_runs import GoOn, go_on
from marketer_desktop.services.plan_watch import PlanWatch
from marketer_desktop.services.publication_rounds import PublicationRounds
from marketer_desktop.services.recover_runs import recover_runs
from marketer_desktop.services.remove_deleted import remove_deleted
from marketer_desktop.services.request_quota import EVERY_MIDNIGHT, reset_requests
from marketer_desktop.services.run_relay import RunRelay
from marketer_desktop.services.servers import Connector
from marketer_desktop.services.syncing import Synced
from marketer_desktop.services.unfinished_documents import UnfinishedDocuments
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.backup import BackupError
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import MigrationError, upgrade
from marketer_desktop.system.loading import load
from marketer_desktop.system.passphrase import VARIABLE
from marketer_desktop.system.secrets import open_secrets_of
from marketer_desktop.system.threads import run_to_the_end
from marketer_desktop.system.watchdog import Watchdog


class Engine:
    """All parts of one data folder; its owner starts it, and must stop it."""

    def __init__(self, parts: Parts, stack: AsyncExitStack) -> None:
        self.parts = parts
        self._stack = stack

    async def stop(self) -> None:
        """Stop every part; runs under way stay as they are and can be resumed."""
        await self._stack.aclose()


async def start_engine(
    settings: Settings, say: Say, postgres: EmbeddedPostgres | None = None, duty: Duty = DESKTOP
) -> Engine:
    """Start the engine of `settings.data_dir` for its `duty`; `say` hears what it is doing.

    An embedded `postgres` may run already. If a part cannot start, those before it are stopped
    and the error goes on.
    """
    async with AsyncExitStack() as stack:
        folder = duty.folder or settings.data_dir
        handler = log_to(folder)
        stack.callback(handler.close)
        watchdog = Watchdog(folder)
        await asyncio.to_thread(watchdog.start)
        stack.push_async_callback(asyncio.to_thread, watchdog.close)
        postgres, url = await _database(settings, stack, say, postgres)
        say("Preparing the database")
        if duty.folder is None:  # a restore that was cut off; nobody else is at these files
            await run_to_the_end(settle_restores, settings.data_dir, url)
        await run_to_the_end(upgrade, url, partial(_back_up, settings, url, _in_this_thread(say)))
        database = Database(url, settings.pool_size)
        stack.push_async_callback(database.close)
        index = VectorIndex(settings.data_dir / "chroma", settings.chroma_url)
        stack.callback(index.close)
        starter = StarterServer(folder, watchdog.watch, watchdog.forget)
        stack.push_async_callback(starter.stop)
        queue = _queue(url, duty)
        parts = Parts(
            settings=settings,
            database=database,
            database_url=url,
            postgres=postgres,
            queue=queue,
            index=index,
            embeddings=MiniLmEmbeddings(),
            models=ModelFactory(
                starter,
                ollama_host(os.environ),
                CloudKeys(lambda: settings.keyring_providers, os.environ),
            ),
            bus=EventBus(),
        )
        _give_work(parts)
        stack.push_async_callback(parts.lender.close)
        stack.push_async_callback(parts.servers.close)
        stack.push_async_callback(parts.syncer.close)
        await queue.open()
        stack.push_async_callback(queue.stop)
        if postgres is not None:  # nobody else works on it
            await recover_runs(parts)
        queue.go_on()
        if postgres is not None:
            keeper = DatabaseKeeper(postgres, watchdog, partial(_take_up_runs, parts))
            await keeper.start()
            stack.push_async_callback(keeper.stop)
        for each in _in_the_background(parts, duty):
            await each.start()
            stack.push_async_callback(each.stop)
        return Engine(parts, stack.pop_all())


def _queue(url: str, duty: Duty) -> Queue:
    address = connection_parameters(url, "search_path=procrastinate")
    return Queue(address, Connection, duty.concurrency, hands_back=duty.serves)


class _Background(Protocol):
    """What works on by itself until it is stopped."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def _in_the_background(parts: Parts, duty: Duty) -> list[_Background]:
    """All that does, in the order of its start."""
    found: list[_Background] = [
        DepartureLog(parts),
        UnfinishedDocuments(parts),
        PublicationRounds(parts),
    ]
    if duty.serves:
        found = [RunKeeper(parts), RunRelay(parts), AgentRelay(parts), *found]
    if duty.folder is None:  # else they would be another host's
        found.append(FolderWatch(parts))
    if not duty.serves:  # a server has nobody to ask
        found += [PlanWatch(parts), DailyBackups(parts)]
    return found


def _give_work(parts: Parts) -> None:
    """Tell the parts what is done when they are asked, and what one of all workers does by time."""
    parts.queue.bind(partial(_run, parts))
    parts.lender.learn(partial(_lend, parts))
    parts.servers.learn(partial(_connect, parts))
    parts.syncer.learn(partial(_sync, parts))
    parts.queue.every(EVERY_MIDNIGHT, "reset_requests", partial(reset_requests, parts))
    parts.queue.every(EVERY_MIDNIGHT, "remove_deleted", partial(remove_deleted, parts))
    parts.queue.every(HOURLY, "keep_house", partial(keep_house, parts))


def _in_this_thread(say: Say) -> Say:
    """`say` for other threads."""
    loop = asyncio.get_running_loop()

    def pass_on(text: str) -> None:
        loop.call_soon_threadsafe(say, text)

    return pass_on


def _back_up(settings: Settings, url: str, say: Say, revision: str) -> Path:
    """Before the tables are changed; called in a thread."""
    say("Backing up the database")
    try:
        kept = back_up_before(url, settings.data_dir, revision)
    except BackupError as error:
        raise MigrationError(
            f"This version changes the tables, and keeps a backup before it does so. {error} "
            "If you have a backup of your own, run “marketer db upgrade --without-backup”."
        ) from error
    say("Preparing the database")
    return kept


async def _run(parts: Parts, activity_id: int) -> None:
    # Imported here: the graph and all that it needs take a second that no start has to wait for.
    run = await run_to_the_end(load, "marketer_desktop.services.run_activity")
    await run.run_activity(parts, activity_id)


async def _lend(parts: Parts, server: str, key: str) -> Lent:
    # Imported here: most people lend nothing.
    hybrid = await run_to_the_end(load, "marketer_desktop.hybrid.agent.lend")
    lent: Lent = await hybrid.lend(parts, server, key)
    return lent


async def _connect(parts: Parts) -> Connector:
    # Imported here: most people have no account anywhere.
    hybrid = await run_to_the_end(load, "marketer_desktop.hybrid.account.accounts")
    connector: Connector = await hybrid.connect(parts)
    return connector


async def _sync(parts: Parts) -> Synced:
    # Imported here: as above.
    hybrid = await run_to_the_end(load, "marketer_desktop.hybrid.sync.runner")
    synced: Synced = await hybrid.synced(parts)
    return synced


async def _take_up_runs(parts: Parts) -> None:
    """After a restart of the database: its end stopped the worker and cut off every run."""
    await parts.queue.pause()
    await recover_runs(parts)
    await go_on(GoOn(), parts, lambda event: None)


async def _database(
    settings: Settings, stack: AsyncExitStack, say: Say, postgres: EmbeddedPostgres | None
) -> tuple[EmbeddedPostgres | None, str]:
    """The database named in the settings, else the embedded one, started."""
    if not await run_to_the_end(open_secrets_of, settings.data_dir):
        log.warning("%s does not open the file of secrets: it stays locked", VARIABLE)
    elsewhere = chosen_url(settings)
    if elsewhere:
        return None, elsewhere
    say("Starting the database")
    postgres = postgres or embedded(settings)
    url = await asyncio.to_thread(postgres.start)
    stack.push_async_callback(asyncio.to_thread, postgres.stop)
    return postgres, url
