"""The token budget of a call: an overlong prompt is refused before a server cuts it silently."""

import math

from marketer_desktop.llm.errors import ModelError

# English prose has about four characters a token in today's vocabularies; three leaves room for
# names and figures, but not for scripts other than Latin. A chat template adds a few per message.
CHARACTERS_PER_TOKEN = 3
TOKENS_PER_MESSAGE = 8


class PromptTooLong(ModelError):
    """The prompt and its answer do not fit the model's context."""


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of `text`."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def check_budget(messages: list[str], max_tokens: int, context_tokens: int) -> int:
    """Return the estimated prompt tokens; raise `PromptTooLong` if the answer has no room."""
    prompt = sum(estimate_tokens(message) + TOKENS_PER_MESSAGE for message in messages)
    if prompt + max_tokens > context_tokens:
        raise PromptTooLong(
            f"The prompt needs about {prompt} tokens and the answer {max_tokens}, but the model "
            f"holds {context_tokens} in all. Choose a model with a longer context."
        )
    return prompt
