"""Limits on what a child process takes of the machine, taken on inside it.

The less is imported here, the less is copied for each process that is forked.
"""

import sys
from typing import NamedTuple


class Limits(NamedTuple):
    """The most bytes of memory and seconds of CPU time that a process may take."""

    memory: int
    cpu: int


def take_on(limits: Limits) -> None:
    """Limit this process, where its system can: no file written, no core, memory and CPU time.

    Linux bounds the address space, of which what is resident is a part. macOS knows no such bound
    and Windows none of these: there only `system.excess` watches.
    """
    try:
        import resource  # noqa: PLC0415 — exists on Unix only
    except ImportError:
        return
    # At the soft limit the signal says what happened; at the hard one the process is just killed.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def lend_time(seconds: int) -> None:
    """Leave so many seconds of this process's CPU time to another; less than none: take them back.

    Does nothing where no limit has been taken on.
    """
    import resource  # noqa: PLC0415 — exists on Unix only, and so does who calls this

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft - seconds, hard))


def close_the_doors() -> None:
    """From now on this process opens nothing: no file, no socket, no pipe; what is open stays."""
    try:
        import resource  # noqa: PLC0415 — exists on Unix only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
