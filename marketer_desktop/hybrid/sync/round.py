"""One attempt to sync an account: what changed here goes up, what changed there comes down."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

import httpx
from pydantic import ValidationError

from marketer_desktop.domain.retry_after import seconds_asked
from marketer_desktop.domain.sync import MOST_CHANGES, ChangePage, Pushed
from marketer_desktop.domain.sync_schedule import Outcome
from marketer_desktop.services.apply_changes import (
    apply_page,
    begin_anew,
    cursor_of_account,
    note_round,
)
from marketer_desktop.services.mirror_change import OutOfOrder
from marketer_desktop.services.outgoing import MOST_AT_ONCE, Push, next_push, unanswered_push
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_problems import SignedOut, TokensLocked, Unreachable
from marketer_desktop.services.settle_push import (
    Misanswered,
    refuse_push,
    settle_push,
    unfreeze_push,
)
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.mirror_rows import UnfitRow

CHANGES, PUSH = "/api/sync/changes", "/api/sync/push"
BUSY = (429, 500, 502, 503, 504)
UNREADABLE = (400, 413, 422)  # the push as a whole: something in it
IN_VAIN = 3  # pushes after which nothing was settled

NOT_UNDERSTOOD = (
    "The server's answer cannot be read: something on the way has changed it, or this version is "
    "too old for it. What you changed is kept and sent later."
)
IS_BUSY = "The server is busy. What you changed is kept and sent later."
LOOPS = "The server answers the same again and again. What you changed is kept and sent later."
SAID = "The server refuses to sync (HTTP {status}): {said}"


class Server(Protocol):
    """The session of an account, as `hybrid.account` keeps it."""

    @property
    def client_id(self) -> UUID:
        """What the server calls this desktop."""

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        kind: Any,
        what: str,
    ) -> httpx.Response:
        """Any answer but 401. Raises `Unreachable`, `SignedOut`, `TokensLocked`."""


class Refused(Exception):
    """The server does not let this desktop sync, or does not make sense."""


class Busy(Exception):
    """The server asks for patience: `retry_after` seconds, if it says how long."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__(IS_BUSY)
        self.retry_after = retry_after


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
        push = await unanswered_push(self._parts, self._account_id)
        if push is not None:
            await self._push(push)
        in_vain = 0
        await self._pull()
        while push := await next_push(
            self._parts, self._account_id, 1 if in_vain else MOST_AT_ONCE
        ):
            in_vain = 0 if await self._push(push) else in_vain + 1
            if in_vain >= IN_VAIN:
                raise Refused(LOOPS)
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
            page = ChangePage.model_validate(self._data(answer))
            if page.has_more and page.cursor == cursor:
                raise Refused(LOOPS)
            if await apply_page(self._parts, self._account_id, cursor, page):
                return

    async def _push(self, push: Push) -> int:
        """How many changes are settled now."""
        mutations = [each.model_dump(mode="json") for each in push.mutations]
        answer = await self._server.request(
            "POST",
            PUSH,
            json={"client_id": str(self._server.client_id), "mutations": mutations},
            headers={"Idempotency-Key": str(push.key)},
            kind="sync_push",
            what=_what(push),
        )
        if answer.status_code in (*UNREADABLE, 409):
            return await self._not_taken(push, answer)
        pushed = Pushed.model_validate(self._data(answer))
        return await settle_push(self._parts, self._account_id, push, pushed)

    async def _not_taken(self, push: Push, answer: httpx.Response) -> int:
        """One by one is found out what the server does not read; a key may be used up."""
        alone = len({each.sync_id for each in push.mutations}) <= 2
        if answer.status_code == 409 or not alone:
            await unfreeze_push(self._parts, self._account_id, push)
            return 0
        code, said = _error(answer)
        await refuse_push(self._parts, self._account_id, push, code, said)
        return len(push.mutations)

    def _data(self, answer: httpx.Response) -> Any:
        """What the server says. Raises `Busy` and `Refused`."""
        if answer.status_code in BUSY:
            raise Busy(seconds_asked(answer.headers, self._now()))
        if answer.status_code != 200:
            raise Refused(SAID.format(status=answer.status_code, said=_error(answer)[1]))
        try:
            return answer.json()["data"]
        except (ValueError, KeyError, TypeError):
            raise Refused(NOT_UNDERSTOOD) from None


def _what(push: Push) -> str:
    """In plain words, without what was written."""
    kinds = sorted({each.entity.value.replace("_", " ") for each in push.mutations})
    return f"{len(push.mutations)} changes of: {', '.join(kinds)}"


def _has_expired(answer: httpx.Response) -> bool:
    if answer.status_code != 409:
        return False
    try:
        return "cursor_expired" in answer.json()["error"]["details"]["cursor"]
    except (ValueError, KeyError, TypeError):
        return False


def _error(answer: httpx.Response) -> tuple[str, str]:
    """The code and the words of a refusal."""
    try:
        error = answer.json()["error"]
        return str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP_{answer.status_code}", "What answers there is no Marketer server."
