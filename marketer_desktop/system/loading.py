"""Heavy libraries are loaded at their first use, by one thread at a time.

Two threads that load libraries which need each other can get a half-loaded one: Python lets go of a
module's lock where waiting for it would never end.
"""

import threading
from importlib import import_module
from types import ModuleType

LOADING = threading.RLock()


def load(name: str) -> ModuleType:
    """The module called `name`, loaded if it is not there yet."""
    with LOADING:
        return import_module(name)
