"""The database without an engine, for what may happen only while nobody works with it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from marketer_desktop.bootstrap.embedded_database import embedded
from marketer_desktop.services.archive_files import settle_restores
from marketer_desktop.services.call import Say, ServiceError
from marketer_desktop.services.choose_database import chosen_url
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.watchdog import Watchdog


@contextmanager
def database_alone(settings: Settings, say: Say) -> Iterator[str]:
    """Own the data folder and yield the database's address; blocks.

    Raises ServiceError while another process owns the folder.
    """
    lock = OwnerLock(settings.data_dir)
    if not lock.acquire():
        raise ServiceError(
            f"Another process ({lock.holder()}) works in {settings.data_dir}. Close the window "
            "of Marketer Desktop and end its other commands, then try again."
        )
    with ExitStack() as stack:
        stack.callback(lock.release)
        url = chosen_url(settings) or _started(settings, stack, say)
        settle_restores(settings.data_dir, url)
        yield url


def _started(settings: Settings, stack: ExitStack, say: Say) -> str:
    say("Starting the database")
    watchdog = Watchdog(settings.data_dir)
    watchdog.start()
    stack.callback(watchdog.close)
    postgres = embedded(settings)
    url = postgres.start()
    stack.callback(postgres.stop)
    pid = postgres.state().pid
    if pid is not None:
        watchdog.watch(pid, "SIGINT", "SIGQUIT")
        stack.callback(watchdog.forget, pid)
    return url
