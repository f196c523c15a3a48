"""Generate: from a brief to a finished piece, its files, its report and its events."""

import asyncio
import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import psycopg
import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.activities import (
    ListActivities,
    ShowActivity,
    list_activities,
    show_activity,
)
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.content import (
    OpenContent,
    SaveContent,
    open_content,
    save_content,
)
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.start_activity import StartActivity, start_activity
from tests.factories.engines import Ear
from tests.fakes.passages import OFFICES
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems
from tests.patience import becomes_true

TOPIC = "fresh coffee for the office"
# What the issue promises of `generate --json`, with the keys of the lists in it.
CONTRACT: dict[str, Any] = {
    "activity_id": None,
    "status": None,
    "path": None,
    "word_count": None,
    "model": None,
    "steps": {"name", "duration_ms", "tokens_input", "tokens_output"},
    "sources": {"n", "document", "page", "start", "end"},
    "checks": {"id", "hard", "passed", "message"},
    "tokens": None,
    "duration_ms": None,
}


def brief(**values: Any) -> GenerateContent:
    return GenerateContent.model_validate({"topic": TOPIC, "words": 200, **values})


def said_in(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


async def test_a_piece_with_a_document_is_written_and_reported(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    document = tmp_path / "offices.md"
    document.write_text(OFFICES.replace("\n\n", "\n\n## ").replace("## An", "An"), "utf-8")
    call = brief(keywords=["morning"], documents=[document], out=tmp_path / "out")
    report = await generate_content(call, parts, ear)
    assert (report.status, report.error) == ("completed", None)
    printed = report.model_dump(mode="json")
    for key, inner in CONTRACT.items():
        assert key in printed
        if inner is not None:
            assert printed[key], f"{key} is empty"
            assert all(inner <= set(entry) for entry in printed[key])
    assert 180 <= report.word_count <= 220
    assert report.model == "starter"
    assert [step.name for step in report.steps] == [
        "seo_research",
        "research",
        "writing",
        "editing",
        "social_media",
    ]
    assert report.tokens == sum(s.tokens_input + s.tokens_output for s in report.steps) > 100
    assert report.duration_ms == sum(step.duration_ms for step in report.steps)
    await check_sources(parts, report)
    check_files(report, tmp_path / "out")
    assert ear.kinds()[:3] == ["document", "activity", "started"]
    assert ear.of("document")[-1]["percent"] == 100


async def check_sources(parts: Parts, report: ActivityReport) -> None:
    """Each span leads to its text in the stored document."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        (document,) = await work.documents.list(place.organization_id)
        chunks = await work.documents.chunks(document.id)
    for source in report.sources:
        (chunk,) = [c for c in chunks if (c.start_char, c.end_char) == (source.start, source.end)]
        assert (source.document, source.text) == ("offices.md", chunk.text)


def check_files(report: ActivityReport, folder: Path) -> None:
    """Text, page and report lie where they were asked for."""
    assert report.path == str(folder / "article.md")
    text = (folder / "article.md").read_text("utf-8")
    assert text.startswith(f"# {report.title}\n")
    assert all(f"[{source.n}]" in text for source in report.sources)
    assert f"<title>{report.title}</title>" in (folder / "article.html").read_text("utf-8")
    kept = json.loads((folder / "report.json").read_text("utf-8"))
    assert kept.pop("brief")["topic"] == TOPIC
    assert kept == report.model_dump(mode="json")


async def test_the_events_have_no_gap_and_the_progress_of_the_specification(
    parts: Parts, ear: Ear
) -> None:
    report = await generate_content(brief(type="email", words=80), parts, ear)
    shown = await show_activity(ShowActivity(activity_id=report.activity_id), parts, ear)
    assert [event.seq for event in shown.events] == list(range(1, 12))
    ends = [event for event in shown.events if event.kind in ("finished", "ended")]
    assert [event.progress for event in ends] == [20, 40, 60, 80, 95, 100]
    assert ends[-1].step == "complete"
    numbered = [event for event in ear.heard if event.get("seq")]
    assert [event["seq"] for event in numbered] == list(range(1, 12))
    drafts = "".join(event["data"]["delta"] for event in ear.of("draft"))
    assert len(drafts.split()) > 100
    percents = [event["progress"] for event in ear.heard if "progress" in event]
    assert percents == sorted(percents)


async def test_a_topic_is_enough(parts: Parts, ear: Ear) -> None:
    report = await generate_content(GenerateContent(topic=TOPIC), parts, ear)
    assert report.status == "completed"
    assert parts.models.closed == 1  # type: ignore[attr-defined]
    assert 540 <= report.word_count <= 660
    assert report.path is not None
    assert Path(report.path).is_relative_to(parts.data_dir)
    assert report.sources == []
    shown = await show_activity(ShowActivity(activity_id=report.activity_id), parts, ear)
    assert shown.brief["words"] == 600
    assert len(shown.executions) > 4
    assert {execution.status for execution in shown.executions} == {"completed"}
    assert all(len(execution.input_hash) == 64 for execution in shown.executions)


@pytest.mark.parametrize("content_type", [ContentType.TWITTER, ContentType.EMAIL])
async def test_a_short_type_has_its_own_form(
    parts: Parts, ear: Ear, content_type: ContentType
) -> None:
    report = await generate_content(brief(type=content_type, words=80), parts, ear)
    assert report.status == "completed", report.checks
    assert report.path is not None
    text = await asyncio.to_thread(Path(report.path).read_text, "utf-8")
    assert not {"#", "["} & set(text)
    assert text.count("**") == (2 if content_type is ContentType.EMAIL else 0)  # around the call
    assert text.startswith("1/") is (content_type is ContentType.TWITTER)
    assert ("subject" in report.variants) is (content_type is ContentType.EMAIL)


async def test_a_mail_comes_as_a_message_and_stays_one_when_it_is_edited(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    call = brief(type="email", words=80, out=tmp_path / "out")
    report = await generate_content(call, parts, ear)
    sent = message_from_bytes((tmp_path / "out" / "article.eml").read_bytes(), policy=SMTP)
    assert sent["Subject"] == report.variants["subject"]
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    assert report.variants["preview"] in said_in(sent, "html")

    opened = await open_content(OpenContent(activity_id=report.activity_id), parts, ear)
    edited = SaveContent(
        activity_id=report.activity_id,
        base_revision=opened.revision,
        markdown=f"{opened.markdown}\nSee you at the counter.\n",
    )
    await save_content(edited, parts, ear)
    stored = parts.data_dir / "content" / str(report.activity_id) / "article.eml"
    kept = message_from_bytes(stored.read_bytes(), policy=SMTP)
    assert "See you at the counter." in said_in(kept, "plain")


async def test_a_second_piece_does_not_wait_for_the_first(
    parts: Parts, model: ScriptedChatModel
) -> None:
    model.pause = 0.02
    ears = [Ear(), Ear()]
    reports = await asyncio.gather(
        *(generate_content(brief(type="email", words=60), parts, ear) for ear in ears)
    )
    assert [report.status for report in reports] == ["completed", "completed"]
    for ear, report in zip(ears, reports, strict=True):
        assert {event["activity_id"] for event in ear.heard if "activity_id" in event} == {
            report.activity_id
        }


class Babbler(ScriptedChatModel):
    """A model of which not one sentence can be used."""

    def _prose(self, asked: str, seed: str) -> str:
        return "Sure, here is the following prompt:"


async def test_a_piece_that_fails_a_check_needs_attention(parts: Parts, ear: Ear) -> None:
    parts.models.model = Babbler(about="coffee")  # type: ignore[attr-defined]
    report = await generate_content(brief(), parts, ear)
    assert report.status == "needs_attention"
    assert report.path is not None
    assert any("add at least" in check.message for check in report.checks if not check.passed)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"words": 3}, WrongUse, "words"),
        ({"topic": "   "}, WrongUse, "topic"),
        ({"model": "gpt-5"}, UnknownModel, "gpt-5"),
        ({"documents": ["missing.pdf"]}, ServiceError, r"missing\.pdf"),
    ],
)
async def test_what_cannot_be_done_is_said_before_anything_starts(
    parts: Parts, ear: Ear, values: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        await generate_content(brief(**values), parts, ear)
    assert (await list_activities(ListActivities(), parts, ear)).activities == []
    assert await parts.queue.pending() == 0


async def test_a_failing_model_is_reported_with_its_message(
    parts: Parts, ear: Ear, model: ScriptedChatModel, log_problems: Problems
) -> None:
    model.fail_at = {3}
    report = await generate_content(brief(), parts, ear)
    assert (report.status, report.path) == ("failed", None)
    assert report.error == "The scripted model was told to fail."
    assert ear.heard[-1]["step"] == "failed"
    assert ear.heard[-1]["data"] == {"message": report.error}
    assert [record.getMessage() for record in log_problems.records] == ["run failed"]
    log_problems.records.clear()


async def test_a_caller_who_leaves_cancels_the_run(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    model.pause = 0.05
    caller = asyncio.create_task(generate_content(brief(), parts, ear))

    async def drafting() -> bool:
        return bool(ear.of("draft"))

    await becomes_true(drafting)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    (activity,) = (await list_activities(ListActivities(), parts, ear)).activities
    assert activity.status == "cancelled"


async def test_a_run_that_the_database_cuts_off_has_not_failed(
    parts: Parts, ear: Ear, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    async def cut_off(*_: object) -> None:
        raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr("marketer_desktop.services.run_activity.run_graph", cut_off)
    call = StartActivity(type=ContentType.EMAIL, topic=TOPIC, words=80)
    started = await start_activity(call, parts, ear)

    async def told() -> bool:
        return "run cut off by the database" in [r.getMessage() for r in log_problems.records]

    await becomes_true(told)
    log_problems.records.clear()
    shown = await show_activity(ShowActivity(activity_id=started.activity_id), parts, ear)
    assert (shown.status, shown.error) in {("generating", None), ("interrupted", None)}
