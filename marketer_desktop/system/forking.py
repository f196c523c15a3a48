"""The process that others are forked from: what it has loaded they have, within milliseconds.

It is asked over the Unix socket that is its standard input. A request is one byte and three open
files: the standard input and output of the process to come, and a pipe for news of it, which are
its number and at its end its exit code, each on a line.
"""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from select import select
from typing import NoReturn

REQUEST = b"\0"
FILES = 3
# Without work for so many seconds it ends, and gives its memory back.
PATIENCE = 60.0

Work = Callable[[], None]


def serve(work: Work, preparations: Iterable[Work], patience: float = PATIENCE) -> None:
    """Fork a process that does `work` for each request, until nobody asks any more.

    Each of the `preparations` is made as soon as there is nothing else to do: the first requests
    need not wait for them. This process stays single-threaded, or what it forks might hang.
    """
    _Forker(work).serve(list(preparations), patience)


class _Forker:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._requests = socket.socket(fileno=os.dup(0))
        self._ended, ended = os.pipe()
        os.set_blocking(ended, False)
        os.set_blocking(self._ended, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ended, warn_on_full_buffer=False)
        self._news: dict[int, int] = {}

    def serve(self, preparations: list[Work], patience: float) -> None:
        requests = self._requests.fileno()
        while True:
            timeout = 0.0 if preparations else patience
            ready, _, _ = select([requests, self._ended], [], [], timeout)
            if self._ended in ready:
                self._tell_of_the_ended()
            if requests in ready and not self._answer():
                return
            if not ready and preparations:
                preparations.pop(0)()
                gc.freeze()  # or each forked process copies these objects to look through them
            elif not ready and not self._news:
                return

    def _answer(self) -> bool:
        """Fork what is asked for; False when there is nobody any more who asks."""
        request, files, _, _ = socket.recv_fds(self._requests, len(REQUEST), FILES)
        if not request:
            return False
        standard_input, standard_output, news = files
        process = os.fork()
        if not process:
            self._be(standard_input, standard_output)
        os.close(standard_input)
        os.close(standard_output)
        self._news[process] = news
        _say(news, process)
        return True

    def _be(self, standard_input: int, standard_output: int) -> NoReturn:
        """Do the work as a forked process, which knows nothing of its parent and siblings."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(standard_input, 0)
            os.dup2(standard_output, 1)
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            self._work()
            sys.stdout.flush()
            code = 0
        finally:
            os._exit(code)

    def _tell_of_the_ended(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._ended, 4096)
        for process in list(self._news):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                news = self._news.pop(process)
                _say(news, os.waitstatus_to_exitcode(status))
                os.close(news)


def _say(news: int, number: int) -> None:
    with suppress(OSError):  # nobody listens any more
        os.write(news, b"%d\n" % number)
