"""Categories and tags of a WordPress: the numbers of their names, made where they are missing."""

from collections.abc import Sequence
from html import unescape
from typing import Literal

from marketer_desktop.publishing.sites.wordpress_api import WordPressApi, WordPressProblem

Taxonomy = Literal["categories", "tags"]
NOT_MADE = {
    "categories": "The category “{name}” is not there, and this account may not make it.",
    "tags": "The tag “{name}” is not there, and this account may not make it.",
}


async def numbers_of(
    api: WordPressApi, taxonomy: Taxonomy, names: Sequence[str]
) -> tuple[list[int], list[str]]:
    """The numbers, and what is to be said of those that there are none for."""
    numbers, notes = [], []
    for name in names:
        number = await _known(api, taxonomy, name) or await _made(api, taxonomy, name)
        if number is None:
            notes.append(NOT_MADE[taxonomy].format(name=name))
        elif number not in numbers:
            numbers.append(number)
    return numbers, notes


async def _known(api: WordPressApi, taxonomy: Taxonomy, name: str) -> int | None:
    found = await api.many(f"/wp/v2/{taxonomy}", {"search": name, "per_page": 100})
    wanted = name.casefold()
    return next((t["id"] for t in found if unescape(t["name"]).casefold() == wanted), None)


async def _made(api: WordPressApi, taxonomy: Taxonomy, name: str) -> int | None:
    try:
        made = await api.one("POST", f"/wp/v2/{taxonomy}", json={"name": name})
    except WordPressProblem as problem:
        # Somebody else, or an answer that was lost, has made it since.
        if problem.code == "term_exists" and isinstance(problem.data, dict):
            return int(problem.data["term_id"])
        if problem.cause == "permission":
            return None
        raise
    return int(made["id"])
