"""Every fault of a model server over the wire, and what a call of ours comes to: a table.

`python -m benchmarks.model_faults` exits with 1 if one ends otherwise than it has to.
"""

import asyncio
import sys
from contextlib import aclosing
from typing import NamedTuple

from marketer_desktop.llm.answering import Answer, Writer
from marketer_desktop.llm.ollama_chat import OllamaChat, open_ollama_chat
from marketer_desktop.llm.retrying import Patience
from tests.factories.runs import never
from tests.fakes.ollama_faults import FAULTS, SILENT, TOKENS, WHOLE, Fault
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.ollama_server import OllamaServer, Recorded

# Seconds of silence; a machine under load takes long for anything.
PATIENT, HASTY = 30.0, 0.5
HASTE = Patience(first=0.01, most=0.05)
LEAST = 40  # faults
PROMPT = ("You write about wood and nothing else. " * 20, "Case {}: what is cedar like?")


class Screen:
    """The draft as somebody sees it, and what was said of it."""

    def __init__(self) -> None:
        self.draft = ""
        self.said: list[str] = []

    def text(self, piece: str) -> None:
        """More of it."""
        self.draft += piece

    def restart(self, why: str) -> None:
        """All of it was in vain."""
        self.draft = ""
        self.said.append(why)


class Ended(NamedTuple):
    """What a call came to, what somebody saw of it, and the calls that the server got."""

    fault: Fault
    result: Answer | BaseException
    screen: Screen
    calls: list[Recorded]

    @property
    def is_right(self) -> bool:
        """Whether the error is the one it has to be, or text and draft are whole."""
        if len(self.calls) != self.fault.calls:
            return False
        if isinstance(self.result, Answer):
            return self.result.text == self.screen.draft == self.fault.text
        return type(self.result) is self.fault.error


def ended() -> dict[str, Ended]:
    """All faults at once, over the same connections; the silent ones in the calm afterwards."""
    with OllamaServer(lambda body: WHOLE) as server:
        for name, fault in FAULTS.items():
            server.plan(_word(name), fault.turns())
        screens = {name: Screen() for name in FAULTS}
        results = asyncio.run(_results(server.address, screens))
    return {
        name: Ended(
            fault,
            results[name],
            screens[name],
            [c for c in server.requests if _word(name) in c.body["messages"][-1]["content"]],
        )
        for name, fault in FAULTS.items()
    }


async def _results(address: str, screens: dict[str, Screen]) -> dict[str, Answer | BaseException]:
    results: dict[str, Answer | BaseException] = {}
    for silence, names in ((PATIENT, FAULTS.keys() - SILENT.keys()), (HASTY, SILENT.keys())):
        opened = open_ollama_chat(address, CHAT.name, context_tokens=2048, timeout=silence)
        async with aclosing(opened) as chat:
            calls = (_call(chat, name, screens[name]) for name in names)
            came = await asyncio.gather(*calls, return_exceptions=True)
        results.update(zip(names, came, strict=True))
    return results


async def _call(chat: OllamaChat, name: str, screen: Screen) -> Answer:
    asked = (PROMPT[0], PROMPT[1].format(_word(name)))
    options = {"max_tokens": TOKENS, "seed": 1, "temperature": 0.3}
    writer = Writer(chat, never, patience=HASTE)
    return await writer.write(asked, options, screen.text, screen.restart)


def _word(name: str) -> str:
    return f"“{name}”"


def main() -> int:
    """Print the table; 1 if a fault ends otherwise than it has to, or if there are too few."""
    found = ended()
    for name, end in found.items():
        whole = isinstance(end.result, Answer)
        came = "whole text" if whole else type(end.result).__name__
        mark = "" if end.is_right else "  WRONG"
        sys.stdout.write(f"{name:52} {came:16} {len(end.calls)} calls{mark}\n")
    wrong = sum(not end.is_right for end in found.values())
    texts = sum(isinstance(end.result, Answer) for end in found.values())
    sys.stdout.write(
        f"{len(found)} faults: {texts} end in the whole text, {len(found) - texts} in a named "
        f"error, {wrong} otherwise than they have to\n"
    )
    return int(wrong > 0 or len(found) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
