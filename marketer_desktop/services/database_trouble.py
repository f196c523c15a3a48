"""Says what ails the database when a service failed because of it."""

from collections.abc import Iterator

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk, lacks_room
from marketer_desktop.storage.outage import DatabaseOutage, is_outage


class DatabaseDown(DatabaseOutage):
    """The embedded database has ended and does not start again; the text has its reason."""

    def __init__(self, problem: str) -> None:
        RuntimeError.__init__(
            self,
            "The database has stopped and does not start again. What was saved is safe; it is "
            f"tried again all the time.\n{problem}",
        )


def database_trouble(error: Exception, parts: Parts) -> Exception | None:
    """What a person needs to know of `error` if the database or its disk caused it, else None."""
    if is_full_disk(error):
        return DiskIsFull()
    if not any(is_outage(each) for each in _with_causes(error)):
        return None
    problem = parts.postgres.problem if parts.postgres is not None else None
    full = parts.postgres is not None and lacks_room(parts.data_dir)
    if full or is_full_disk(RuntimeError(problem or "")):
        return DiskIsFull()
    return DatabaseDown(problem) if problem else DatabaseOutage()


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
