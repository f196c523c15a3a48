"""A scripted model that says what a test wants, answer by answer."""

import re
from typing import Any

from langchain_core.messages import BaseMessage
from pydantic import Field

from tests.fakes.scripted_chat_model import ScriptedChatModel


class SayingModel(ScriptedChatModel):
    """Says `sayings` one after the other, the last one for ever; notes what it was asked."""

    sayings: list[str]
    asked: list[str] = Field(default_factory=list)

    def _answer(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> tuple[list[str], str]:
        self.asked.append("\n---\n".join(message.text for message in messages))
        said = self.sayings[min(len(self.asked), len(self.sayings)) - 1]
        return re.findall(r"\S+\s*", said), "stop"
