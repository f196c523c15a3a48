"""What a model of a cloud holds and takes, read off the profile that its library brings along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

# Room for what a model thinks before it writes: it counts towards the answer's tokens.
THINKING_TOKENS = 4096
# Of the long contexts of today no prompt of ours needs more, and every token costs money.
CONTEXT_TOKENS = 32_768

Profile = Mapping[str, Any]


@dataclass(frozen=True)
class CloudLimits:
    """`thinks`: it thinks before it writes; `effort`: how much, None where it cannot be said."""

    context_tokens: int
    thinks: bool
    effort: Literal["low"] | None = None

    @classmethod
    def of(cls, profile: Profile, *, thinks: bool, low: bool = False) -> Self:
        """The limits of a model; `low` if it can be asked to think little."""
        context = int(profile.get("max_input_tokens") or CONTEXT_TOKENS)
        # The work is cut into small steps already: long thinking would only cost.
        return cls(min(context, CONTEXT_TOKENS), thinks, "low" if thinks and low else None)

    def room(self, max_tokens: int) -> int:
        """The tokens to allow for a text of `max_tokens`."""
        return max_tokens + THINKING_TOKENS if self.thinks else max_tokens
