"""What waits goes up in pushes. What a server keeps failing at is found, and stops nothing else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
from pydantic import ValidationError

from marketer_desktop.domain.sync import Pushed
from marketer_desktop.hybrid.sync.answers import (
    LOOPS,
    Busy,
    Refused,
    data_of,
    error_in,
    refusal_in,
)
from marketer_desktop.hybrid.sync.server import Server
from marketer_desktop.services.outgoing import MOST_AT_ONCE, Push, next_push, unanswered_push
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.settle_push import (
    doubt_push,
    refuse_push,
    settle_push,
    unfreeze_push,
)

PUSH = "/api/sync/push"
TOO_LARGE, USED_KEY = 413, 409
UNREAD = (400, TOO_LARGE, 422)  # nothing of the push was carried out
# A server's own mistake, or what stands before it does not like what is said. Not those that are
# said of any request while a server starts or is overloaded.
FAILED = (*UNREAD, 403, 406, 500, 502, 504)
IN_VAIN = 3  # pushes after which nothing was settled

TOO_LARGE_ALONE = (
    "This is too large for the server, or for what stands before it (HTTP 413). Shorten it, or ask "
    "whoever runs the server to let more through."
)
FAILS_ALONE = (
    "The server, or what stands before it, fails at this each time (HTTP {status}) and takes other "
    "changes. Change it, or send it again later."
)


class Uploads:
    """The pushes of one round; `now` is what dates in answers are read by.

    They raise what `Server.request` does, `Busy`, `Refused`, `ValidationError`, and what
    `settle_push` raises.
    """

    def __init__(
        self, parts: Parts, server: Server, account_id: int, now: Callable[[], datetime]
    ) -> None:
        self._parts, self._server, self._account_id = parts, server, account_id
        self._now = now
        self._in_vain = 0
        # So many go together of those that a push has failed with: more after each that is taken.
        self._most_doubted = 1

    async def settle(self) -> None:
        """Send what was not answered once more, as it was."""
        push = await unanswered_push(self._parts, self._account_id)
        if push is not None:
            await self._send(push)

    async def go_on(self) -> bool:
        """Send what comes next; whether there was anything."""
        push = await next_push(self._parts, self._account_id, self._most_doubted)
        if push is None:
            return False
        await self._send(push)
        return True

    async def _send(self, push: Push) -> None:
        mutations = [each.model_dump(mode="json") for each in push.mutations]
        answer = await self._asked(mutations, push.key, _what(push))
        if answer.status_code in FAILED and "Retry-After" not in answer.headers:
            await self._failed(push, answer)
        elif answer.status_code == USED_KEY:
            await unfreeze_push(self._parts, self._account_id, push)
            self._count(0)
        else:
            pushed = Pushed.model_validate(data_of(answer, self._now()))
            if push.is_doubted:
                self._most_doubted = min(self._most_doubted * 2, MOST_AT_ONCE)
            self._count(await settle_push(self._parts, self._account_id, push, pushed))

    def _count(self, settled: int) -> None:
        self._in_vain = 0 if settled else self._in_vain + 1
        if self._in_vain >= IN_VAIN:
            raise Refused(LOOPS)

    async def _failed(self, push: Push, answer: httpx.Response) -> None:
        """The first time it may be chance; then it is sent in parts, and in the end set apart.

        A part is set apart when the server takes others, so that one that is ill refuses nothing.
        """
        status, account_id = answer.status_code, self._account_id
        error = error_in(answer)
        code, message = error or (f"HTTP_{status}", FAILS_ALONE.format(status=status))
        if push.is_alone and error and status in UNREAD and status != TOO_LARGE:
            await refuse_push(self._parts, account_id, push, code, message)
        elif not push.is_alone and (push.is_doubted or status in UNREAD):
            self._most_doubted = max(1, len(push.mutations) // 2)
            await unfreeze_push(self._parts, account_id, push, code)
        elif not push.is_doubted:
            await doubt_push(self._parts, account_id, push, code)
            raise refusal_in(answer, self._now())
        elif await self._takes_others():
            said = TOO_LARGE_ALONE if status == TOO_LARGE else FAILS_ALONE.format(status=status)
            await refuse_push(self._parts, account_id, push, code, said)
        else:  # what is told can be taken in meanwhile
            await unfreeze_push(self._parts, account_id, push, code)
            raise refusal_in(answer, self._now())

    async def _takes_others(self) -> bool:
        """Whether the server takes a push with nothing in it."""
        answer = await self._asked([], uuid4(), "Asked whether changes are taken")
        try:
            Pushed.model_validate(data_of(answer, self._now()))
        except (Busy, Refused, ValidationError):
            return False
        return True

    async def _asked(self, mutations: list[Any], key: Any, what: str) -> httpx.Response:
        return await self._server.request(
            "POST",
            PUSH,
            json={"client_id": str(self._server.client_id), "mutations": mutations},
            headers={"Idempotency-Key": str(key)},
            kind="sync_push",
            what=what,
        )


def _what(push: Push) -> str:
    """In plain words, without what was written."""
    kinds = sorted({each.entity.value.replace("_", " ") for each in push.mutations})
    return f"{len(push.mutations)} changes of: {', '.join(kinds)}"
