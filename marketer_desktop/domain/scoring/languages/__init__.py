"""The languages that the scorer knows."""

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.languages.english import ENGLISH

_KNOWN = {known.code: known for known in (ENGLISH,)}


def language(code: str) -> Language | None:
    """The language of a tag such as `en` or `en-GB`; None when the scorer does not know it."""
    return _KNOWN.get(code.replace("_", "-").partition("-")[0].casefold())
