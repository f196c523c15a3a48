"""The calls about accounts, organizations and what they pay for."""

from marketer_desktop.services import (
    accept_invitation,
    agent_keys,
    billing_page,
    browser_sign_in,
    change_members,
    compliance,
    edit_organization,
    member_page,
    organization_keys,
    organization_page,
    reset_password,
    sessions,
)
from marketer_desktop.services.change_password import change_password
from marketer_desktop.services.edit_me import edit_me
from marketer_desktop.services.invite_member import invite_member
from marketer_desktop.services.issuer_sign_in import sign_in_by_issuer
from marketer_desktop.services.log_in import log_in
from marketer_desktop.services.organization_sheet import (
    inspect_organization,
    show_organization,
)
from marketer_desktop.services.push_changes import push_changes
from marketer_desktop.services.receive_text import receive_text
from marketer_desktop.services.register_organization import register_organization
from marketer_desktop.services.report_usage import report_usage
from marketer_desktop.services.service import Run
from marketer_desktop.services.stripe_events import receive_stripe_event
from marketer_desktop.services.sync_changes import pull_changes

ACCOUNT_CALLS: tuple[Run, ...] = (
    pull_changes,
    push_changes,
    receive_text,
    report_usage,
    log_in,
    sessions.refresh_tokens,
    sessions.sign_out,
    browser_sign_in.grant_code,
    browser_sign_in.exchange_code,
    sign_in_by_issuer,
    change_password,
    reset_password.show_password_link,
    reset_password.forget_password,
    reset_password.make_password_link,
    reset_password.reset_password,
    edit_me,
    agent_keys.list_agent_keys,
    agent_keys.create_agent_key,
    agent_keys.delete_agent_key,
    organization_page.show_organization_page,
    organization_page.show_installation_page,
    edit_organization.edit_organization,
    edit_organization.delete_organization,
    edit_organization.restore_organization,
    member_page.show_member_page,
    invite_member,
    change_members.change_member,
    change_members.remove_member,
    change_members.leave_organization,
    accept_invitation.show_invitation,
    accept_invitation.accept_invitation,
    register_organization,
    show_organization,
    inspect_organization,
    billing_page.show_subscription,
    billing_page.show_invoice_page,
    receive_stripe_event,
    compliance.show_compliance,
    organization_keys.list_organization_keys,
    organization_keys.set_organization_key,
    organization_keys.remove_organization_key,
)
