"""What models of a cloud cost, as far as it is known: list prices without discounts."""

from dataclasses import dataclass
from decimal import Decimal

AS_OF = "November 2026"
MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens that go in, and for a million that come out."""

    tokens_in: Decimal
    tokens_out: Decimal


def _price(tokens_in: str, tokens_out: str) -> Price:
    return Price(Decimal(tokens_in), Decimal(tokens_out))


# developers.openai.com/api/docs/pricing and platform.claude.com/docs/en/models, as quoted in
# November 2026, for prompts of up to 100,000 tokens, which ours never reach. Names that move from
# model to model (“-latest”) are left out: their price moves with them.
PRICES = {
    ("openai", "gpt-6.1-terra"): _price("1", "5"),
    ("openai", "gpt-6.1-sol"): _price("2", "10"),
    ("openai", "gpt-6-luna"): _price("0.10", "0.50"),
    ("anthropic", "claude-opus-5-5"): _price("4", "20"),
    ("anthropic", "claude-sonnet-5-5"): _price("2", "10"),
    ("anthropic", "claude-haiku-5-5"): _price("0.10", "0.50"),
}


def cost(provider: str, name: str, tokens_in: int, tokens_out: int) -> Decimal:
    """US dollars for these tokens; 0 for a model of one's own and where no price is known."""
    price = PRICES.get((provider, name))
    if price is None:
        return Decimal(0)
    return (price.tokens_in * tokens_in + price.tokens_out * tokens_out) / MILLION
