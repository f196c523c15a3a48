"""How much memory this machine has."""

import psutil


def total_memory() -> int:
    """The machine's memory in bytes."""
    return int(psutil.virtual_memory().total)
