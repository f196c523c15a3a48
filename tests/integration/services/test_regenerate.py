"""A section is proposed anew from its sources; a whole text is written anew in another run."""

import pytest

from marketer_desktop.services.activities import ShowActivity, show_activity
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.content import (
    OpenContent,
    SaveContent,
    open_content,
    save_content,
)
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.regenerate import (
    RegenerateActivity,
    RegenerateSection,
    regenerate_activity,
    regenerate_section,
    section_text,
)
from marketer_desktop.services.revisions import (
    ListRevisions,
    ShowRevision,
    list_revisions,
    show_revision,
)
from tests.factories.contents import ARTICLE, add_content
from tests.factories.engines import Ear
from tests.fakes.saying_model import SayingModel
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems
from tests.patience import becomes_true

SOUND = "Coffee brings people together for about 40 cents. Colleagues enjoy coffee at work daily."


def test_a_section_ends_at_the_next_one_of_its_level() -> None:
    text = "# T\n\nIntro.\n\n## A ##\n\nOne.\n\n### A1\n\nTwo.\n\n## B\n\nThree.\n"
    assert section_text(text, "A") == "One.\n\n### A1\n\nTwo."
    assert section_text(text, "A1") == "Two."
    assert section_text(text, "B") == "Three."
    assert section_text(text, "C") is None


async def test_a_section_is_written_from_its_sources(parts: Parts, ear: Ear) -> None:
    model = SayingModel(about="tea", sayings=["I am a language model.", SOUND])
    parts.models.model = model  # type: ignore[attr-defined]
    activity_id = await add_content(parts)
    call = RegenerateSection(activity_id=activity_id, heading="What it costs")
    told = await regenerate_section(call, parts, ear)
    assert told.text == SOUND.replace("cents.", "cents[1].")
    assert told.lost_citations == []
    assert ear.kinds() == ["delta", "restart", "delta"]
    assert "A cup costs 40 cents." in model.asked[0]
    assert "“What it costs”" in model.asked[0]
    assert "colleagues" not in model.asked[0]
    content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
    assert (content.markdown, content.revision) == (ARTICLE, 0)


async def test_a_section_that_nothing_supports_stays(parts: Parts, ear: Ear) -> None:
    parts.models.model = SayingModel(about="tea", sayings=["No."])  # type: ignore[attr-defined]
    activity_id = await add_content(parts)
    with pytest.raises(ServiceError, match="The section is as it was"):
        await regenerate_section(
            RegenerateSection(activity_id=activity_id, heading="What comes next"), parts, ear
        )
    assert ear.kinds().count("restart") == 2
    with pytest.raises(ServiceError, match="no section “Nothing”"):
        await regenerate_section(
            RegenerateSection(activity_id=activity_id, heading="Nothing"), parts, ear
        )


async def test_a_text_is_written_anew_and_the_old_one_is_kept(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    call = GenerateContent(topic="fresh coffee for the office", words=200)
    first = await generate_content(call, parts, ear)
    activity_id = first.activity_id
    edit = SaveContent(activity_id=activity_id, markdown="# Mine\n", base_revision=1)
    await save_content(edit, parts, ear)
    model.pause = 0.02
    await regenerate_activity(RegenerateActivity(activity_id=activity_id), parts, ear)
    with pytest.raises(ServiceError, match="being written already"):
        await regenerate_activity(RegenerateActivity(activity_id=activity_id), parts, ear)
    shown = await show_activity(ShowActivity(activity_id=activity_id), parts, ear)
    assert shown.status == "generating"
    assert shown.steps == []

    async def ended() -> bool:
        content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
        return content.status in {"completed", "needs_attention"}

    await becomes_true(ended)
    content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
    assert content.revision == 3
    assert content.markdown != "# Mine\n"
    again = await show_activity(ShowActivity(activity_id=activity_id), parts, ear)
    assert [step.name for step in again.steps] == [step.name for step in first.steps]
    assert again.tokens == content.tokens == sum(step.tokens for step in content.steps)
    assert again.duration_ms == sum(step.duration_ms for step in again.steps)
    assert len(again.events) == 11
    listed = (await list_revisions(ListRevisions(activity_id=activity_id), parts, ear)).revisions
    assert [revision.reason for revision in listed] == ["regenerated", "edited", "generated"]
    kept = await show_revision(ShowRevision(activity_id=activity_id, number=2), parts, ear)
    assert kept.markdown == "# Mine\n"


async def test_a_new_run_that_fails_leaves_the_text(
    parts: Parts, ear: Ear, model: ScriptedChatModel, log_problems: Problems
) -> None:
    activity_id = await add_content(parts)
    model.fail_at = {1}
    await regenerate_activity(RegenerateActivity(activity_id=activity_id), parts, ear)

    async def failed() -> bool:
        content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
        return content.status == "failed"

    await becomes_true(failed)
    log_problems.records.clear()
    content = await open_content(OpenContent(activity_id=activity_id), parts, ear)
    assert content.markdown == ARTICLE
    assert content.error
