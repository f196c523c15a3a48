"""Counts what models are asked: requests, tokens, and what they cost."""

import asyncio

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.prices import cost
from marketer_desktop.observability.metrics import count


def request_ended(choice: ModelChoice, tokens_in: int, tokens_out: int) -> None:
    """A whole answer has come."""
    provider, model = choice.provider, choice.name
    spent = cost(provider, model, tokens_in, tokens_out)
    count("llm_requests_total", provider=provider, model=model, status="completed")
    count("llm_tokens_total", tokens_in, provider=provider, model=model, type="input")
    count("llm_tokens_total", tokens_out, provider=provider, model=model, type="output")
    count("llm_cost_usd_total", float(spent), provider=provider, model=model)


def request_broke_off(choice: ModelChoice, error: BaseException) -> None:
    """No whole answer came: somebody cancelled the call, or it failed."""
    status = "cancelled" if isinstance(error, asyncio.CancelledError) else "failed"
    count("llm_requests_total", status=status, provider=choice.provider, model=choice.name)
