"""The engine of a window, which can open a door for other programs of this computer."""

from typing import TYPE_CHECKING

from marketer_desktop.bootstrap import engine_child
from marketer_desktop.system.loading import load
from marketer_desktop.system.threads import run_to_the_end

if TYPE_CHECKING:
    from marketer_desktop.services.local_door import Serving
    from marketer_desktop.services.parts import Parts
    from marketer_desktop.system.kept_token import KeptToken


def main(arguments: list[str]) -> None:
    """Own the engine of the folder that is the only argument."""
    engine_child.main(arguments, _answer_this_computer)


async def _answer_this_computer(parts: "Parts", port: int, token: "KeptToken") -> "Serving":
    # Most people never open it: its libraries are loaded by who does.
    api = await run_to_the_end(load, "marketer_desktop.api.local_door")
    serving: Serving = await api.answer_this_computer(parts, port, token)
    return serving
