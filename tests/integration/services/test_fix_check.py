"""Checks are mended by rule or by the model, and nothing that hurts another one is kept."""

from typing import Any

import pytest

from marketer_desktop.services.check_text import CheckText, TextReport, check_text
from marketer_desktop.services.fix_check import HURT, NONE, FixCheck, FixedText, can_fix, fix_check
from marketer_desktop.services.parts import Parts
from tests.factories.contents import add_content
from tests.factories.engines import Ear
from tests.fakes.saying_model import SayingModel

LONG = (
    "Teams that start small with their machine see results within one quarter because they "
    "measure what they spend, what they drink and what they throw away each week.",
    "People who choose their own beans for a month stay with them much longer than people who "
    "drink whatever somebody else has ordered for the whole house.",
    "A supplier who brings fresh beans every second Tuesday saves the kitchen a shelf, a list "
    "and the long walk to a shop that closes early in winter.",
    "Whoever asks the people at the machine what they like learns more in a morning than any "
    "survey with forty questions tells in a whole year.",
)
SHORT = [
    "Teams that start small see results within one quarter.",
    "People stay with beans that they choose.",
    "A supplier who brings fresh beans saves the kitchen a walk.",
    "Whoever asks the people learns more in a morning.",
]
TEXT = f"""# Office coffee that people like

Office coffee brings people together. **Fresh** beans help.

## Where it pays off

{LONG[0]} {LONG[3]}

## What to buy

A small machine is enough. See [our shop](https://shop.example/) first. {LONG[1]}

## What comes next

{LONG[2]} Order a machine for one month. Then decide.
"""


@pytest.fixture
def model() -> SayingModel:
    return SayingModel(about="tea", sayings=list(SHORT))


def text(**values: Any) -> dict[str, Any]:
    known = {
        "markdown": TEXT,
        "topic": "Office coffee",
        "keyphrase": "office coffee",
        "keywords": ["office coffee"],
        "title": "Office coffee that people like",
        "slug": "office-coffee",
    }
    return {**known, **values}


async def fixed(parts: Parts, check_id: str, **values: Any) -> FixedText:
    call = FixCheck.model_validate({"check_id": check_id, **text(**values)})
    return await fix_check(call, parts, Ear())


async def checked(parts: Parts, **values: Any) -> TextReport:
    return await check_text(CheckText.model_validate(text(**values)), parts, Ear())


def failing(report: TextReport) -> set[str]:
    return {check.id for check in report.checks if check.hard and not check.passed}


async def test_one_call_tells_contract_and_score(parts: Parts) -> None:
    report = await checked(parts)
    assert {"description_length", "keyphrase_in_description"} <= failing(report)
    assert not any(check.group == "variants" for check in report.checks)
    links = next(check for check in report.score.checks if check.id == "externalLinks")
    assert links.score == 9  # the link of the Markdown counts
    long = next(check for check in report.score.checks if check.id == "textSentenceLength")
    for place in long.positions:
        assert TEXT[place.start : place.end].strip() in LONG
    assert len(long.positions) == 4
    assert not any(check.id == "citations" for check in report.checks)
    described = await checked(parts, description="Office coffee. " * 9)
    assert described.score.seo > report.score.seo


async def test_the_list_of_sources_and_marks_are_not_scored(parts: Parts) -> None:
    cited = TEXT.replace("Fresh** beans help.", "Fresh** beans help[1].")
    cited += "\n---\n\n**Sources**\n\n- [1] prices.pdf, and many words that nobody has written\n"
    plain, marked = await checked(parts), await checked(parts, markdown=cited)
    where = {"checks": {"__all__": {"positions"}}}  # the mark has moved them
    assert marked.score.model_dump(exclude=where) == plain.score.model_dump(exclude=where)
    assert marked.word_count == plain.word_count


async def test_a_description_comes_from_the_text(parts: Parts) -> None:
    told = await fixed(parts, "description_length")
    assert told.outcome == "fixed" and told.message.startswith("Fixed. ")
    assert 121 <= len(told.description) <= 156
    assert (told.markdown, told.slug) == (TEXT, "office-coffee")
    assert "description_length" not in failing(told.report)


