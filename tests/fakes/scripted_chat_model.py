"""A chat model without weights: it streams the same prose for the same request, and counts."""

import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from tests.fakes.prose import prose

WORDS = 60
_QUOTED = re.compile(r"“([^”]+)”")
_PIECES = re.compile(r"\S+\s*")


class ScriptedFailure(RuntimeError):
    """What a scripted model raises when it was told to fail."""


class ScriptedChatModel(BaseChatModel):
    """Writes about the one word `about`, and about what a prompt puts in typographic quotes.

    The calls whose numbers (from 1) are in `fail_at`, and those whose prompt has `fail_on` in it,
    raise `ScriptedFailure` in mid-stream. Every call waits `pause` seconds first.
    """

    about: str
    pause: float = 0.0
    fail_at: set[int] = Field(default_factory=set)
    fail_on: str | None = None
    counts: Counter[str] = Field(default_factory=Counter)
    finished: Counter[str] = Field(default_factory=Counter)
    most_at_once: int = 0
    at_once: int = 0

    @property
    def calls(self) -> int:
        """How many calls were made, failed ones included."""
        return sum(self.counts.values())

    @property
    def _llm_type(self) -> str:
        return "scripted"

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        request = request_hash(messages, options)
        self.counts[request] += 1
        failing = self._fails(messages)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.pause)
            pieces, reason = self._answer(messages, options)
            for number, piece in enumerate(pieces):
                if failing and number == 1:
                    raise ScriptedFailure("The scripted model was told to fail.")
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
                await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        self.finished[request] += 1
        yield _closing(messages, len(pieces), reason)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        pieces, _ = self._answer(messages, options)
        return ChatResult(generations=[ChatGeneration(message=AIMessage("".join(pieces)))])

    def _fails(self, messages: list[BaseMessage]) -> bool:
        return self.calls in self.fail_at or bool(self.fail_on and self.fail_on in _text(messages))

    def _answer(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> tuple[list[str], str]:
        """The pieces of the answer, one a token, and why it ends."""
        whole = next(m for m in reversed(messages) if m.type == "human").text
        asked = whole.partition("\n\nGive the answer as JSON")[0]
        said = self._prose(asked, request_hash(messages, options))
        shape = re.search(r'"required": \["(\w+)"\]', _text(messages))  # of a schema
        if shape:
            said = json.dumps({shape[1]: said.splitlines()})
        pieces = _PIECES.findall(said)
        most = options.get("max_tokens", len(pieces))
        return pieces[:most], "stop" if len(pieces) <= most else "length"

    def _prose(self, asked: str, seed: str) -> str:
        quoted = _QUOTED.findall(asked)
        if "title" in asked:
            return f"{' '.join(quoted)}: what to know".capitalize()
        if asked.startswith("List"):
            return "\n".join(
                f"{n}. {question} {self.about} in the morning?"
                for n, question in enumerate(("Who enjoys", "When is it time for"), 1)
            )
        return prose(" ".join(quoted) or self.about, WORDS, seed)


def request_hash(messages: list[BaseMessage], options: dict[str, Any]) -> str:
    """SHA-256 of what a model server would see of a request."""
    whole = [[message.text for message in messages], options]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def _text(messages: list[BaseMessage]) -> str:
    return "\n".join(message.text for message in messages)


def _closing(messages: list[BaseMessage], tokens: int, reason: str) -> ChatGenerationChunk:
    """The last chunk, as providers send it: no text, the usage and the reason."""
    asked = len(_PIECES.findall(_text(messages)))
    usage = UsageMetadata(input_tokens=asked, output_tokens=tokens, total_tokens=asked + tokens)
    message = AIMessageChunk(content="", usage_metadata=usage, chunk_position="last")
    return ChatGenerationChunk(message=message, generation_info={"finish_reason": reason})
