"""Keeps glibc's allocator from holding on to memory that is free."""

import ctypes
import sys
from functools import cache
from typing import Any

M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -2, -3, -8  # of <malloc.h>
LARGE = 4 * 1024 * 1024


def keep_memory_small() -> None:
    """Before the first thread of a process starts; elsewhere than with glibc, nothing.

    With an arena for each thread, work that moves between threads leaves its peak in all of them:
    measured with embeddings, 1.1 GB instead of 0.3, and no faster. Pieces from `LARGE` bytes on
    go back to the system when they are free, and so much at the end of the heap: if less did, the
    heap would shrink and grow with every piece of an upload.
    """
    allocator = _glibc()
    if allocator is not None:
        allocator.mallopt(M_ARENA_MAX, 1)
        allocator.mallopt(M_MMAP_THRESHOLD, LARGE)
        allocator.mallopt(M_TRIM_THRESHOLD, LARGE)


def keep_what_is_free(most: int) -> None:
    """For a process that lives shortly: up to `most` bytes that are free wait for their next use.

    Or its heap shrinks and grows with each page of a document, and comes back as empty memory.
    """
    allocator = _glibc()
    if allocator is not None:
        allocator.mallopt(M_TRIM_THRESHOLD, most)
        allocator.mallopt(M_TOP_PAD, LARGE)


def give_memory_back() -> None:
    """Hand what is free back to the system."""
    allocator = _glibc()
    if allocator is not None:
        allocator.malloc_trim(0)


@cache
def _glibc() -> Any:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
