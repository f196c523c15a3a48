"""Invented requests to every operation, a few of each: the short form of `make proof-api`."""

import asyncio
from typing import Any

from benchmarks.api_proof.asking import prove
from benchmarks.api_proof.table import table
from benchmarks.api_proof.team import team
from marketer_desktop.services.parts import Parts

EXAMPLES = 1
LEAST = 100
# The rest is for the long form: enumerating each schema alone takes minutes.
PHASES: dict[str, Any] = {each: {"enabled": False} for each in ("examples", "coverage", "stateful")}


def nothing(told: str) -> None:
    """Progress is for people."""


async def test_invented_requests_find_nothing_undocumented(parts: Parts) -> None:
    async with team(parts) as asked:
        proof = await asyncio.to_thread(prove, asked, EXAMPLES, nothing, phases=PHASES)
    assert not proof.findings, table(proof)
    assert proof.examples >= LEAST