async def test_a_slug_is_made_of_the_keyphrase(parts: Parts) -> None:
    told = await fixed(parts, "slugKeyword", slug="")
    assert (told.outcome, told.slug) == ("fixed", "office-coffee")


async def test_a_repair_changes_only_what_it_has_to(parts: Parts) -> None:
    told = await fixed(parts, "keyphrase_in_subheadings")
    assert told.outcome == "fixed"
    changed = set(told.markdown.splitlines()) ^ set(TEXT.splitlines())
    assert changed and all(line.startswith("## ") for line in changed)
    assert "keyphrase_in_subheadings" not in failing(told.report)


async def test_a_title_that_differs_from_the_heading_is_shortened_alone(parts: Parts) -> None:
    long = "Office coffee that people like, from beans to cups, for every office in town"
    told = await fixed(parts, "title_length", title=long)
    assert told.outcome == "fixed" and len(told.title) <= 60
    assert told.markdown == TEXT
    same = await fixed(
        parts,
        "title_length",
        title=long,
        markdown=TEXT.replace("# Office coffee that people like", f"# {long}"),
    )
    assert same.markdown.startswith(f"# {same.title}\n")


async def test_what_hurts_another_check_is_undone(parts: Parts) -> None:
    twice = TEXT.replace("Then decide.", "Then decide. Order a machine for one month.")
    words = (await checked(parts, markdown=twice)).word_count
    least = int(words / 0.9)  # without the sentence, it is too short
    told = await fixed(parts, "repetition", markdown=twice, words=least)
    assert (told.outcome, told.message, told.markdown) == ("hurt", HURT, twice)
    free = await fixed(parts, "repetition", markdown=twice)
    assert (free.outcome, free.markdown) == ("fixed", TEXT)


async def test_words_that_are_needed_come_from_the_model(parts: Parts, model: SayingModel) -> None:
    told = await fixed(parts, "textSentenceLength")
    assert told.outcome == "fixed"
    kept = [short for short in SHORT if short in told.markdown]
    assert kept
    assert all("short sentences" in asked for asked in model.asked)
    assert any(long in model.asked[0] for long in LONG)
    left = next(c for c in told.report.score.checks if c.id == "textSentenceLength")
    assert left.score == 9


@pytest.mark.parametrize(
    "said", ["In 1999 Zorblax sold 70 cups. It was good.", "", "Coffee sells.\n\n## New heading"]
)
async def test_the_models_words_are_kept_only_if_they_are_sound(
    parts: Parts, model: SayingModel, said: str
) -> None:
    model.sayings = [said]
    told = await fixed(parts, "textSentenceLength")
    assert told.outcome in ("none", "hurt")
    assert told.message in (NONE, HURT)
    assert told.markdown == TEXT


async def test_a_fix_follows_the_voice_of_the_project(parts: Parts, model: SayingModel) -> None:
    activity_id = await add_content(parts)
    told = await fixed(parts, "textSentenceLength", activity_id=activity_id)
    assert told.outcome == "fixed"
    async with parts.database.unit_of_work() as work:
        connection = await work.driver_connection()
        cursor = await connection.execute("SELECT metadata FROM usage_events")
        used = [row[0] for row in await cursor.fetchall() if "activity_id" in row[0]]
    assert used[-1]["activity_id"] == activity_id


async def test_posts_are_repaired_whole(parts: Parts) -> None:
    parts_of_it = [
        f"{name} is good, and it keeps {'warm ' * 30}hands." for name in ("Tea", "Coffee")
    ]
    post = f"1/2 {parts_of_it[0]}\n\n2/9 {parts_of_it[1]}\n"
    told = await fixed(parts, "thread_numbering", type="twitter", markdown=post, keywords=[])
    assert told.outcome == "fixed"
    assert told.markdown == f"1/2 {parts_of_it[0]}\n\n2/2 {parts_of_it[1]}\n"


def test_some_checks_need_a_person() -> None:
    assert can_fix("slug") and can_fix("passiveVoice") and can_fix("metaDescriptionLength")
    assert not can_fix("images") and not can_fix("citations") and not can_fix("nothing")
