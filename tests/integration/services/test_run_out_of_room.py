"""A run that finds the disk full is told so, and goes on where it stood once there is room."""

import errno
import os
from typing import Any

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.publishing.files import write_piece
from marketer_desktop.services import run_activity
from marketer_desktop.services.activities import ResumeActivity, resume_activity
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_journal import RunJournal
from tests.factories.engines import Ear
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems

WELL_ENDED = {"completed", "needs_attention"}
BRIEF = GenerateContent(type=ContentType.EMAIL, topic="fresh coffee", words=60)


class Room:
    """Refuses the call with the number `full`, counted from 1; then there is room again."""

    def __init__(self, real: Any, full: int) -> None:
        self._real, self._full = real, full
        self.calls = 0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls == self._full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._real(*arguments, **named)


async def cut_off_and_resumed(parts: Parts, model: ScriptedChatModel, problems: Problems) -> None:
    told = await generate_content(BRIEF, parts, Ear())
    assert told.status == "failed"
    assert told.error is not None
    assert "The disk is full" in told.error
    assert "can be resumed" in told.error
    call = ResumeActivity(activity_id=told.activity_id)
    assert (await resume_activity(call, parts, Ear())).status in WELL_ENDED
    assert set(model.counts.values()) == {1}
    problems.records.clear()


async def test_no_room_for_the_files(
    parts: Parts,
    model: ScriptedChatModel,
    monkeypatch: pytest.MonkeyPatch,
    log_problems: Problems,
) -> None:
    monkeypatch.setattr(run_activity, "write_piece", Room(write_piece, 1))
    await cut_off_and_resumed(parts, model, log_problems)


@pytest.mark.parametrize("full", [4, 5])
async def test_no_room_for_an_event(
    parts: Parts,
    model: ScriptedChatModel,
    monkeypatch: pytest.MonkeyPatch,
    log_problems: Problems,
    full: int,
) -> None:
    """The events are told at each step's beginning and end."""
    room = Room(RunJournal.keep, full)

    def keep(journal: RunJournal, *arguments: Any, **named: Any) -> Any:
        return room(journal, *arguments, **named)

    monkeypatch.setattr(RunJournal, "keep", keep)
    await cut_off_and_resumed(parts, model, log_problems)
