"""The rules that an organization works under; they are changed with the organization."""

from marketer_desktop.api.asking import InOrganization
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.compliance import Compliance, ShowCompliance

router = EnvelopeRouter(
    prefix="/api/organizations/{organization_id}/compliance", tags=["organizations"]
)


@router.get("")
async def show_compliance(who: InOrganization) -> Compliance:
    """What its compliance mode and data residency allow."""
    return await who.call(ShowCompliance())
