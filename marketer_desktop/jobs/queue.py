"""The queue: runs are deferred inside the caller's transaction; each process has one worker."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.jobs import Status

from marketer_desktop.observability.logs import log

TASK = "run_activity"
CONCURRENCY = 4  # runs at once in one desktop; each has up to five calls in flight
POOL = 4
OUTAGE_SECONDS = 5.0  # that a caller waits for a database that is gone
# After an outage the pool would wait as long again before it tries anew.
RECONNECT_SECONDS = 2.0
POLL_SECONDS = 1.0  # the library listens a moment after its start: what came before is looked up


class Queue:
    """The queue of an engine. `connection_parameters` must select the queue's schema.

    `connection_class` makes the connections: its `connect` must bear being cancelled, since a
    worker may be stopped while it connects. `concurrency` is how many jobs it runs at once.
    """

    def __init__(
        self,
        connection_parameters: dict[str, Any],
        connection_class: type[Any],
        concurrency: int = CONCURRENCY,
    ) -> None:
        connector = PsycopgConnector(
            kwargs=connection_parameters,
            connection_class=connection_class,
            min_size=1,
            max_size=POOL,
            timeout=OUTAGE_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
        )
        self._app = App(connector=connector)
        self._concurrency = concurrency
        self._worker: asyncio.Task[None] | None = None
        self._under_way: dict[int, asyncio.Task[Any]] = {}

    def bind(self, run: Callable[[int], Awaitable[None]]) -> None:
        """Say what a job does: it runs the activity with the given number."""

        async def run_activity(context: JobContext, activity_id: int) -> None:
            job, task = context.job.id, asyncio.current_task()
            assert job is not None and task is not None
            self._under_way[job] = task
            try:
                await run(activity_id)
            finally:
                self._under_way.pop(job, None)

        self._app.task(name=TASK, pass_context=True)(run_activity)

    @property
    def version(self) -> str:
        """The library behind the queue."""
        return f"procrastinate {version('procrastinate')}"

    async def open(self) -> None:
        """Open the connections; nothing is worked on yet."""
        await self._app.open_async()

    async def start(self) -> None:
        """Open the connections and start working in the background."""
        await self.open()
        self.go_on()

    @property
    def is_paused(self) -> bool:
        """Whether jobs wait because somebody asked for it."""
        return self._worker is None

    def go_on(self) -> None:
        """Work in the background; no error if it does so already."""
        if self._worker is not None:
            return
        self._worker = asyncio.create_task(
            self._app.run_worker_async(
                concurrency=self._concurrency,
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=POLL_SECONDS,
                abort_job_polling_interval=POLL_SECONDS,
                shutdown_graceful_timeout=0,
            )
        )

    async def stop(self) -> None:
        """Stop the worker, which cancels jobs under way, and close the connections."""
        await self.pause()
        await self._app.close_async()

    async def pause(self) -> None:
        """Cancel the jobs under way and begin no others; waiting ones keep waiting."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.cancel()
            (ending,) = await asyncio.gather(worker, return_exceptions=True)
            if isinstance(ending, Exception):  # it had lost its database
                log.warning("the worker had ended", exc_info=ending)

    async def defer(self, connection: Any, activity_id: int) -> int:
        """Add a job inside the transaction of a psycopg `connection`; return its number."""
        cursor = await connection.execute("SELECT current_setting('search_path') AS path")
        path = (await cursor.fetchone())[0]
        await connection.execute("SET LOCAL search_path TO procrastinate, public")
        deferrer = self._app.configure_task(TASK, connection=connection)
        job: int = await deferrer.defer_async(activity_id=activity_id)
        await connection.execute("SELECT set_config('search_path', %s, true)", (path,))
        return job

    async def cancel(self, job: int) -> bool:
        """Cancel a waiting job or abort a running one; False if it is neither.

        One of this process hears of it at once, and only once: what it does on being cancelled
        must not be cancelled in turn.
        """
        task = self._under_way.pop(job, None)
        if task is not None:
            return task.cancel()
        return await self._app.job_manager.cancel_job_by_id_async(job, abort=True)

    async def abandon(self, job: int) -> None:
        """Close the books on a job whose process died."""
        found = await self._app.job_manager.list_jobs_async(id=job, status=Status.DOING.value)
        if list(found):  # a job that ended well is deleted
            await self._app.job_manager.finish_job_by_id_async(
                job, Status.ABORTED, delete_job=False
            )

    async def orphans(self) -> list[int]:
        """The numbers of the jobs that were under way when their workers died.

        To be asked only while no worker is alive: every one counts as dead.
        """
        jobs = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=0)
        return [job.id for job in jobs if job.id is not None]

    async def waiting(self) -> list[int]:
        """The numbers of the jobs that wait, next one first."""
        jobs = await self._app.job_manager.list_jobs_async(status=Status.TODO.value)
        return sorted(job.id for job in jobs if job.id is not None)

    async def pending(self) -> int:
        """How many jobs wait."""
        return len(await self.waiting())
