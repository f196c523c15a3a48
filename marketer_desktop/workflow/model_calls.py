"""Calls to the model of a run: within budget, few at once, streamed, and through the ledger."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from marketer_desktop.workflow.ledger import Entry, Ledger, Outcome
from marketer_desktop.workflow.progress import RunProgress

TEMPERATURE = 0.3
ENFORCING = ("ollama", "agent")  # providers whose servers are told the schema of an answer
Hear = Callable[[str], None]
Write = Callable[
    [tuple[str, str], dict[str, Any], Hear, Hear, str], Awaitable[tuple[str, int, int, bool]]
]


@dataclass(frozen=True)
class RunModel:
    """The model of a run.

    `check_budget(messages, max_tokens, context)` raises if the prompt is too long;
    `write(prompt, options, on_text, on_restart, opening)` gives a text, the tokens it took in and
    out, and whether their limit ended it; `on_text` hears its pieces, `on_restart` why all pieces
    so far were in vain, or do not come yet. `place()` is held during a call, and waits while the
    server has enough to do.
    """

    write: Write
    provider: str
    name: str
    context_tokens: int
    place: Callable[[], AbstractAsyncContextManager[object]]
    check_budget: Callable[[list[str], int, int], int]
    small: bool = False  # it follows one simple request at a time


class ModelCalls:
    """What agents call: one prompt, one answer."""

    def __init__(self, model: RunModel, ledger: Ledger, progress: RunProgress) -> None:
        self._model = model
        self._ledger = ledger
        self._progress = progress

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
        schema: dict[str, Any] | None = None,
    ) -> str:
        """The model's answer. `node` is the place in the graph; a retry is a new `attempt`.

        A small model goes on from `opening`, the first words of its answer; a large one is only
        asked for it by its prompt. An answer after a JSON `schema`, which only some servers
        enforce, is not shown as a draft.

        The seed follows from place and attempt, so that a resumed run asks the very same and a
        retry asks anew.
        """
        seed = int(hashlib.sha256(f"{node}#{attempt}".encode()).hexdigest()[:7], 16)
        options: dict[str, Any] = {
            "max_tokens": max_tokens,
            "seed": seed,
            "temperature": temperature,
        }
        if schema is not None and self._model.provider in ENFORCING:
            shape = {"name": "answer", "schema": schema}
            options["response_format"] = {"type": "json_schema", "json_schema": shape}
        context = self._model.context_tokens
        prompt_tokens = self._model.check_budget(list(prompt), max_tokens, context)
        inputs: dict[str, Any] = {"system": prompt[0], "user": prompt[1], "options": options}
        begun = opening if self._model.small else ""
        if begun:
            inputs["opening"] = begun
        entry = Entry(agent, node, inputs, attempt, self._model.provider, self._model.name)
        outcome = await self._ledger.once(
            entry, lambda: self._answer(entry, prompt, prompt_tokens, begun, shown=schema is None)
        )
        self._progress.call_finished(node, outcome.tokens_input, outcome.tokens_output)
        return str(outcome.output["text"])

    async def _answer(
        self,
        entry: Entry,
        prompt: tuple[str, str],
        prompt_tokens: int,
        opening: str,
        *,
        shown: bool,
    ) -> Outcome:
        told = ""

        def hear(piece: str) -> None:
            nonlocal told
            said = piece if shown else ""
            told += said
            self._progress.token(said, entry.node)

        def restart(why: str) -> None:
            nonlocal told
            self._progress.restart(entry.node, why, told)
            told = ""

        options = entry.inputs["options"]
        async with self._model.place():
            self._progress.call_begins(entry.node, prompt_tokens)
            text, tokens_input, tokens_output, _ = await self._model.write(
                prompt, options, hear, restart, opening
            )
        return Outcome({"text": continued(opening, text)}, tokens_input, tokens_output)


def continued(opening: str, answer: str) -> str:
    """The whole answer: some servers give the opening back with it, others what follows it."""
    if not opening or answer.casefold().startswith(opening.casefold()):
        return answer
    goes_on = answer[:1].islower() or answer[:1] in " ,:;’'."
    if not goes_on:
        return answer
    return f"{opening}{'' if answer[:1] in ' ,:;’.' else ' '}{answer}"
