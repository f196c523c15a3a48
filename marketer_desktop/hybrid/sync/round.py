"""One attempt to sync an account: what changed here goes up, what changed there comes down."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import httpx
from pydantic import ValidationError

from marketer_desktop.domain.sync import MOST_CHANGES, ChangePage
from marketer_desktop.domain.sync_schedule import Outcome
from marketer_desktop.hybrid.sync.answers import LOOPS, NOT_UNDERSTOOD, Busy, Refused, data_of
from marketer_desktop.hybrid.sync.server import Server
from marketer_desktop.hybrid.sync.uploads import Uploads
from marketer_desktop.services.apply_changes import (
    apply_page,
    begin_anew,
    cursor_of_account,
    note_round,
)
from marketer_desktop.services.mirror_change import OutOfOrder
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_problems import SignedOut, TokensLocked, Unreachable
from marketer_desktop.services.settle_push import Misanswered
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.mirror_rows import UnfitRow

CHANGES = "/api/sync/changes"


class Round:
    """Neither waits nor looks at a clock but for `now`, by which dates in answers are read."""

    def __init__(
        self,
        parts: Parts,
        server: Server,
        account_id: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._parts, self._server, self._account_id = parts, server, account_id
        self._now = now

    async def attempt(self) -> Outcome:
        """Sync as far as it goes; how it ended is noted with the account."""
        outcome = await self._outcome()
        with suppress(DatabaseOutage, DiskIsFull):
            await note_round(self._parts, self._account_id, outcome)
        return outcome

    async def _outcome(self) -> Outcome:
        try:
            await self._sync()
        except Unreachable as error:
            is_busy = error.retry_after is not None
            return Outcome("busy" if is_busy else "offline", str(error), error.retry_after)
        except Busy as error:
            return Outcome("busy", str(error), error.retry_after)
        except SignedOut as error:
            return Outcome("signed_out", str(error))
        except TokensLocked as error:
            return Outcome("locked", str(error))
        except ValidationError:
            return Outcome("refused", NOT_UNDERSTOOD)
        except (Refused, OutOfOrder, UnfitRow, Misanswered, DatabaseOutage, DiskIsFull) as error:
            return Outcome("refused", str(error))
        return Outcome("done")

    async def _sync(self) -> None:
        """What was sent before is settled first: only then what comes down can be understood."""
        uploads = Uploads(self._parts, self._server, self._account_id, self._now)
        await uploads.settle()
        await self._pull()
        while await uploads.go_on():
            await self._pull()

    async def _pull(self) -> None:
        expired = False
        while True:
            cursor = await cursor_of_account(self._parts, self._account_id)
            params = {"limit": MOST_CHANGES} | ({"cursor": cursor} if cursor else {})
            answer = await self._server.request(
                "GET", CHANGES, params=params, kind="sync_changes", what="Asked what has changed"
            )
            if _has_expired(answer) and not expired:
                expired = True
                await begin_anew(self._parts, self._account_id, is_other_history=True)
                continue
            page = ChangePage.model_validate(data_of(answer, self._now()))
            if page.has_more and page.cursor == cursor:
                raise Refused(LOOPS)
            if await apply_page(self._parts, self._account_id, cursor, page):
                return


def _has_expired(answer: httpx.Response) -> bool:
    if answer.status_code != 409:
        return False
    try:
        return "cursor_expired" in answer.json()["error"]["details"]["cursor"]
    except (ValueError, KeyError, TypeError):
        return False
