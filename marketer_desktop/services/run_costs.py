"""What the model calls of a run have cost."""

from collections.abc import Sequence
from decimal import Decimal

from marketer_desktop.llm.prices import cost
from marketer_desktop.storage.tables import AgentExecutionRow


def cost_of(call: AgentExecutionRow) -> Decimal:
    """US dollars for one call; 0 for a model of one's own and where no price is known."""
    provider, name = call.llm_provider or "", call.llm_model or ""
    return cost(provider, name, call.tokens_input or 0, call.tokens_output or 0)


def price_calls(calls: Sequence[AgentExecutionRow]) -> Decimal:
    """Note on each call what it cost, and return the sum."""
    for call in calls:
        call.cost_usd = cost_of(call)
    return sum((call.cost_usd for call in calls), Decimal(0))
