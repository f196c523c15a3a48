"""How often a keyphrase stands in a text."""

from pydantic import BaseModel

from marketer_desktop.domain.words import folded, ngrams


class KeyphraseUse(BaseModel):
    """How often, and for how many of a hundred words."""

    count: int
    density: float


def keyphrase_use(body: str, keyphrase: str) -> KeyphraseUse:
    """The uses of `keyphrase` in `body`, whatever their case."""
    wanted, tokens = folded(keyphrase), folded(body)
    count = ngrams(tokens, len(wanted)).count(wanted) if wanted else 0
    return KeyphraseUse(count=count, density=100 * count / len(tokens) if tokens else 0.0)
