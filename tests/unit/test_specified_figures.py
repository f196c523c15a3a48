"""Figures of the specification that nothing else would notice a change of."""

from inspect import signature

from marketer_desktop.api.bounds import LARGEST_UPLOAD
from marketer_desktop.cli.serve import serve
from marketer_desktop.domain.checks.size import MOST_CHARACTERS
from marketer_desktop.domain.plans import LIMITS, UNLIMITED, Plan
from marketer_desktop.llm.factory import MOST_CALLS
from marketer_desktop.settings.settings import Settings


def test_8_1_the_address_of_this_computer() -> None:
    words = signature(serve).parameters
    assert (words["host"].default, words["port"].default) == ("127.0.0.1", 8000)
    assert Settings.model_fields["public_url"].default == "http://localhost:8000"


def test_11_3_what_a_plan_allows() -> None:
    found = {
        plan: (limits.max_projects, limits.max_storage_gb, limits.requests_per_day)
        for plan, limits in LIMITS.items()
    }
    everything = (UNLIMITED, UNLIMITED, UNLIMITED)
    assert found == {
        Plan.FREE: (3, 5, 100),
        Plan.PRO: (50, 50, 1000),
        Plan.ENTERPRISE: everything,
        Plan.LOCAL: everything,
    }


def test_11_3_what_the_system_bounds() -> None:
    assert LARGEST_UPLOAD == 100 * 1024**2
    assert MOST_CHARACTERS == 100_000
    assert MOST_CALLS == 5
    assert Settings.model_fields["run_seconds"].default == 10 * 60
