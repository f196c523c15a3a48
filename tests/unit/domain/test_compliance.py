"""What compliance modes and regions allow."""

import pytest

from marketer_desktop.domain.compliance import (
    REGIONS,
    RETENTION_DAYS,
    ComplianceMode,
    Region,
    cloud_refusal,
)
from marketer_desktop.llm.choice import CLOUD


@pytest.mark.parametrize("provider", CLOUD)
@pytest.mark.parametrize(
    ("mode", "covered", "allowed"),
    [
        ("standard", False, True),
        ("soc2", False, True),
        ("hipaa", False, False),
        ("gdpr", False, False),
        ("hipaa", True, True),
        ("gdpr", True, True),
    ],
)
def test_hipaa_and_gdpr_want_a_contract(
    provider: str, mode: str, covered: bool, allowed: bool
) -> None:
    said = cloud_refusal(provider, ComplianceMode(mode), None, covered=covered)
    assert (said is None) == allowed
    if said is not None:
        assert mode.upper() in said and provider in said


@pytest.mark.parametrize(
    ("residency", "allowed"),
    [
        (None, {"openai", "anthropic", "mistral"}),
        (Region.US, {"openai", "anthropic"}),
        (Region.EU, {"mistral"}),
        (Region.ASIA, set()),
    ],
)
def test_texts_stay_in_their_region(residency: Region | None, allowed: set[str]) -> None:
    found = {
        provider
        for provider in CLOUD
        if cloud_refusal(provider, ComplianceMode.STANDARD, residency, covered=False) is None
    }
    assert found == allowed


def test_a_contract_does_not_move_a_cloud() -> None:
    assert cloud_refusal("openai", ComplianceMode.GDPR, Region.EU, covered=True) is not None


def test_the_tables_are_whole() -> None:
    assert set(REGIONS) == set(CLOUD)
    assert set(RETENTION_DAYS) == set(ComplianceMode)
    assert RETENTION_DAYS[ComplianceMode.HIPAA] >= 6 * 365
