"""Processes forked from one that has everything loaded, which is started when it is needed."""

import os
import select
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import IO

import psutil

from marketer_desktop.system.forking import REQUEST

# Starts the process that forks, with a socket of this number as its standard input.
Start = Callable[[int], "subprocess.Popen[bytes]"]


class ForkedProcess:
    """A process of another parent; to be used like one of `subprocess`."""

    def __init__(self, parent: int, stdin: IO[bytes], stdout: IO[bytes], news: IO[bytes]) -> None:
        """What the process `parent` was asked for; raises ProcessLookupError if it made none."""
        self.stdin, self.stdout = stdin, stdout
        self.returncode: int | None = None
        self._news = news
        self._turn = threading.Lock()
        number = _number(news.readline())
        if number is None:
            raise ProcessLookupError
        self.pid = number
        self._process = _child(parent, number)

    def poll(self) -> int | None:
        """Its exit code if it has ended, -1 if its parent has; None while both are there."""
        if not self._news.closed:
            news = select.poll()
            news.register(self._news, select.POLLIN)
            if not news.poll(0):
                return None
        code = self.wait()
        return -1 if code is None else code

    def kill(self) -> None:
        """End it at once; another process that has got its number is left alone."""
        if self._process is not None and self.returncode is None:
            with suppress(psutil.NoSuchProcess):
                self._process.kill()

    def wait(self) -> int | None:
        """Its exit code once it has ended; None if its parent, which would know, has too."""
        with self._turn:
            if not self._news.closed:
                self.returncode = _number(self._news.readline())
                self._news.close()
        return self.returncode


class Forker:
    """Has processes forked; safe to use from several threads."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None

    def fork(self) -> ForkedProcess:
        """A new process. Blocks; raises ChildProcessError if none can be had."""
        with self._turn:
            # The one that forks ends when it has had nothing to do, and may have been killed.
            for attempt in (self._ask, self._ask_a_new_one):
                with suppress(OSError):
                    return attempt()
        raise ChildProcessError("No process could be started. Close other programs and try again.")

    def close(self) -> None:
        """End the process that forks; those that it has forked go on. Safe to call twice."""
        with self._turn:
            self._close()

    def _ask_a_new_one(self) -> ForkedProcess:
        self._close()
        self._requests, theirs = socket.socketpair()
        with theirs:
            self._child = self._start(theirs.fileno())
        return self._ask()

    def _ask(self) -> ForkedProcess:
        if self._requests is None or self._child is None:
            raise ProcessLookupError
        with ExitStack() as ours, ExitStack() as theirs:
            their_input, our_input = _pipe(theirs, ours)
            our_output, their_output = _pipe(ours, theirs)
            our_news, their_news = _pipe(ours, theirs)
            files = [file.fileno() for file in (their_input, their_output, their_news)]
            socket.send_fds(self._requests, [REQUEST], files)
            theirs.close()  # or news would not end with the process that tells it
            process = ForkedProcess(self._child.pid, our_input, our_output, our_news)
            ours.pop_all()
            return process

    def _close(self) -> None:
        if self._requests is not None:
            self._requests.close()
            self._requests = None
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None


def _pipe(reader: ExitStack, writer: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """The two ends of a pipe, each closed with the stack of who has it."""
    reading, writing = os.pipe()
    return (
        reader.enter_context(os.fdopen(reading, "rb")),
        writer.enter_context(os.fdopen(writing, "wb")),
    )


def _child(parent: int, number: int) -> psutil.Process | None:
    """The process `number`; None if it has ended already, and perhaps another has its number."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(number)
        return process if process.ppid() == parent else None
    return None


def _number(line: bytes) -> int | None:
    return int(line) if line else None
