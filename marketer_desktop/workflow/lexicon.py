"""The everyday words of a language, by which names are told from words."""

from functools import cache

from marketer_desktop.system.places import packaged

DICTIONARIES = {"en": "en_US"}
NONE: frozenset[str] = frozenset()


def common_words(language: str = "en") -> frozenset[str]:
    """The words that the dictionary of `language` writes without capitals; none without one."""
    name = DICTIONARIES.get(language.partition("-")[0].partition("_")[0].casefold())
    return _words(name) if name else NONE


@cache
def _words(name: str) -> frozenset[str]:
    path = packaged("resources") / "dictionaries" / f"{name}.dic"
    entries = (line.partition("/")[0] for line in path.read_text("utf-8").splitlines())
    return frozenset(entry for entry in entries if entry.islower())
