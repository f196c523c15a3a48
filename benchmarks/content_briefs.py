"""The briefs of `make bench-content`: five types, on chapters of the sample brand or on nothing."""

from typing import NamedTuple

from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType, SeoPriority


class Task(NamedTuple):
    """A brief with its name, and the chapters that it may quote."""

    name: str
    brief: Brief
    chapters: tuple[str, ...]


def _task(
    type_: str,
    topic: str,
    keywords: str,
    audience: str,
    *chapters: str,
    words: int = 0,
    priority: SeoPriority = "medium",
    tone: str = "professional",
) -> Task:
    kind = ContentType(type_)
    brief = Brief(
        type=kind,
        topic=topic,
        keywords=keywords.split(", "),
        audience=audience,
        tone=tone,
        words=words or DEFAULT_WORDS[kind],
        seo_priority=priority,
    )
    name = "-".join([type_, *keywords.split(", ")[0].lower().replace("'", "").split()])
    return Task(name, brief, chapters)


# The types take turns, so that a short run sees all of them.
TASKS: tuple[Task, ...] = (
    _task(
        *("blog", "How Kestrow buys its green coffee", "green coffee, contract", "café owners"),
        *("Sourcing", "Producer groups"),
        words=500,
    ),
    _task(
        *("webpage", "The Kestrow coffee subscription", "coffee subscription", "coffee drinkers"),
        *("The subscription", "A subscriber's kitchen: the Halvorsen family"),
        words=350,
    ),
    _task(
        *("linkedin", "A roastery that belongs to its employees", "staff trust", "founders"),
        *("The company story", "Milestones"),
    ),
    _task(
        *("twitter", "How Slack Tide Decaf loses its caffeine", "decaf", "coffee drinkers"),
        "Slack Tide Decaf",
    ),
    _task(
        *("email", "Greta's Reserve on the first Friday", "Greta's Reserve", "subscribers"),
        "Greta's Reserve",
    ),
    _task(
        *("blog", "Brewing filter coffee at home", "filter coffee, grinder", "home brewers"),
        "Brewing advice",
        words=600,
    ),
    _task(
        *("webpage", "Barista courses in Harrowmere", "barista course", "career changers"),
        *("Courses", "Café Lantern: one coffee less, more guests"),
        words=350,
        priority="high",
    ),
    _task(
        *("linkedin", "A tasting evening in place of a trade fair stand", "tasting"),
        *("marketing managers", "Marlowe Print: a tasting that won clients"),
    ),
    _task(
        *("twitter", "Shade trees along the rivers of Huila and Guji", "shade trees"),
        *("coffee drinkers", "Money for rivers"),
    ),
    _task(
        *("email", "Night Ferry, the darkest coffee of the house", "Night Ferry", "subscribers"),
        "Night Ferry",
        tone="friendly",
    ),
    _task(
        *("blog", "From the roasting drum to the bag", "roasting", "coffee drinkers"),
        "Roasting and quality",
        words=450,
    ),
    _task(
        *("webpage", "Harbour Light for filter machines", "light roast", "home brewers"),
        *("Harbour Light", "The coffee range"),
        words=350,
    ),
    _task(
        *("linkedin", "Coffee that crosses the Atlantic under sail", "cargo sailing ship"),
        *("logistics managers", "Energy and transport", "Goals until 2028"),
    ),
    _task(
        *("twitter", "Coffee for commuters at two train stations", "commuters", "bakers"),
        "The Brightwell bakery: bread and beans",
    ),
    _task(
        *("email", "Coffee that comes to the island by boat", "coffee by boat", "subscribers"),
        "Skerry Island: coffee by boat",
    ),
    _task(
        *("blog", "Good coffee for an office of 260 people", "office coffee", "office managers"),
        *("Dorne & Fisk: coffee that ends the queue", "What customers report most often"),
        words=500,
        priority="high",
    ),
    _task(
        *("webpage", "Steel tins that cafés send back", "steel tins", "café owners"),
        "Packaging and waste",
        words=350,
    ),
    _task(
        *("linkedin", "A school café run by its pupils", "school café", "teachers"),
        "Northquay School: a café run by pupils",
    ),
    _task(
        *("twitter", "Delivery and returns at the Kestrow shop", "delivery", "customers"),
        "Delivery and returns",
    ),
    _task(
        *("email", "Breakfast coffee that guests write about", "breakfast coffee"),
        *("hotel managers", "Hotel Saltgarden: breakfast worth a review"),
    ),
    _task(
        *("blog", "A device that is repaired and not replaced", "repair, grinder", "home brewers"),
        "Equipment",
        words=450,
    ),
    _task(
        *("webpage", "Bicycle repair while you work", "bicycle repair", "commuters"),
        words=350,
    ),
    _task(
        *("blog", "Growing herbs on a small balcony", "balcony herbs", "city gardeners"),
        words=450,
    ),
    _task("linkedin", "Meetings that end on time", "short meetings", "team leads"),
)
