"""The brand voice of a project reaches the writer and the editor of its runs, and no others."""

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.words import contains_phrase
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import UpdateProject, update_project
from tests.factories.engines import Ear

VOICE = BrandVoice(
    tone="warm and dry", forbidden=["managers", "coffee"], preferred=["freshly made"]
)


async def prompts(parts: Parts, activity_id: int) -> list[tuple[str, str]]:
    """Agent and system text of every model call of an activity."""
    async with parts.database.unit_of_work() as work:
        calls = await work.executions.of_activity(activity_id)
    return [(e.agent_name, (e.input_data or {})["system"]) for e in calls if e.llm_model]


async def written(parts: Parts, project: str) -> tuple[int, str]:
    keywords = ["hot milk", "clean cups", "good beans"]  # the editor works in what is missing
    call = GenerateContent(
        topic="coffee for the office", keywords=keywords, words=250, project=project
    )
    report = await generate_content(call, parts, Ear())
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(report.activity_id)
    assert row is not None
    return report.activity_id, (row.content or {})["final_content"]


async def test_a_voice_is_heard_in_its_project_alone(parts: Parts, ear: Ear) -> None:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project("Loud")
        await work.commit()
    call = UpdateProject(project_id=place.project_id, brand_voice=VOICE)
    await update_project(call, parts, ear)
    plain, without = await written(parts, "Plain")
    loud, text = await written(parts, "Loud")
    said = "Voice: warm and dry. Never say “managers”. Prefer “freshly made”."
    told = {agent: system for agent, system in await prompts(parts, loud) if said in system}
    assert {"content_writer", "editor"} <= set(told)
    assert all("Voice" not in system for _, system in await prompts(parts, plain))
    assert contains_phrase(without, "managers")
    assert not contains_phrase(text, "managers")
    assert contains_phrase(text, "coffee")  # the brief asks for it
