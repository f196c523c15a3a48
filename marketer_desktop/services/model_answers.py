"""One answer of the chosen model outside a run: within budget, streamed, counted as use."""

import random
import re
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.llm.answering import Answer, Writer
from marketer_desktop.llm.budget import PromptTooLong, check_budget
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.llm.prices import cost
from marketer_desktop.services.activities import existing
from marketer_desktop.services.agent_model import open_for, run_choice
from marketer_desktop.services.call import Emit, ServiceError
from marketer_desktop.services.model_departures import on_send
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.request_quota import take_request
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.storage.tables import ActivityRow

_END = re.compile(r"[.!?…][\"”’)\]*_]*(?=\s|$)|\n")
TEMPERATURE = 0.6  # higher than in runs: who asks again wants another answer


@dataclass(frozen=True)
class Writing:
    """The text that answers are for: its activity if it has one, its brief, how it sounds."""

    row: ActivityRow | None
    brief: Brief
    voice: BrandVoice


async def writing_of(parts: Parts, activity_id: int) -> Writing:
    """What an answer for this activity has to respect."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, activity_id)
        place = await work.workspaces.of_campaign(row.campaign_id)
        project = await work.projects.get(place.organization_id, place.project_id)
    voice = BrandVoice.model_validate((project and project.brand_voice) or {})
    return Writing(row, read_brief(row.brief), voice)


@asynccontextmanager
async def answering(parts: Parts) -> AsyncIterator[OpenModel]:
    """The model that the user has chosen, closed at the end. Counts as a request."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await take_request(parts, work, member.organization_id)
        await work.commit()
    organization = member.organization_id
    choice = await run_choice(parts, organization, None)
    async with aclosing(await open_for(parts, organization, choice, uuid4())) as model:
        yield model


async def answer(
    parts: Parts,
    writing: Writing,
    model: OpenModel,
    prompt: tuple[str, str],
    max_tokens: int,
    emit: Emit,
) -> Answer:
    """The answer; `emit` hears `{"kind": "delta", "text": …}`. Cancelling it ends the stream.

    Where the call is made again, all that came before is in vain, told by `restart`.
    """
    try:
        check_budget(list(prompt), max_tokens, model.context_tokens)
    except PromptTooLong as error:
        raise ServiceError(
            "This is too much text for the model at once. Choose a shorter passage, or a model "
            "with a longer context."
        ) from error
    options = {
        "max_tokens": max_tokens,
        "seed": random.getrandbits(28),
        "temperature": TEMPERATURE,
    }
    said = await writer_of(parts, model).write(
        prompt,
        options,
        lambda text: emit({"kind": "delta", "text": text}),
        lambda why: emit({"kind": "restart", "why": why}),
    )
    await count_answer(parts, model.choice, said, writing.row)
    return said


def finished(said: Answer) -> str:
    """The text without a last sentence that the limit of tokens has cut off."""
    ends = [mark.end() for mark in _END.finditer(said.text)]
    return said.text[: ends[-1] if ends else 0].rstrip() if said.cut else said.text


def writer_of(parts: Parts, model: OpenModel) -> Writer:
    """The one way to call an open model; the built-in one may have nothing to say."""
    return Writer(
        model.chat,
        model.recover,
        must_speak=not model.choice.is_small,
        choice=model.choice,
        on_send=on_send(parts, model.choice),
    )


async def count_answer(
    parts: Parts, choice: ModelChoice, said: Answer, row: ActivityRow | None = None
) -> None:
    """Note who used which model, for the activity `row` or for none, and what it cost."""
    spent = (said.tokens_input, said.tokens_output)
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        place = await work.workspaces.of_campaign(row.campaign_id) if row is not None else member
        await work.usage.record(
            place.organization_id,
            member.user_id,
            "llm_request",
            {"activity_id": row.id if row else None, "model": str(choice), "tokens": sum(spent)},
            cost(choice.provider, choice.name, *spent),
        )
        await work.commit()
