"""One whole answer of any chat model: streamed, without thoughts, asked for again if broken."""

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.errors import AnswerUnusable, unusable
from marketer_desktop.llm.measuring import request_broke_off, request_ended
from marketer_desktop.llm.retrying import PATIENCE, Patience, persistently
from marketer_desktop.llm.thinking import Spoken
from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:  # heavy, off the start path
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

# What stands for bytes that were no character, half a character, and what no database stores.
_DAMAGED = re.compile("[\ufffd\ud800-\udfff\0]")
_REASONS = ("finish_reason", "done_reason", "stop_reason")
_CUT = ("length", "max_tokens")


class _Ears(NamedTuple):
    text: Callable[[str], None]
    restart: Callable[[str], None]


class Answer(NamedTuple):
    """A text, the tokens it took, and whether the limit of tokens ended it."""

    text: str
    tokens_input: int
    tokens_output: int
    cut: bool = False


@dataclass(frozen=True)
class Writer:
    """A chat model with what a call of it needs besides.

    `recover(began)` is asked after a call that began at that time (`time.monotonic`) and failed:
    True if the server had died and runs again. A model that `must_speak` fails with an empty
    answer; the built-in one may have nothing to say. Requests are counted under `choice`;
    `on_send` hears of each with its size in bytes before it is made.
    """

    chat: "BaseChatModel"
    recover: Callable[[float], Awaitable[bool]]
    must_speak: bool = True
    patience: Patience = PATIENCE
    choice: ModelChoice | None = None
    on_send: Callable[[int], None] | None = None

    async def write(
        self,
        prompt: tuple[str, str],
        options: dict[str, Any],
        on_text: Callable[[str], None],
        on_restart: Callable[[str], None],
        opening: str = "",
    ) -> Answer:
        """The answer to system and user text, going on from `opening`; raises `ModelError`s.

        `options` are `max_tokens`, `seed`, `temperature`, and what else the chat model takes.

        `on_text` hears it in pieces, `on_restart` why all pieces so far were in vain or none come
        yet. A call is made again where that helps, after an answer that was no text with another
        seed.
        """
        with LOADING:
            from langchain_core.messages import (  # noqa: PLC0415 — heavy, off the start path
                AIMessage,
                HumanMessage,
                SystemMessage,
            )

        ears = _Ears(on_text, on_restart)
        messages: list[BaseMessage] = [SystemMessage(prompt[0]), HumanMessage(prompt[1])]
        messages += [AIMessage(opening)] if opening else []

        unusable_ones = 0

        async def make() -> Answer:
            nonlocal unusable_ones
            # After a fault the very same is asked again, after a useless answer another one.
            asked = {**options, "seed": options["seed"] + unusable_ones}
            try:
                return await self._recovered(messages, asked, ears)
            except AnswerUnusable:
                unusable_ones += 1
                raise

        return await persistently(make, ears.restart, self.patience)

    async def _recovered(
        self, messages: "list[BaseMessage]", options: dict[str, Any], ears: _Ears
    ) -> Answer:
        """One answer; a server of ours that died under the call is given a second chance."""
        began = time.monotonic()
        try:
            return await self._once(messages, options, ears)
        except Exception:
            if not await self.recover(began):
                raise
        ears.restart("The model server had stopped and runs again; asking again.")
        return await self._once(messages, options, ears)

    async def _once(
        self, messages: "list[BaseMessage]", options: dict[str, Any], ears: _Ears
    ) -> Answer:
        if self.on_send is not None:
            self.on_send(sum(len(each.text.encode("utf-8", "replace")) for each in messages))
        if self.choice is None:
            return await self._streamed(messages, options, ears)
        try:
            answer = await self._streamed(messages, options, ears)
        except BaseException as error:
            request_broke_off(self.choice, error)
            raise
        request_ended(self.choice, answer.tokens_input, answer.tokens_output)
        return answer

    async def _streamed(
        self, messages: "list[BaseMessage]", options: dict[str, Any], ears: _Ears
    ) -> Answer:
        with LOADING:
            from langchain_core.messages import AIMessageChunk  # noqa: PLC0415 — as above

        spoken, whole = Spoken(), AIMessageChunk(content="")
        async for chunk in self.chat.bind(**options).astream(messages):
            assert isinstance(chunk, AIMessageChunk)
            # To add all chunks takes a time that grows with the square of the text.
            if _tells_more(chunk):
                whole += chunk
            _hear(spoken, chunk.text, ears)
        _hear(spoken, None, ears)
        if _DAMAGED.search(spoken.text):
            raise unusable("sent damaged text")
        opened = any(message.type == "ai" for message in messages)
        if self.must_speak:
            _check(spoken, whole, opened)
        usage, about = whole.usage_metadata, whole.response_metadata
        is_cut = any(about.get(name) in _CUT for name in _REASONS)
        tokens = (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)
        return Answer(spoken.text, *tokens, cut=is_cut)


def _hear(spoken: Spoken, piece: str | None, ears: _Ears) -> None:
    """Take in a piece, or the end, and hand on what is new of the text."""
    before = spoken.text
    spoken.end() if piece is None else spoken.add(piece)
    if not spoken.text.startswith(before):
        ears.restart("The model was thinking aloud; its answer follows.")
        before = ""
    if len(spoken.text) > len(before):
        ears.text(spoken.text[len(before) :])


def _tells_more(chunk: "AIMessageChunk") -> bool:
    """Whether a chunk says something besides words: of the end, of tokens, of a tool."""
    ends = any(chunk.response_metadata.get(name) for name in _REASONS)
    return bool(ends or chunk.usage_metadata or chunk.tool_call_chunks or chunk.tool_calls)


def _check(spoken: Spoken, whole: "AIMessageChunk", opened: bool) -> None:
    """Refuse what is whole and yet no text."""
    if spoken.is_thinking:
        raise unusable("spent its whole answer on thinking")
    if whole.tool_calls and not spoken.text.strip():
        raise unusable("called a tool instead of writing")
    if not spoken.text.strip() and not opened:
        raise unusable("answered nothing")
