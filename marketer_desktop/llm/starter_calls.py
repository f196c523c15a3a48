"""The calls under way at the built-in server, and what to do about one that is cancelled."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class StarterCall:
    """One call: reading its prompt until its first token comes."""

    def __init__(self, calls: "StarterCalls") -> None:
        self._calls = calls
        self.reading = True

    def heard(self) -> None:
        """Something of the answer came."""
        self.reading = False
        self._calls.busy_for_nobody = False


class StarterCalls:
    """Knows when the server works for nobody, and then calls `free`.

    While it decodes, the server notices within a moment that a caller is gone. While it reads a
    prompt, it reads on to the end, ten seconds and more. Only a restart ends that, which would
    take others' answers with it: so it is done when the last call has gone.
    """

    def __init__(self, free: Callable[[], None]) -> None:
        self._free = free
        self._under_way: set[StarterCall] = set()
        # A prompt is read whose caller is gone; the server says no token until that is done.
        self.busy_for_nobody = False

    @contextmanager
    def one(self) -> Iterator[StarterCall]:
        """A call for as long as it takes."""
        call = StarterCall(self)
        self._under_way.add(call)
        try:
            yield call
        except (asyncio.CancelledError, GeneratorExit):
            self.busy_for_nobody = self.busy_for_nobody or call.reading
            raise
        finally:
            self._under_way.discard(call)
            if self.busy_for_nobody and not self._under_way:
                self.busy_for_nobody = False
                self._free()
