"""Articles made into posts and mails: their own sentences, within each platform's limits."""

import pytest
from pydantic import ValidationError

from marketer_desktop.domain.links import visible
from marketer_desktop.domain.posts import HOOK_CHARACTERS, split_posts, weight
from marketer_desktop.domain.words import folded, split_sentences
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.import_activity import ImportActivity, import_activity
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.repurpose import (
    Kind,
    RepurposeActivity,
    Repurposed,
    repurpose_activity,
)
from tests.factories.engines import Ear
from tests.fakes.saying_model import SayingModel

ALL: list[Kind] = ["linkedin", "twitter", "thread", "email"]
ARTICLE = """# Coffee that keeps an office awake

Fresh coffee brings people of an office together twice a day. An office of thirty people drinks \
about nine kilograms of coffee a month[1].

## What the coffee costs

The grinder for offices costs 420 euros and grinds coffee for eight cups a minute[1]. \
A [subscription](https://harbour.example/subscription) ends the question who buys the next bag.

## How the coffee arrives

Bicycle couriers bring the coffee to every office in the old town before ten in the morning. \
It is never late. Empty coffee bags are collected on the same tour and washed for the next delivery.

---

**Sources**

- [1] offices.md, characters 0–400
"""


async def repurposed(parts: Parts, **values: object) -> Repurposed:
    call = RepurposeActivity.model_validate({"into": ALL, **values})
    return await repurpose_activity(call, parts, Ear())


def texts(made: Repurposed) -> dict[str, str]:
    assert [variant.check.message for variant in made.variants if not variant.check.passed] == []
    return {variant.kind: variant.text for variant in made.variants}


async def test_each_kind_keeps_its_limits_and_says_what_the_article_says(parts: Parts) -> None:
    made = await repurposed(parts, text=ARTICLE, keywords=["coffee"])
    found = texts(made)
    assert list(found) == ALL
    assert made.title == "Coffee that keeps an office awake"
    posts = split_posts(found["thread"])
    assert all(weight(post) <= 280 for post in [*posts, found["twitter"]])
    assert [post.split()[0] for post in posts] == [
        f"{n}/{len(posts)}" for n in range(1, len(posts) + 1)
    ]
    assert 3 <= found["linkedin"].count("#") <= 5
    assert len(split_sentences(found["linkedin"])[0]) <= HOOK_CHARACTERS
    assert found["email"].startswith("Subject: Coffee that keeps an office awake\nPreview: ")
    known = " ".join(folded(visible(ARTICLE.replace("[1]", "")) + " " + made.opening))
    for post in posts:
        for sentence in split_sentences(post.partition(" ")[2]):
            plain = sentence.replace(" (https://harbour.example/subscription)", "")
            assert " ".join(folded(plain)) in known
    assert not any(mark in text for text in found.values() for mark in ("[1]", "](", "## ", "**"))
    assert "It is never late" not in found["thread"]


async def test_an_activity_is_taken_as_it_stands_now(parts: Parts, ear: Ear) -> None:
    kept = await import_activity(ImportActivity(markdown=ARTICLE, keyphrase="coffee"), parts, ear)
    made = await repurposed(parts, activity_id=kept.activity_id, into=["email", "twitter"])
    assert list(texts(made)) == ["email", "twitter"]


@pytest.mark.parametrize(
    ("sayings", "opening"),
    [
        (["Good coffee makes people of an office talk with each other more often."], 0),
        (["Zanzibar has liked coffee in offices since 1873.", "A break with coffee is free."], 1),
        (["In 1873 nobody drank coffee in an office at all."], None),
        (["Sure! Here is a post about coffee for your office."], None),
    ],
)
async def test_the_opening_says_nothing_that_the_article_does_not(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, sayings: list[str], opening: int | None
) -> None:
    monkeypatch.setattr(parts.models, "model", SayingModel(about="coffee", sayings=sayings))
    made = await repurposed(parts, text=ARTICLE)
    assert made.opening == ("" if opening is None else sayings[opening])
    assert texts(made)["linkedin"].startswith(made.opening or "An office of thirty people")
    assert "1873" not in str(made.model_dump())


async def test_a_text_without_fitting_sentences_is_told_and_not_filled_up(parts: Parts) -> None:
    long = f"Coffee is {'very ' * 80}good."
    made = await repurposed(parts, text=f"# Coffee\n\n{long}", into=["twitter"])
    (variant,) = made.variants
    assert (variant.text, variant.check.passed) == ("", False)
    assert "missing" in variant.check.message


async def test_what_makes_no_sense_is_refused(parts: Parts) -> None:
    with pytest.raises(WrongUse, match="no text"):
        await repurposed(parts, text=" \n ")
    with pytest.raises(ServiceError, match="no activity 99"):
        await repurposed(parts, activity_id=99)
    for wrong in ({}, {"text": "A", "activity_id": 1}, {"text": "A", "into": []}):
        with pytest.raises(ValidationError):
            RepurposeActivity.model_validate({"into": ALL, **wrong})
