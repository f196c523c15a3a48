"""Answers one request of a server with a model of this machine."""

from collections.abc import Callable
from contextlib import aclosing

from marketer_desktop.hybrid.agent.frames import LlmRequest
from marketer_desktop.llm.agent_answer import answered
from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.ollama_host import OllamaState
from marketer_desktop.llm.places import Guest
from marketer_desktop.services.agent_frames import Usage

STARTER_NAME = "starter"


def offered(ollama: OllamaState) -> list[str]:
    """The names under which a server may ask for the models here, the best one first."""
    return [*(model.name for model in ollama.models), STARTER_NAME]


def choice_of(name: str) -> ModelChoice:
    """The model that was offered under `name`."""
    return STARTER if name == STARTER_NAME else ModelChoice("ollama", name)


class Answerer:
    """Asks the models of this machine, after its own user's runs."""

    def __init__(self, models: ModelFactory) -> None:
        self._models = models
        self._guests: dict[str, Guest] = {}

    async def answer(
        self, request: LlmRequest, begin: Callable[[], None], tell: Callable[[str], None]
    ) -> Usage:
        """`begin` is called when its turn has come, `tell` hears the answer in pieces.

        Raises a `ModelError`.
        """
        talk = [(message.role, message.content) for message in request.messages]
        usage = Usage()
        async with aclosing(await self._models.open(choice_of(request.model))) as model:
            places = self._models.places(model)
            guest = self._guests.setdefault(model.choice.provider, places.guest(lent=True))
            async with guest.place():
                begin()
                asked = answered(model, talk, request.options.model_dump(), request.format)
                async with aclosing(asked) as answer:
                    async for part in answer:
                        if isinstance(part, str):
                            tell(part)
                        else:
                            usage = Usage(**part._asdict())
        return usage
