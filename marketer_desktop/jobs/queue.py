"""The queue: runs are deferred inside the caller's transaction; each process has one worker."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, NamedTuple

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import Status
from procrastinate.utils import utcnow
from procrastinate.worker import Worker

from marketer_desktop.observability.logs import log

TASK = "run_activity"
CONCURRENCY = 4  # runs at once in one desktop; each has up to five calls in flight
POOL = 4
OUTAGE_SECONDS = 5.0  # that a caller waits for a database that is gone
# After an outage the pool would wait as long again before it tries anew.
RECONNECT_SECONDS = 2.0
POLL_SECONDS = 1.0  # the library listens a moment after its start: what came before is looked up
# A worker that was silent so long is dead, unless it still holds its run.
DEAD_SECONDS = 10.0
BEATS = 5  # in that time
DEFAULT = "default"  # the name of our queue


class Load(NamedTuple):
    """How many jobs of a queue wait, and how many are under way."""

    pending: int
    processing: int


class StalledJob(NamedTuple):
    """A job under way at a worker that is silent, and the activity it runs."""

    job: int
    activity_id: int


class _HandBack(BaseRetryStrategy):
    """Whether a job that is cut off waits for the next worker."""

    def __init__(self) -> None:
        self.now = False

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:
        """Once this worker hands back, every job is tried again."""
        cut_off = isinstance(exception, asyncio.CancelledError)
        return RetryDecision() if self.now and cut_off else None


class Queue:
    """The queue of an engine. `connection_parameters` must select the queue's schema.

    `connection_class` makes the connections: its `connect` must bear being cancelled, since a
    worker may be stopped while it connects. `concurrency` is how many jobs it runs at once; with
    0 others do them. A queue that `hands_back` leaves what is under way to others when it stops.
    """

    def __init__(
        self,
        connection_parameters: dict[str, Any],
        connection_class: type[Any],
        concurrency: int = CONCURRENCY,
        *,
        hands_back: bool = False,
        dead_seconds: float = DEAD_SECONDS,
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
        self._hands_back, self._dead_seconds = hands_back, dead_seconds
        self._hand_back = _HandBack()
        self._worker: Worker | None = None
        self._working: asyncio.Task[None] | None = None
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

        self._app.task(name=TASK, pass_context=True, retry=self._hand_back)(run_activity)

    def every(self, cron: str, name: str, run: Callable[[], Awaitable[object]]) -> None:
        """Have `run` done at the times of `cron`, in UTC, by one of all workers.

        To be said before the worker begins.
        """

        async def run_it(timestamp: int) -> None:
            await run()

        task = self._app.task(name=name, queueing_lock=name)(run_it)
        self._app.periodic(cron=cron)(task)

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
    def connections(self) -> int:
        """How many it may open: its pool, and one for each run."""
        return POOL + self._concurrency

    @property
    def is_paused(self) -> bool:
        """Whether jobs wait because somebody asked for it."""
        return self._working is None and self._concurrency > 0

    @property
    def has_broken_down(self) -> bool:
        """Whether the worker has ended by itself, as without a database it does."""
        return self._working is not None and self._working.done()

    def go_on(self) -> None:
        """Work in the background; no error if it does so already."""
        if self._working is not None or self._concurrency == 0:
            return
        self._worker = Worker(
            self._app,
            concurrency=self._concurrency,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=POLL_SECONDS,
            abort_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=0,
            update_heartbeat_interval=self._dead_seconds / BEATS,
            stalled_worker_timeout=self._dead_seconds,
        )
        self._working = asyncio.create_task(self._worker.run())  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Stop the worker, which cancels jobs under way, and close the connections."""
        self._hand_back.now = self._hands_back
        await self.pause()
        await self._app.close_async()

    async def pause(self) -> None:
        """Cancel the jobs under way and begin no others; waiting ones keep waiting."""
        worker, self._worker = self._worker, None
        working, self._working = self._working, None
        if worker is not None and working is not None:
            await asyncio.sleep(0)  # until it begins it would forget that it is to stop
            # Being cancelled is lost on one that waits for a connection just then.
            worker.stop()  # type: ignore[no-untyped-call]
            (ending,) = await asyncio.gather(working, return_exceptions=True)
            if isinstance(ending, Exception):  # it had lost its database
                log.warning("the worker had ended", exc_info=ending)

    async def defer(self, connection: Any, activity_id: int) -> int:
        """Add a job inside the transaction of a psycopg `connection`; return its number.

        The queue's schema must be among those that the connection looks into.
        """
        deferrer = self._app.configure_task(TASK, connection=connection)
        job: int = await deferrer.defer_async(activity_id=activity_id)
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

    async def stalled(self) -> list[StalledJob]:
        """The jobs under way at workers that are silent while others live."""
        jobs = await self._app.job_manager.get_stalled_jobs(
            task_name=TASK, seconds_since_heartbeat=self._dead_seconds
        )
        found = ((job.id, job.task_kwargs.get("activity_id")) for job in jobs)
        return [
            StalledJob(job, activity)
            for job, activity in found
            if job is not None and isinstance(activity, int)
        ]

    async def take_back(self, job: int) -> None:
        """Have a job wait again whose worker has died."""
        await self._app.job_manager.retry_job_by_id_async(job, utcnow())

    async def counts(self) -> dict[str, Load]:
        """The load of each queue by its name."""
        queues = await self._app.job_manager.list_queues_async()
        return {DEFAULT: Load(0, 0)} | {q["name"]: Load(q["todo"], q["doing"]) for q in queues}

    async def works(self) -> bool:
        """Whether the queue can be reached, and the worker of this process, if any, is well."""
        reached: bool = await self._app.job_manager.check_connection_async()
        return reached and not self.has_broken_down

    async def unfinished(self) -> set[int]:
        """The numbers of the jobs that wait or are under way."""
        under_way = await self._app.job_manager.list_jobs_async(status=Status.DOING.value)
        return {job.id for job in under_way if job.id is not None} | set(await self.waiting())

    async def waiting(self) -> list[int]:
        """The numbers of the jobs that wait, next one first."""
        todo = Status.TODO.value
        jobs = await self._app.job_manager.list_jobs_async(task=TASK, status=todo)
        return sorted(job.id for job in jobs if job.id is not None)

    async def pending(self) -> int:
        """How many jobs wait."""
        return len(await self.waiting())
