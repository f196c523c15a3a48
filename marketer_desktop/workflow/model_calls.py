"""Calls to the model of a run: within budget, few at once, streamed, and through the ledger."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
)

from marketer_desktop.workflow.ledger import Entry, Ledger, Outcome
from marketer_desktop.workflow.progress import RunProgress

TEMPERATURE = 0.3


@dataclass(frozen=True)
class RunModel:
    """The model of a run.

    `check_budget(messages, max_tokens, context)` raises if the prompt is too long;
    `recover(began)` tells, after a call that began then failed, whether the model's server had
    died and has been started again.
    """

    chat: BaseChatModel
    provider: str
    name: str
    context_tokens: int
    parallel: int
    check_budget: Callable[[list[str], int, int], int]
    recover: Callable[[float], Awaitable[bool]]
    small: bool = False  # it follows one simple request at a time


class ModelCalls:
    """What agents call: one prompt, one answer."""

    def __init__(self, model: RunModel, ledger: Ledger, progress: RunProgress) -> None:
        self._model = model
        self._ledger = ledger
        self._progress = progress
        self._places = asyncio.Semaphore(model.parallel)

    @property
    def small(self) -> bool:
        """Whether the model has to be asked in small steps."""
        return self._model.small

    async def ask(
        self,
        agent: str,
        node: str,
        prompt: tuple[str, str],
        max_tokens: int,
        attempt: int = 1,
        opening: str = "",
        temperature: float = TEMPERATURE,
    ) -> str:
        """The model's answer. `node` is the place in the graph; a retry is a new `attempt`.

        A small model goes on from `opening`, the first words of its answer; a large one is only
        asked for it by its prompt.

        The seed follows from place and attempt, so that a resumed run asks the very same and a
        retry asks anew.
        """
        seed = int(hashlib.sha256(f"{node}#{attempt}".encode()).hexdigest()[:7], 16)
        options = {"max_tokens": max_tokens, "seed": seed, "temperature": temperature}
        self._model.check_budget(list(prompt), max_tokens, self._model.context_tokens)
        inputs: dict[str, Any] = {"system": prompt[0], "user": prompt[1], "options": options}
        begun = opening if self._model.small else ""
        if begun:
            inputs["opening"] = begun
        entry = Entry(agent, node, inputs, attempt, self._model.provider, self._model.name)
        outcome = await self._ledger.once(entry, lambda: self._answer(prompt, options, node, begun))
        self._progress.call_finished(node, outcome.tokens_input, outcome.tokens_output)
        return str(outcome.output["text"])

    async def _answer(
        self, prompt: tuple[str, str], options: dict[str, Any], node: str, opening: str
    ) -> Outcome:
        """One answer; a server of ours that died under the call is given a second chance."""
        async with self._places:
            began = time.monotonic()
            try:
                return await self._stream(prompt, options, node, opening)
            except Exception:
                if not await self._model.recover(began):
                    raise
            return await self._stream(prompt, options, node, opening)

    async def _stream(
        self, prompt: tuple[str, str], options: dict[str, Any], node: str, opening: str
    ) -> Outcome:
        return await streamed(
            self._model.chat,
            prompt,
            options,
            lambda text: self._progress.token(text, node),
            opening,
        )


async def streamed(
    chat: BaseChatModel,
    prompt: tuple[str, str],
    options: dict[str, Any],
    on_text: Callable[[str], None],
    opening: str = "",
) -> Outcome:
    """One answer, which goes on from `opening` if there is one; `on_text` hears it in pieces."""
    messages: list[BaseMessage] = [SystemMessage(prompt[0]), HumanMessage(prompt[1])]
    messages += [AIMessage(opening)] if opening else []
    whole: AIMessageChunk | None = None
    async for chunk in chat.bind(**options).astream(messages):
        assert isinstance(chunk, AIMessageChunk)
        whole = chunk if whole is None else whole + chunk
        if chunk.text:
            on_text(chunk.text)
    assert whole is not None
    usage = whole.usage_metadata
    return Outcome(
        {"text": continued(opening, whole.text)},
        usage["input_tokens"] if usage else 0,
        usage["output_tokens"] if usage else 0,
    )


def continued(opening: str, answer: str) -> str:
    """The whole answer: some servers give the opening back with it, others what follows it."""
    if not opening or answer.casefold().startswith(opening.casefold()):
        return answer
    goes_on = answer[:1].islower() or answer[:1] in " ,:;’'."
    if not goes_on:
        return answer
    return f"{opening}{'' if answer[:1] in ' ,:;’.' else ' '}{answer}"
