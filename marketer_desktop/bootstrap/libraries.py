"""Loads what a first run or a first document would load, while the engine starts."""

from importlib import import_module

from marketer_desktop.knowledge import libraries

SLOW = ("marketer_desktop.llm.starter_chat", "marketer_desktop.publishing.html")


def load_libraries() -> None:
    """For a process with a face: a command loads only what it needs, when it needs it.

    Native libraries hold the interpreter while they are loaded; a window would stand still.
    """
    libraries.load()
    for name in SLOW:
        import_module(name)
