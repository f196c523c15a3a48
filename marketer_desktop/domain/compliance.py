"""What an organization's compliance mode and data residency allow."""

from collections.abc import Mapping
from enum import StrEnum


class ComplianceMode(StrEnum):
    """The rules that an organization works under."""

    STANDARD = "standard"
    HIPAA = "hipaa"
    GDPR = "gdpr"
    SOC2 = "soc2"


class Region(StrEnum):
    """Where an organization's texts may be sent."""

    US = "us"
    EU = "eu"
    ASIA = "asia"


# Texts may leave to a cloud only if the operator has marked it as covered by a contract (a business
# associate agreement for hipaa, a data processing agreement for gdpr). Models on machines of one's
# own, a member's agent among them, are always allowed.
NEEDS_COVER = frozenset({ComplianceMode.HIPAA, ComplianceMode.GDPR})

# Where the clouds work by default, by the names that models are chosen with.
REGIONS: Mapping[str, Region] = {
    "openai": Region.US,
    "anthropic": Region.US,
    "mistral": Region.EU,
}

# How many days the audit log is kept: seven years as the specification has it, which is beyond the
# six of hipaa; under gdpr no longer than claims are usually open.
RETENTION_DAYS: Mapping[ComplianceMode, int] = {
    ComplianceMode.STANDARD: 2555,
    ComplianceMode.HIPAA: 2555,
    ComplianceMode.GDPR: 1095,
    ComplianceMode.SOC2: 2555,
}


def cloud_refusal(
    provider: str, mode: ComplianceMode, residency: Region | None, *, covered: bool
) -> str | None:
    """Why no text may be sent to this cloud, None if it may.

    It is `covered` if the contract that the mode asks for is in place.
    """
    if mode in NEEDS_COVER and not covered:
        return (
            f"This organization works under {mode.upper()}, and {provider} is not marked as "
            "covered. Choose a model on your own machines."
        )
    if residency is not None and REGIONS.get(provider) != residency:
        return (
            f"This organization's texts stay in {residency.upper()}, where {provider} does not "
            "work. Choose a model on your own machines, or a cloud of that region."
        )
    return None
