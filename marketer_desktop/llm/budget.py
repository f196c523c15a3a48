"""The token budget of a call: an overlong prompt is refused before a server cuts it silently."""

import math
import re

from marketer_desktop.llm.errors import ModelError

# English prose has about four characters a token in today's vocabularies; three leaves room for
# names and figures, but not for scripts other than Latin. A chat template adds a few per message.
CHARACTERS_PER_TOKEN = 3
TOKENS_PER_MESSAGE = 8
# No vocabulary in use has tokens that hold more than one word, or eight letters on average:
# English prose has 1.3 tokens a word and less than five letters a token. Spaces and signs are not
# counted, as a run of them can be a single token; words tell little where nobody writes spaces.
MOST_LETTERS_PER_TOKEN = 8
_LETTERS = re.compile(r"\w")


class PromptTooLong(ModelError):
    """The prompt and its answer do not fit the model's context."""


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of `text`."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def fewest_tokens(text: str) -> int:
    """A lower estimate of the tokens of `text`: a model that has read it has read that many.

    Of English prose this is more than a half, so that a prompt cut to a half is noticed.
    """
    words = [word for word in text.split() if _LETTERS.search(word)]
    letters = len(_LETTERS.findall(text))
    return max(len(words), letters // MOST_LETTERS_PER_TOKEN)


def check_budget(messages: list[str], max_tokens: int, context_tokens: int) -> int:
    """Return the estimated prompt tokens; raise `PromptTooLong` if the answer has no room."""
    prompt = sum(estimate_tokens(message) + TOKENS_PER_MESSAGE for message in messages)
    if prompt + max_tokens > context_tokens:
        raise PromptTooLong(
            f"The prompt needs about {prompt} tokens and the answer {max_tokens}, but the model "
            f"holds {context_tokens} in all. Choose a model with a longer context."
        )
    return prompt
