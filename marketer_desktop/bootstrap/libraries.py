"""Loads what a first run or a first document would load, once the engine takes calls."""

from collections.abc import Callable

from marketer_desktop.knowledge import libraries
from marketer_desktop.system.loading import load

# One after the other, what others build on first: an engine that is to end waits for one of them.
SLOW = (
    "langchain_core.messages",
    "langgraph.graph",
    "marketer_desktop.services.run_activity",
    *libraries.SLOW,
    "marketer_desktop.llm.starter_chat",
    "marketer_desktop.publishing.html",
    "marketer_desktop.publishing.word.file",
    "marketer_desktop.publishing.pdf.file",
)


def load_libraries(is_over: Callable[[], bool]) -> None:
    """For a process with a face: a command loads only what it needs, when it needs it.

    Native libraries hold the interpreter while they are loaded; a window would stand still.
    """
    for name in SLOW:
        if is_over():
            return
        load(name)
