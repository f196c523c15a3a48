"""The desktop: the real agent, on models of a scripted Ollama; with flaws on demand.

A flaw makes an agent that the proof has to see through; nothing of it is in the product.
"""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from marketer_desktop.hybrid.agent import lend, visit
from marketer_desktop.hybrid.agent.answer import Answerer
from marketer_desktop.hybrid.agent.lend import LentModels
from marketer_desktop.hybrid.agent.work import Answer, Say, Work, _Entry
from marketer_desktop.llm import factory
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer

SLOTS = 8
OPEN = ("waiting", "writing")
HOARD = 1_500_000  # bytes a connection


class Forgetful(LentModels):
    """Knows nothing of the connection before: what it is asked again it runs again."""

    async def _visit(self) -> None:
        self._work = Work(self._work._answer, lambda: None)
        await super()._visit()


class Clinging(Work):
    """Keeps the place of what ended while nobody listened."""

    def _over(self, entry: _Entry) -> None:
        unheard = entry.say is None
        super()._over(entry)
        if unheard:
            held = entry.request.model_copy(update={"id": uuid4()})
            self._running[held.id] = _Entry(held, _nobody)


class Stammering(Work):
    """Says again what it has said, when it is asked again."""

    def take(self, request: Any, say: Say) -> None:
        entry = self._running.get(request.id)
        super().take(request, say)
        if entry is not None and entry.told:
            say({"request_id": str(request.id), "content": "".join(entry.told), "done": False})


class Hoarding(Work):
    """Keeps something of each connection for ever."""

    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self._hoard: list[bytes] = []

    def disconnected(self, say: Say) -> None:
        """Keep what is of no use."""
        super().disconnected(say)
        self._hoard.append(b"\x01" * HOARD)


def _nobody(frame: dict[str, Any]) -> None:
    """Hears nothing."""


FLAWED_WORK: dict[str, type[Work]] = {
    "clings": Clinging,
    "stammers": Stammering,
    "hoards": Hoarding,
}
FLAWS = ("", "runs again", *FLAWED_WORK)


class DesktopSide:
    """Lends its models from now on; `flaw` is one of `FLAWS`, and none by default.

    With an `answer` of its own it asks no model.
    """

    def __init__(
        self,
        address: str,
        key: str,
        ollama: str,
        folder: Path,
        flaw: str = "",
        answer: Answer | None = None,
    ) -> None:
        models = ModelFactory(StarterServer(folder), ollama)
        made: Callable[..., LentModels] = Forgetful if flaw == "runs again" else LentModels
        self._lent = made(models, address, key, lambda: None)
        work = FLAWED_WORK.get(flaw, Work)
        self._lent._work = work(answer or Answerer(models).answer, lambda: None)

    async def state(self) -> dict[str, Any]:
        """How the connection stands, and what is under way."""
        told = self._lent.lending
        return {
            "state": told.state,
            "running": self._lent._work._wanted(),  # for the connection there is
            "held": len(self._lent._work._running),  # also for those that were lost
            "at": [
                (each.state, round(each.seconds)) for each in told.requests if each.state in OPEN
            ],
            "capacity": told.capacity,
            "answered": told.answered,
        }

    async def close(self) -> None:
        """Lend nothing any more."""
        await self._lent.close()


# What is other than in the product: shorter waits, and a model with eight slots.
SETTINGS: tuple[tuple[ModuleType, str, float], ...] = (
    (visit, "SILENCE_SECONDS", 5.0),
    (lend, "FIRST_WAIT", 0.02),
    (lend, "LONGEST_WAIT", 0.1),
    (factory, "MOST_CALLS", SLOTS),
)
