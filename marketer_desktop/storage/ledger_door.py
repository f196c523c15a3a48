"""The door to the ledger of model calls: each of its statements is kept at once."""

from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncConnection

from marketer_desktop.storage.leaving import leave
from marketer_desktop.storage.repositories.noted_calls import NotedCalls


class LedgerDoor:
    """A connection without a session and without a transaction.

    A run comes here twice for each model call: a session takes half as long again as the rest.
    Failures have the names that they have in a unit of work.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def __aenter__(self) -> NotedCalls:
        await self._connection.start()
        try:
            # Not an option of an engine: SQLAlchemy loses a connection if the caller is cancelled
            # while such an engine hands it out.
            await self._connection.execution_options(isolation_level="AUTOCOMMIT")
        except BaseException as error:
            await self.__aexit__(type(error), error, error.__traceback__)
            raise
        return NotedCalls(self._connection)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await leave(self._connection, kind, error, trace)
